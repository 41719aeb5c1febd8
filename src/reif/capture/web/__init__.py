"""What browsers and servers tell: events in, and who sent them."""

"""The lists of those who came, as meeting tools write them."""

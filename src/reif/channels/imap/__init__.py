"""A mailbox that is read: each mail once, whatever breaks in between."""

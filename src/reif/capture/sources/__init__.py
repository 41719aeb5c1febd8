"""Where somebody came from."""

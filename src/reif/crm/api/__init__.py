"""People and events for other software."""

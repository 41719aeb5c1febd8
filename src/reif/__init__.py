"""Reif finds people who may buy, learns who is ripe, and hands them to the right seller in time."""

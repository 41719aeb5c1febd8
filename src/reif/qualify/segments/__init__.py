"""Segments: people with something in common, by a condition or put together by hand."""

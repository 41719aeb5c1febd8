"""What is asked for cannot be."""

from __future__ import annotations


class Refused(ValueError):
    """Why it cannot be, as the sentence to read."""

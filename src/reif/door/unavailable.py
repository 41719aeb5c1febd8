"""What the door says when it could not keep something."""

from __future__ import annotations


class Unavailable(Exception):
    """The store stays locked, is away, or has no room; nothing was acknowledged."""

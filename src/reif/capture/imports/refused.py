"""A value that cannot be taken."""

from __future__ import annotations


class Refused(ValueError):
    """`key`: the sentence that says why, see `words.py`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

"""Plain counts that one room keeps and others add to and read: how often, on which day, of what; nobody in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

Day = tuple[date, str, str, int]
"""A day, a kind, what it is about, and how often."""
Add = Callable[[str, str], None]
Read = Callable[[Iterable[str], date, date], list[Day]]
_keepers: list[tuple[Add, Read]] = []


def keep_tally(add: Add, read: Read) -> None:
    """Register who keeps the counts."""
    _keepers[:] = [(add, read)]


def count(kind: str, about: str) -> None:
    """One more, today."""
    for add, _read in _keepers:
        add(kind, about)


def counted(kinds: Iterable[str], first: date, last: date) -> list[Day]:
    """The counts of these kinds, both days included."""
    return [row for _add, read in _keepers for row in read(kinds, first, last)]

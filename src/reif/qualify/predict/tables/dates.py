"""Dates as people write them, as days since 1970."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache

_DATE = re.compile(
    r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|^(\d{1,2})([./-])\s?(\d{1,2})\5\s?(\d{4}|\d{2})(?=$|[ T,])"
)
_WORDS = re.compile(
    r"^(?:[a-z]{2,10},?\s+)?(?:(\d{1,2})\.?[\s-]+([a-zäé]{3,9})\.?[\s-]+(\d{4})|([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4}))(?!\d)",
    re.I,
)
_TIME = re.compile(r"[ T,](\d{1,2}):(\d{2})(?::\d{2})?[\d.]*\s*([ap]m)?", re.I)
_MONTHS = {
    name: n for n, names in enumerate(
        ("jan", "feb", "mar mär mrz", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"), start=1
    ) for name in names.split()
}  # fmt: skip
START = datetime(1970, 1, 1)
Say = Callable[[str], float | None]


def is_date(text: str) -> bool:
    """Whether it looks like one."""
    return _DATE.match(text) is not None or _worded(text) is not None


def date_reader(column: Iterable[str | None]) -> Say:
    """Reads the values of one column."""
    european = day_first(column)
    return lambda text: moment(text, european)


def day_first(column: Iterable[str | None]) -> bool:
    """Whether 03/04/2026 is the third of April here: told by a first part above twelve, else by a point between."""
    parts = [m for v in column if v is not None and (m := _DATE.match(v)) and m.group(4)]
    if any(int(m.group(4)) > 12 for m in parts):
        return True
    return not any(int(m.group(6)) > 12 for m in parts) and any(m.group(5) != "/" for m in parts)


@lru_cache(maxsize=400_000)
def moment(text: str, european: bool) -> float | None:
    """Days since 1970 with the time of day as a fraction; None when it is no date."""
    parts = _parts(text, european)
    if parts is None:
        return None
    try:
        return (datetime(*parts) - START).days + _clock(text)
    except ValueError:
        return None


def _parts(text: str, european: bool) -> tuple[int, int, int] | None:
    """Year, month, day."""
    found = _DATE.match(text)
    if found is None:
        return _worded(text)
    if found.group(1):
        return int(found.group(1)), int(found.group(2)), int(found.group(3))
    first, second, year = int(found.group(4)), int(found.group(6)), int(found.group(7))
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    return (year, second, first) if european else (year, first, second)


def _worded(text: str) -> tuple[int, int, int] | None:
    found = _WORDS.match(text) if text[-1:].isalnum() else None
    if found is None:
        return None
    day, name, year = (found.group(1), found.group(2), found.group(3)) if found.group(1) else (
        found.group(5), found.group(4), found.group(6))  # fmt: skip
    month = _MONTHS.get(name.lower()[:3])
    return (int(year), month, int(day)) if month else None


def _clock(text: str) -> float:
    found = _TIME.search(text)
    if found is None:
        return 0.0
    hour, half = int(found.group(1)) % 24, (found.group(3) or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return (hour + int(found.group(2)) / 60) / 24

"""Dates as people write them, as days since 1970. A month is its first day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache

_DATE = re.compile(
    r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|^(\d{1,2})([./-])\s?(\d{1,2})\5\s?(\d{4}|\d{2})(?=$|[ T,])"
)
_MONTH = re.compile(r"^(\d{4})[-/](0[1-9]|1[0-2])$|^(0?[1-9]|1[0-2])[./-]((?:19|20)\d\d)$")
_QUARTER = re.compile(r"^((?:19|20)\d\d)[-/ ]?Q([1-4])$|^Q([1-4])[-/ ]?((?:19|20)\d\d)$", re.I)
_WORDS = re.compile(
    r"^(?:[a-z]{2,10},?\s+)?(?:(\d{1,2})\.?[\s-]+([a-zäé]{3,9})\.?[\s-]+(\d{4})|([a-zäé]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})|"
    r"([a-zäé]{3,9})\.?[\s-]((?:19|20)\d\d)$)(?!\d)",
    re.I,
)
_TIME = re.compile(r"[ T,](\d{1,2}):(\d{2})(?::\d{2})?[\d.]*\s*([ap]m)?(?:\s*([+-])(\d{2}):?(\d{2})$)?", re.I)
_MONTHS = {
    name: n for n, names in enumerate(
        ("january januar", "february februar", "march märz mrz maerz", "april", "may mai", "june juni", "july juli", "august",
         "september", "october oktober", "november", "december dezember"), start=1
    ) for name in names.split()
}  # fmt: skip
START = datetime(1970, 1, 1)
Say = Callable[[str], float | None]


def is_date(text: str) -> bool:
    """Whether it looks like one."""
    return _DATE.match(text) is not None or _month(text) is not None or _worded(text) is not None


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


def in_doubt(column: Iterable[str]) -> str | None:
    """A date of this column, where all of them could as well be read with the day first."""
    parts = [m for v in column if (m := _DATE.match(v)) and m.group(4)]
    if not parts or any(m.group(5) != "/" or max(int(m.group(4)), int(m.group(6))) > 12 for m in parts):
        return None
    return next((m.group() for m in parts if m.group(4) != m.group(6)), None)


@lru_cache(maxsize=400_000)
def moment(text: str, european: bool) -> float | None:
    """Days since 1970 with the time of day as a fraction, in UTC where it says by how much it is off; None when it is no date."""
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
        return _month(text) or _worded(text)
    if found.group(1):
        return int(found.group(1)), int(found.group(2)), int(found.group(3))
    first, second, year = int(found.group(4)), int(found.group(6)), int(found.group(7))
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    return (year, second, first) if european else (year, first, second)


def _month(text: str) -> tuple[int, int, int] | None:
    if found := _MONTH.match(text):
        return int(found.group(1) or found.group(4)), int(found.group(2) or found.group(3)), 1
    if found := _QUARTER.match(text):
        return int(found.group(1) or found.group(4)), 3 * int(found.group(2) or found.group(3)) - 2, 1
    return None


def _worded(text: str) -> tuple[int, int, int] | None:
    found = _WORDS.match(text) if text[-1:].isalnum() else None
    if found is None:
        return None
    one = found.groups()
    day, name, year = (
        (one[0], one[1], one[2]) if one[0] else (one[4], one[3], one[5]) if one[4] else ("1", one[6], one[7])
    )
    said = name.lower()
    month = next((n for full, n in _MONTHS.items() if full.startswith(said) or (said == "sept" and n == 9)), None)
    return (int(year), month, int(day)) if month else None


def _clock(text: str) -> float:
    found = _TIME.search(text)
    if found is None:
        return 0.0
    hour, half = int(found.group(1)) % 24, (found.group(3) or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    off = int(found.group(5)) + int(found.group(6)) / 60 if found.group(4) else 0.0
    return (hour + int(found.group(2)) / 60 - (off if found.group(4) == "+" else -off)) / 24

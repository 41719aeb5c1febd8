"""Dates and numbers as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

from django.utils import timezone

from reif.capture.imports.refused import Refused

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SHORT = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap]m)?", re.I)
_NUMBER = re.compile(r"[-+]?\d[\d.,' \u00a0\u2019]*")


@lru_cache(maxsize=65_536)
def moment(value: str, month_first: bool = False) -> datetime:
    """Aware; without a zone it is the installation's. `05.03.2024 14:30`, `2024-03-05T14:30:00Z`. Raises Refused."""
    text = value.strip()
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else timezone.make_aware(found)
    except ValueError:
        pass
    day = _ISO.match(text)
    short = None if day else _SHORT.match(text)
    if not day and not short:
        raise Refused("date")
    try:
        if day:
            parts = int(day[1]), int(day[2]), int(day[3])
        else:
            assert short is not None
            parts = _short(short, month_first)
        return timezone.make_aware(datetime(*parts, *_time(text)))
    except ValueError as error:
        raise Refused("date") from error


def _short(found: re.Match[str], month_first: bool) -> tuple[int, int, int]:
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 2000 if year < 70 else 1900
    return (year, one, two) if month_first and found[2] == "/" else (year, two, one)


def _time(text: str) -> tuple[int, int, int]:
    found = _TIME.search(text)
    if not found:
        return 0, 0, 0
    hour = int(found[1]) % 12 + (12 if found[4].lower() == "pm" else 0) if found[4] else int(found[1])
    return hour, int(found[2]), int(found[3] or 0)


def order_of(values: Iterable[str]) -> Literal["", "day", "month", "unclear"]:
    """What stands first: the month when 03/25/2024 occurs, the day when 25/03/2024 does; empty when no date has a slash."""
    pairs = [(int(m[1]), int(m[3])) for v in values if (m := _SHORT.match(v.strip())) and m[2] == "/"]
    month, day = any(two > 12 for _one, two in pairs), any(one > 12 for one, _two in pairs)
    if not pairs:
        return ""
    return "unclear" if month == day else "month" if month else "day"


def past(value: str, now: datetime, month_first: bool = False, unclear: bool = False) -> datetime:
    """A moment that has been. unclear: 03/04/2024 is refused, as it may be in March or April. Raises Refused."""
    if unclear and (short := _SHORT.match(value.strip())) and short[2] == "/" and short[1] != short[3]:
        if int(short[1]) <= 12 and int(short[3]) <= 12:
            raise Refused("date_order")
        month_first = int(short[3]) > 12
    found = moment(value, month_first).astimezone(UTC)
    if found > now or found.year < 1970:
        raise Refused("date_range")
    return found


@lru_cache(maxsize=4096)
def number(value: str) -> int:
    """A whole number; of `11-50` or `1000+` the first. Thousands and decimals in either manner. Raises Refused."""
    found = _NUMBER.search(value)
    if not found:
        raise Refused("number")
    digits = re.sub(r"[' \u00a0\u2019]", "", found[0]).rstrip(".,")
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits)
    try:
        return int(float(digits.replace(",", ".")))
    except (ValueError, OverflowError) as error:
        raise Refused("number") from error

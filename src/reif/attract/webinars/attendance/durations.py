"""Times and lengths of time as meeting tools write them, in English and German."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_PART = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(hours?|hrs?|h|std\w*|stunden?|minutes?|mins?|m|seconds?|secs?|s|sek\w*)\b\.?", re.I
)
_CLOCK = re.compile(r"^(\d{1,3}):(\d{2})(?::(\d{2}))?$")
_FORMATS = (
    "%m/%d/%y, %I:%M:%S %p", "%m/%d/%Y, %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%y %I:%M %p",
    "%m/%d/%Y %H:%M:%S", "%b %d, %Y %I:%M:%S %p", "%b %d, %Y, %I:%M:%S %p", "%b %d, %Y %I:%M %p", "%b %d, %Y %H:%M:%S",
    "%B %d, %Y %I:%M %p", "%d.%m.%Y, %H:%M:%S", "%d.%m.%y, %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    "%d.%m.%y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M",
)  # fmt: skip
_ZONE = re.compile(r"\s*(?:\(?(?:UTC|GMT)?[+-]\d{2}:?\d{2}\)?|Z|[A-Z]{3,4})$")


def minutes_in(text: str) -> float | None:
    """`57`, `1h 2m 3s`, `1 Std. 2 Min.`, `45 mins`, `01:02:03`; None for what is no length of time."""
    text = text.strip().replace("\u202f", " ").replace("\xa0", " ")
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return float(text.replace(",", "."))
    if found := _CLOCK.match(text):
        hours, minutes, seconds = (int(x or 0) for x in found.groups())
        return hours * 60 + minutes + seconds / 60
    parts = _PART.findall(text)
    if not parts:
        return None
    return sum(float(n.replace(",", ".")) * _worth(unit.lower()) for n, unit in parts)


def _worth(unit: str) -> float:
    if unit.startswith(("h", "st")):
        return 60
    return 1 / 60 if unit.startswith("s") else 1


def moment_in(text: str) -> datetime | None:
    """A moment without its zone, for lengths only; None for what is none."""
    text = text.strip().replace("\u202f", " ").replace("\xa0", " ")
    for wanted in (text, _ZONE.sub("", text)):
        for form in _FORMATS:
            try:
                return datetime.strptime(wanted, form)
            except ValueError:
                continue
    return None


def together(stays: list[tuple[datetime, datetime]]) -> float:
    """Minutes that at least one of the stays covers: two devices at once count once."""
    total, until = timedelta(), None
    for start, end in sorted(stays):
        begin = max(start, until) if until else start
        if end > begin:
            total += end - begin
        until = max(until, end) if until else end
    return total.total_seconds() / 60

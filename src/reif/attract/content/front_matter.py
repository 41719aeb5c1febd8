"""Files of Markdown with TOML between two lines of `+++` before it, and times that may be relative."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_RELATIVE = re.compile(r"^([+-]\d{1,4})d(?: (\d{2}):(\d{2}))?$")


class BadFile(ValueError):
    """A content file cannot be used; the sentence says which and why."""


def split(file: Path) -> tuple[dict[str, Any], str]:
    """The facts on top of a file and the text below them."""
    mark, front, body = [*file.read_text().split("+++", 2), "", ""][:3]
    if mark.strip() or not front:
        raise BadFile(f"{file.name}: the file has to begin with facts between two lines of +++.")
    try:
        return tomllib.loads(front), body.strip() + "\n"
    except tomllib.TOMLDecodeError as error:
        raise BadFile(f"{file.name}: {error}") from error


def when(value: Any, base: datetime, timezone: str = "Europe/Zurich") -> datetime:
    """A moment: a TOML date or time, or `-40d`, `+9d 10:00` from `base`; what is ahead falls on Tuesday to Thursday."""
    zone = ZoneInfo(timezone)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(8), zone)
    found = _RELATIVE.match(str(value))
    if not found:
        raise BadFile(f"“{value}” is no time; write 2026-10-01, or -40d, or +9d 10:00.")
    days, hour, minute = found.groups()
    day = (base.astimezone(zone) + timedelta(days=int(days))).date()
    if int(days) > 0:
        day += timedelta(days=(1, 0, 0, 0, 4, 3, 2)[day.weekday()])
    return datetime.combine(day, time(int(hour or 8), int(minute or 0)), zone)

"""Random choices with weights, and moments as offices keep them; all from one seeded source."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
ZONE = ZoneInfo("Europe/Zurich")
MONTHS = (1.1, 1.1, 1.15, 1.0, 0.95, 0.9, 0.6, 0.75, 1.25, 1.25, 1.25, 0.65)
WEEKDAYS = (1.05, 1.2, 1.2, 1.1, 0.85, 0.2, 0.25)
HOURS = (7, 1), (8, 4), (9, 8), (10, 9), (11, 7), (12, 4), (13, 6), (14, 8), (15, 7), (16, 6), (17, 3), (20, 3), (21, 2)


@cache
def words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text())


def weighted(random: Random, rows: Sequence[Any]) -> Any:
    """One of the tables of words.toml, by its `weight`."""
    return random.choices(rows, [r["weight"] for r in rows])[0]


def moment_in_year(random: Random, end: datetime, days: int = 365) -> datetime:
    """When somebody first comes: more in autumn, less in July, on workdays, in office hours, and more each month."""
    today = end.astimezone(ZONE).date()
    dates = [today - timedelta(days=n) for n in range(days)]
    found = random.choices(dates, [_weight(d, n, days) for n, d in enumerate(dates)])[0]
    return min(at_office_hour(random, found), end - timedelta(minutes=random.randint(5, 300)))


def at_office_hour(random: Random, day: date) -> datetime:
    hour = random.choices([h for h, _w in HOURS], [w for _h, w in HOURS])[0]
    return datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), ZONE)


def later(random: Random, at: datetime, low: float, high: float) -> datetime:
    """Some hours later; what falls into the night is done the next morning."""
    found = (at + timedelta(hours=random.uniform(low, high))).astimezone(ZONE)
    if 7 <= found.hour < 22:
        return found
    day = found.date() + timedelta(days=1 if found.hour >= 22 else 0)
    return datetime.combine(day, time(7, random.randrange(60)), ZONE)


def at_work(random: Random, at: datetime, low: float, high: float) -> datetime:
    """Some hours later, within a working day."""
    found = (at + timedelta(hours=random.uniform(low, high))).astimezone(ZONE)
    day = found.date()
    if found.hour >= 17:
        day += timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    if day != found.date() or found.hour < 8:
        return datetime.combine(day, time(8, random.randint(5, 59)), ZONE)
    return found


def _weight(day: date, ago: int, days: int) -> float:
    return MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * (1.3 - 0.6 * ago / days)

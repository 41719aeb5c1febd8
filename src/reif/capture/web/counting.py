"""Count without anybody in it: what happened, on which day, on which page, from where, on what kind of device.

Everything is counted here, whatever the visitor agreed to; only those who said no leave nothing but that answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from reif.capture.sources.source import Touch, path_of, touch
from reif.capture.web.facts import call_of, kind_of, machine_of
from reif.capture.web.where import where
from reif.door.canonical import Canonical
from reif.kit.clock import now
from reif.kit.useragent import device

_COLUMNS = "day, kind, level, path, source, country, device"
_ADD = f"""INSERT INTO capture_dailycount ({_COLUMNS}, number) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT ({_COLUMNS}) DO UPDATE SET number = capture_dailycount.number + excluded.number"""
PERSONAL = frozenset({"view", "call"})
"""What is counted of those who are known, too; of the rest of what they do the log tells more."""


class Key(NamedTuple):
    """What is counted together."""

    day: date
    kind: str
    level: str
    path: str
    source: str = ""
    country: str = ""
    device: str = ""


def count(kind: str, path: str, source: str = "", level: str = "") -> None:
    """One more, today."""
    add(Counter({Key(timezone.localdate(now()), kind[:16], level, path[:255], source[:32]): 1}))


def add(counted: Counter[Key]) -> None:
    """Add many at once; several processes may."""
    if not counted:
        return
    rows = [(connection.ops.adapt_datefield_value(key.day), *key[1:], n) for key, n in sorted(counted.items())]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)


def counted(events: Iterable[Canonical]) -> Counter[Key]:
    """Every event under what it is; those of machines, of our own people and of spammers apart."""
    return Counter(key for event in events if (key := _key(event)) is not None)


def _key(event: Canonical) -> Key | None:
    kind, level, around = kind_of(event), event.context.consent or "personal", event.context
    if kind == "consent":
        return Key(day_of(event.at), "consent", level, level)
    if level == "none" or kind == "form":  # forms count how often they are begun themselves, see forms/tally.py
        return None
    found = (
        touch(around.url or "", around.referrer or "", around.user_agent or None)
        if kind == "view" or around.referrer
        else None
    )
    if apart := _apart(event, found):
        kind = apart[0] if kind == "view" else f"{apart[0]}.other"
        return Key(day_of(event.at), kind, level, _path(event), apart[1][:32])
    if level == "personal" and kind not in PERSONAL:
        return None
    kind, path = _named(event, kind)
    source = found.source if found and kind == "view" and around.url and not found.internal else ""
    return Key(day_of(event.at), kind[:16], level, path, source, where(event)[0], device(around.user_agent))


def _apart(event: Canonical, found: Touch | None) -> tuple[str, str] | None:
    """staff, machine or spam, and what gave it away. What they do beside looking at pages stands under another name."""
    if event.context.own:
        return "staff", event.context.own
    if machine := machine_of(event):
        return "machine", machine
    return ("spam", found.machine.rpartition(" ")[2]) if found and found.machine else None


def _named(event: Canonical, kind: str) -> tuple[str, str]:
    """The kind, and what it is about: a page, a call to action."""
    return call_of(event) if kind == "call" else (kind, _path(event))


def _path(event: Canonical) -> str:
    return path_of(event.context.url) if event.context.url else (event.context.path or "")[:255]


def day_of(moment: datetime) -> date:
    """The day in the house's time zone; asked for once each quarter of an hour, since zones differ by no less."""
    return _day(int(moment.timestamp()) // 900)


@lru_cache(maxsize=4096)
def _day(quarter: int) -> date:
    return timezone.localdate(datetime.fromtimestamp(quarter * 900, UTC), timezone.get_default_timezone())

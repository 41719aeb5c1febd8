"""Visits as they are read and written, thousands at once: plain objects, since Django's rows cost more than the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import connection

from reif.capture.models import Visit
from reif.log.store import as_stored

CHUNK = 900


class Stay(msgspec.Struct):
    """A row of `Visit`; id 0: not stored yet."""

    id: int
    visitor_id: int
    started_at: datetime
    ended_at: datetime
    entry: str
    exit: str
    pages: int = 0
    seconds: int = 0
    source: str = ""
    campaign: str = ""
    country: str = ""
    by: str = ""
    device: str = ""
    language: str = ""


_NAMES = Stay.__struct_fields__[1:]
_TABLE = "capture_visit (" + ", ".join(f'"{name}"' for name in _NAMES) + ")"
_SQLITE = f"INSERT INTO {_TABLE} VALUES ({', '.join(['%s'] * len(_NAMES))})"
_CHANGES = ("started_at", "ended_at", "entry", "exit", "pages", "seconds")
_CHANGE = 'UPDATE capture_visit SET {} WHERE "id" = %s'.format(", ".join(f'"{name}" = %s' for name in _CHANGES))


def stays_near(visitors: Sequence[int], first: datetime, last: datetime, around: timedelta) -> dict[int, list[Stay]]:
    """The visits of these visitors that a moment between first and last may belong to, the oldest first."""
    near = Visit.objects.filter(ended_at__gte=first - around, started_at__lte=last + around).order_by("started_at")
    found: dict[int, list[Stay]] = defaultdict(list)
    for start in range(0, len(visitors), CHUNK):
        rows = near.filter(visitor__in=visitors[start : start + CHUNK])
        for row in rows.values_list("id", *_NAMES):
            found[row[1]].append(Stay(*row))
    return found


def keep(stays: Iterable[Stay]) -> None:
    """New ones in one statement, changed ones in another."""
    stays = list(stays)
    _insert([stay for stay in stays if not stay.id])
    _change([stay for stay in stays if stay.id])


def _insert(stays: list[Stay]) -> None:
    if not stays:
        return
    stored = as_stored()
    rows = [(s.visitor_id, stored(s.started_at), stored(s.ended_at), *_rest(s)) for s in stays]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(_SQLITE, rows)
            return
        with cursor.copy(f"COPY {_TABLE} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _rest(stay: Stay) -> tuple[Any, ...]:
    return (
        stay.entry, stay.exit, stay.pages, stay.seconds, stay.source, stay.campaign, stay.country, stay.by, stay.device,
        stay.language,
    )  # fmt: skip


def _change(stays: list[Stay]) -> None:
    if not stays:
        return
    stored = as_stored()
    with connection.cursor() as cursor:
        cursor.executemany(
            _CHANGE,
            [(stored(s.started_at), stored(s.ended_at), s.entry, s.exit, s.pages, s.seconds, s.id) for s in stays],
        )

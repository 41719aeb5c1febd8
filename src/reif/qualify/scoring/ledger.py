"""The ledger: write rows of points, each once, thousands in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import connection

from reif.log.arrays import arrays


class Row(NamedTuple):
    """A row of the ledger as the database gets it."""

    person: int
    model: str
    rule: str
    axis: str
    event: int
    points: int
    given_at: datetime
    day: date
    revision: int
    build: int = 0


class Entered(NamedTuple):
    """What was really written: a row that was there already is not."""

    person: int
    model: str
    event: int


_INTO = "INSERT INTO qualify_point (person_id, model, rule, axis, event_id, points, given_at, day, revision, build)"
_ONCE = "ON CONFLICT DO NOTHING RETURNING person_id, model, event_id"
_POSTGRESQL = f"""{_INTO}
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::int[], %s::timestamptz[],
    %s::date[], %s::int[], %s::int[])
{_ONCE}"""
_SQLITE = f"""{_INTO}
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
    value ->> 8, value ->> 9
FROM json_each(%s) WHERE true
{_ONCE}"""
_ROWS = 5000


def enter(rows: Sequence[Row]) -> list[Entered]:
    """Write the rows that are not there yet (person, model, rule, event, build); returns those that were written."""
    entered: list[Entered] = []
    for i in range(0, len(rows), _ROWS):
        part = rows[i : i + _ROWS]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(_POSTGRESQL, arrays(part))
            else:
                cursor.execute(_SQLITE, [_as_json(part)])
            entered += map(Entered._make, cursor.fetchall())
    return entered


def _as_json(rows: Sequence[Row]) -> str:
    """Moments and days as Django stores them in SQLite."""
    days = {r.day: r.day.isoformat() for r in rows}
    return json.dumps([(*r[:6], _utc(r.given_at), days[r.day], *r[8:]) for r in rows])


def _utc(moment: datetime) -> str:
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).replace(tzinfo=None).isoformat(" ")

"""The ledger: write rows of points, each once, thousands in one statement; and read a person's rows by rule."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Max, Sum
from django.utils.translation import get_language

from reif.crm.models import Person
from reif.playbook.current import current
from reif.qualify.models import Axis, Point
from reif.qualify.ways import Model, words_of


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
    note: str = ""


class Entered(NamedTuple):
    """What was really written: a row that was there already is not."""

    person: int
    axis: str
    points: int
    event: int


_INTO = "INSERT INTO qualify_point (person_id, model, rule, axis, event_id, points, given_at, day, revision, note)"
_ONCE = "ON CONFLICT DO NOTHING RETURNING person_id, axis, points, event_id"
_POSTGRESQL = f"""{_INTO}
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::int[], %s::timestamptz[],
    %s::date[], %s::int[], %s::text[])
{_ONCE}"""
_SQLITE = f"""{_INTO}
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
    value ->> 8, value ->> 9
FROM json_each(%s) WHERE true
{_ONCE}"""
_ROWS = 5000


def enter(rows: Sequence[Row]) -> list[Entered]:
    """Write the rows that are not there yet (person, model, rule, event) and return those that were written."""
    entered: list[Entered] = []
    for i in range(0, len(rows), _ROWS):
        part = rows[i : i + _ROWS]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(_POSTGRESQL, [list(column) for column in zip(*part, strict=True)])
            else:
                cursor.execute(_SQLITE, [_as_json(part)])
            entered += [Entered(*row) for row in cursor.fetchall()]
    return entered


def _as_json(rows: Sequence[Row]) -> str:
    """Moments and days as Django stores them in SQLite."""
    days = {r.day: r.day.isoformat() for r in rows}
    return json.dumps([(*r[:6], _utc(r.given_at), days[r.day], *r[8:]) for r in rows])


def _utc(moment: datetime) -> str:
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).replace(tzinfo=None).isoformat(" ")


@dataclass(frozen=True)
class Explained:
    """What one rule has given a person: `count` rows, `points` together, the last at `last_at`. capped: a cap cut some.

    event: what earned the last of them.
    """

    rule: str
    words: str
    axis: str
    points: int
    count: int
    last_at: datetime
    event: int
    capped: bool

    @property
    def is_fit(self) -> bool:
        return self.axis == Axis.FIT


def explain_score(person: Person, language: str = "") -> list[Explained]:
    """The sums by rule, the most first; they add up to the score. One query."""
    model: Model = current("scoring").main
    language = language or get_language() or "de"
    words = {rule.key: words_of(rule, language) for rule in model.rules}
    words |= {one.key: words_of(one, language) for one in model.fit}
    rows = Point.objects.filter(person=person, model=model.key).values("rule", "axis").order_by()
    sums = rows.annotate(sum=Sum("points"), n=Count("id"), last=Max("given_at"), event=Max("event_id"), cut=Max("note"))
    found = [
        Explained(
            r["rule"],
            words.get(r["rule"], r["rule"]),
            r["axis"],
            r["sum"],
            r["n"],
            r["last"],
            r["event"],
            bool(r["cut"]),
        )
        for r in sums
    ]
    return sorted(found, key=lambda row: (-abs(row.points), row.rule))

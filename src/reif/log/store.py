"""Write numbered events, all of a transaction in one statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from reif.log.among import as_parameter
from reif.log.fact import Fact

_TABLE = (
    "log_event (id, kind, at, recorded_at, person_id, visitor_id, company_id, deal_id, actor_id, cause_id, depth, topic,"
    " body)"
)
Stored = Callable[[datetime], Any]
_SQLITE = f"INSERT INTO {_TABLE} VALUES ({', '.join(['%s'] * 13)})"
_POSTGRESQL = f"COPY {_TABLE} FROM STDIN"
_EACH = {
    "sqlite": f"INSERT INTO {_TABLE} SELECT %s + key, %s, %s, %s, value, {', '.join(['%s'] * 8)} FROM json_each(%s)",
    "postgresql": f"INSERT INTO {_TABLE} SELECT %s + nth - 1, %s, %s, %s, value, {', '.join(['%s'] * 7)}, %s::jsonb"
    " FROM unnest(%s::bigint[]) WITH ORDINALITY AS t(value, nth)",
}


class Line(NamedTuple):
    """An event as it is stored; `body` is JSON."""

    id: int
    kind: str
    at: Any
    recorded_at: Any
    person: int | None
    visitor: int | None
    company: int | None
    deal: int | None
    actor: int | None
    cause: int | None
    depth: int
    topic: str
    body: str


class Each(NamedTuple):
    """A fact that is said of many people."""

    fact: Fact
    people: Sequence[int]


def store(lines: Sequence[Line]) -> None:
    """Insert them, in the transaction that is open."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(_SQLITE, lines)
            return
        with cursor.copy(_POSTGRESQL) as copy:
            for line in lines:
                copy.write_row(line)


def store_each(line: Line, people: Sequence[int]) -> None:
    """The line once for each of these people, with growing numbers from its own on, in one statement."""
    number, kind, at, recorded_at, _person, *rest = line
    with connection.cursor() as cursor:
        cursor.execute(_EACH[connection.vendor], [number, kind, at, recorded_at, *rest, as_parameter(people)])


def as_stored() -> Stored:
    """How the database at hand wants moments. Django's way asks for settings and zones each time, which a batch feels."""
    return _as_they_are if connection.vendor == "postgresql" else _in_utc


def _as_they_are(moment: datetime) -> Any:
    return moment


@lru_cache(maxsize=16_384)
def _in_utc(moment: datetime) -> str:
    return str(moment.astimezone(UTC).replace(tzinfo=None))

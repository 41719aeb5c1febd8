"""Write numbered events, thousands in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from django.db import connection

_INTO = (
    "INSERT INTO log_event (id, kind, at, recorded_at, person_id, visitor_id, company_id, deal_id, actor_id, cause_id,"
    " depth, topic, body)"
)
_SQLITE = f"{_INTO} VALUES ({', '.join(['%s'] * 13)})"
_POSTGRESQL = f"""{_INTO}
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::bigint[], %s::bigint[],
    %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::smallint[], %s::text[], %s::jsonb[])"""
_ROWS = 5000


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


def store(lines: Sequence[Line]) -> None:
    """Insert them, in the transaction that is open."""
    with connection.cursor() as cursor:
        for start in range(0, len(lines), _ROWS):
            part = lines[start : start + _ROWS]
            if connection.vendor == "postgresql":
                cursor.execute(_POSTGRESQL, [list(column) for column in zip(*part, strict=True)])
            else:
                cursor.executemany(_SQLITE, part)


def as_json(own: dict[str, Any]) -> str:
    """The body of a fact's own fields."""
    return msgspec.json.encode(own).decode() if own else "{}"

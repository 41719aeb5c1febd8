"""Write numbered events, all of a transaction in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from django.db import connection

_TABLE = (
    "log_event (id, kind, at, recorded_at, person_id, visitor_id, company_id, deal_id, actor_id, cause_id, depth, topic,"
    " body)"
)
_SQLITE = f"INSERT INTO {_TABLE} VALUES ({', '.join(['%s'] * 13)})"
_POSTGRESQL = f"COPY {_TABLE} FROM STDIN"


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
        if connection.vendor != "postgresql":
            cursor.executemany(_SQLITE, lines)
            return
        with cursor.copy(_POSTGRESQL) as copy:
            for line in lines:
                copy.write_row(line)


def as_json(own: dict[str, Any]) -> str:
    """The body of a fact's own fields."""
    return msgspec.json.encode(own).decode() if own else "{}"

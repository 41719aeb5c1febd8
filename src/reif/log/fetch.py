"""Events by their numbers, straight from the rows: listeners read every event, so this is the hottest road there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec
from django.db import connection

from reif.log.catalogue import CATALOGUE
from reif.log.event import Event
from reif.log.fact import Fact

_COLUMNS = "person_id, visitor_id, company_id, deal_id, actor_id, cause_id, depth, topic"
_DENSE = 0.5


def fetch(ids: Sequence[int], known: dict[int, Event[Any]]) -> list[Event[Any]]:
    """The events of these growing ids, in order. `known` has those that were read already and takes the new ones."""
    missing = [i for i in ids if i not in known]
    for start in range(0, len(missing), 2000):
        _read(missing[start : start + 2000], known)
    return [known[i] for i in ids]


def _read(ids: list[int], known: dict[int, Event[Any]]) -> None:
    chosen = f"id IN ({','.join(map(str, ids))})"
    if len(ids) > _DENSE * (ids[-1] - ids[0] + 1):  # a scan of the primary key
        chosen = f"id BETWEEN {ids[0]} AND {ids[-1]}"
    at, body = ("at::text", "body::text") if connection.vendor == "postgresql" else ("at", "body")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, kind, {at}, {_COLUMNS}, {body} FROM log_event WHERE {chosen}")
        for number, kind, at, *shared, text in cursor.fetchall():
            known[number] = Event(number, kind, _moment(at), *shared, _decoder(kind).decode(text))  # type: ignore[call-arg]


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Fact]:
    """Unknown fields, from newer versions, are ignored."""
    return msgspec.json.Decoder(CATALOGUE[kind], strict=False)


def _moment(stored: datetime | str) -> datetime:
    """A text is read fastest. SQLite keeps UTC without saying so, and gives a text or a naive moment."""
    found = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return found if found.tzinfo else found.replace(tzinfo=UTC)

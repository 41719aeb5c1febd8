"""An event as a listener gets it: the numbered row and the fact in its own type."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from reif.log.catalogue import CATALOGUE
from reif.log.fact import Fact
from reif.log.models import Event as Row

F = TypeVar("F", bound=Fact)


class Event(msgspec.Struct, Generic[F], frozen=True):
    """One event. `fact` has the fields of its kind; the shared ids stand on the event itself."""

    id: int
    kind: str
    at: datetime
    person: int | None
    visitor: int | None
    company: int | None
    deal: int | None
    actor: int | None
    cause: int | None
    depth: int
    topic: str
    fact: F


def event_of(row: Row) -> Event[Any]:
    """The event of a stored row. Unknown body fields, from newer versions, are ignored."""
    fact = msgspec.convert(row.body, CATALOGUE[row.kind], strict=False) if row.body else CATALOGUE[row.kind]()
    return Event(
        row.id, row.kind, row.at, row.person_id, row.visitor_id, row.company_id, row.deal_id, row.actor_id,
        row.cause_id, row.depth, row.topic, fact,
    )  # fmt: skip

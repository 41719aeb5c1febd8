"""Whose deed an event is. Anonymous ones count from the moment at which the visitor is known, and once.

Read from the log alone, so that a replay gives every deed the same place in the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from reif.log.catalogue.people import VisitorIdentified
from reif.log.event import Event, event_of
from reif.log.fact import kind_of
from reif.log.models import Event as Stored

IDENTIFIED = kind_of(VisitorIdentified)


class Known(NamedTuple):
    """A visitor belongs to a person since the event `since`."""

    since: int
    person: int


class Deed(NamedTuple):
    """Something that a known person did. known: the event that made it known; deeds are in order of (known, id)."""

    known: int
    id: int
    person: int
    kind: str
    topic: str
    at: datetime


def deeds(events: Sequence[Event[Any]], kinds: frozenset[str]) -> Iterator[Deed]:
    """What somebody did in these events, in order; machines' are left out.

    An anonymous visitor's past comes with the event that says who it was.
    """
    known = _known({e.visitor for e in events if e.person is None and e.visitor and e.kind in kinds})
    past = _past({e.visitor: e.id for e in events if e.kind == IDENTIFIED and e.visitor}, kinds)
    for event in events:
        if event.kind == IDENTIFIED:
            yield from (_deed(e, event.id, event.person or 0) for e in past.get(event.visitor or 0, ()))
        elif event.kind in kinds and not getattr(event.fact, "machine", False):
            if event.person is not None:
                yield _deed(event, event.id, event.person)
            elif (owner := known.get(event.visitor or 0)) and owner.since < event.id:
                yield _deed(event, event.id, owner.person)


def _deed(event: Event[Any], known: int, person: int) -> Deed:
    return Deed(known, event.id, person, event.kind, event.topic, event.at)


def _known(visitors: set[int]) -> dict[int, Known]:
    """The first event that said whose a browser is counts."""
    if not visitors:
        return {}
    said = Stored.objects.filter(visitor_id__in=visitors, kind=IDENTIFIED).order_by("-id")
    return {v: Known(i, p) for v, i, p in said.values_list("visitor_id", "id", "person_id") if v and p}


def _past(identified: dict[int, int], kinds: frozenset[str]) -> dict[int, list[Event[Any]]]:
    past: dict[int, list[Event[Any]]] = defaultdict(list)
    if identified:
        rows = Stored.objects.filter(visitor_id__in=identified, kind__in=kinds, person_id=None).order_by("id")
        for row in rows.filter(id__lt=max(identified.values())):
            event = event_of(row)
            if row.visitor_id and row.id < identified[row.visitor_id] and not getattr(event.fact, "machine", False):
                past[row.visitor_id].append(event)
    return past

"""Whose deed an event is. Anonymous ones count from the moment at which the visitor is known, and once.

Read from the log alone, so that a replay gives every deed the same place in the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from reif.log.catalogue.people import VisitorIdentified
from reif.log.event import Event, event_of
from reif.log.fact import kind_of
from reif.log.models import Event as Stored

IDENTIFIED = kind_of(VisitorIdentified)


class Known(NamedTuple):
    """A visitor belongs to a person since the event `since`."""

    since: int
    person: int


def deeds(events: Sequence[Event[Any]], kinds: frozenset[str]) -> Iterator[Event[Any]]:
    """The events of these kinds that somebody did, in order, with the person filled in; machines' are left out.

    An anonymous visitor's past comes with the event that says who it was.
    """
    known = _known({e.visitor for e in events if e.person is None and e.visitor and e.kind in kinds})
    past = _past({e.visitor: e.id for e in events if e.kind == IDENTIFIED and e.visitor}, kinds)
    for event in events:
        if event.kind == IDENTIFIED:
            yield from (msgspec.structs.replace(e, person=event.person) for e in past.get(event.visitor or 0, ()))
        elif event.kind in kinds and not getattr(event.fact, "machine", False):
            if event.person is not None:
                yield event
            elif (owner := known.get(event.visitor or 0)) and owner.since < event.id:
                yield msgspec.structs.replace(event, person=owner.person)


def _known(visitors: set[int]) -> dict[int, Known]:
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

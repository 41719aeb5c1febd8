"""Ask the log: one person's timeline, the chain of causes of an event, and what an event led to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from reif.log.models import Event


def timeline(person: int, visitors: Iterable[int] = (), *, before: int | None = None, limit: int = 50,
             kinds: Iterable[str] = ()) -> list[Event]:  # fmt: skip
    """A person's events, newest first: their own, and those of their visitors before they were known."""
    mine = _page(Event.objects.filter(person_id=person), before, limit, kinds)
    visitors = list(visitors)
    if visitors:
        theirs = Event.objects.filter(visitor_id__in=visitors, person_id=None)
        mine += _page(theirs, before, limit, kinds)
    return sorted(mine, key=lambda e: (e.at, e.id), reverse=True)[:limit]


def causes(event_id: int) -> list[Event]:
    """From an event up to what began it, the event itself first. At most as long as the depth stop."""
    chain: list[Event] = []
    wanted: int | None = event_id
    while wanted is not None:
        event = Event.objects.select_related("words").filter(id=wanted).first()
        if event is None:
            break
        chain.append(event)
        wanted = event.cause_id
    return chain


def consequences(event_ids: Iterable[int]) -> QuerySet[Event]:
    """What these events led to directly."""
    return Event.objects.filter(cause_id__in=list(event_ids)).order_by("id")


def _page(events: QuerySet[Event], before: int | None, limit: int, kinds: Iterable[str]) -> list[Event]:
    chosen = Q(id__lt=before) if before else Q()
    if kinds := list(kinds):
        chosen &= Q(kind__in=kinds)
    return list(events.filter(chosen).select_related("words").order_by("-id")[:limit])

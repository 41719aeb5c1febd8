"""Keep who has a seat, who gave it back and who came, as it happens.

Hears webinar.registered, webinar.cancelled, webinar.attended, webinar.missed and person.erased. Says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from reif.attract.models import Registration, Webinar
from reif.log.catalogue.people import PersonErased
from reif.log.catalogue.web import WebinarAttended, WebinarCancelled, WebinarMissed, WebinarRegistered
from reif.log.event import Event

Seat = tuple[int, int]


def register(events: Sequence[Event[Any]]) -> None:
    """One row for each person and webinar, however often it was said."""
    webinars = {w.slug: w for w in Webinar.objects.filter(slug__in={e.topic for e in events})}
    told = [(e, webinars[e.topic]) for e in events if e.person and e.topic in webinars]
    seats = _seats({(webinar.pk, e.person) for e, webinar in told if e.person})
    for event, webinar in told:
        _note(seats[webinar.pk, event.person or 0], event, webinar.starts_at)
    fresh = [seat for seat in seats.values() if seat._state.adding and _says(seat)]
    Registration.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    old = [seat for seat in seats.values() if not seat._state.adding]
    columns = ["registered_at", "cancelled_at", "attended_at", "missed_at", "minutes"]
    Registration.objects.bulk_update(old, columns, batch_size=500)


def forget(events: Sequence[Event[PersonErased]]) -> None:
    """Hears person.erased: the numbers go too, since they were those of somebody."""
    Registration.objects.filter(person__in=[e.person for e in events if e.person]).delete()


def _seats(wanted: set[Seat]) -> dict[Seat, Registration]:
    rows = Registration.objects.filter(webinar__in={w for w, _p in wanted}, person__in={p for _w, p in wanted})
    found = {(row.webinar_id, row.person_id): row for row in rows}
    return {seat: found.get(seat) or Registration(webinar_id=seat[0], person_id=seat[1]) for seat in wanted}


def _note(seat: Registration, event: Event[Any], starts_at: datetime) -> None:
    fact = event.fact
    if isinstance(fact, WebinarRegistered):
        seat.registered_at = seat.registered_at or event.at
        if seat.cancelled_at and seat.cancelled_at <= event.at:
            seat.cancelled_at = None
    elif isinstance(fact, WebinarCancelled):
        seat.cancelled_at = seat.cancelled_at or event.at
    elif event.at < starts_at:
        return  # nobody was at what has not begun
    elif isinstance(fact, WebinarAttended):
        seat.attended_at, seat.missed_at = seat.attended_at or event.at, None
        seat.minutes = max(seat.minutes, fact.minutes)
    elif isinstance(fact, WebinarMissed) and not seat.attended_at:
        seat.missed_at = seat.missed_at or event.at


def _says(seat: Registration) -> bool:
    return bool(seat.registered_at or seat.cancelled_at or seat.attended_at or seat.missed_at)


def seated(webinar: Webinar) -> Iterable[int]:
    """Whoever has a seat and has not given it back."""
    rows = Registration.objects.filter(webinar=webinar, cancelled_at=None).exclude(registered_at=None)
    return rows.order_by("person_id").values_list("person_id", flat=True).iterator(chunk_size=2000)

"""Find the personas of everybody and rate all data anew, piece by piece in the background, when the playbook says otherwise.

Hears playbook.applied, its own timer, and a timer a day that rates those whose data have become stale. What counted
stays visible until a piece has come to somebody. Says persona.assigned and data.rated.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Max, Q

from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.clock import cancel, wake
from reif.log.event import Event
from reif.playbook.current import current, forget, revision
from reif.qualify.models import Round
from reif.qualify.personas.assign import sort_in
from reif.qualify.rating.rate import rate

TIMER, DAILY = "qualify.personas", "qualify.stale"
PIECE = 5000
DAY = timedelta(days=1)
ABOUT = {"personas", "data"}


class Progress(NamedTuple):
    """percent: of the people. moved: how many are like another persona now; rated: how many have another rating."""

    percent: int
    moved: int
    rated: int
    started_at: datetime


def begin(events: list[Event[Any]]) -> None:
    """Hears playbook.applied: everybody, when personas or the data needed changed; what was on its way is overtaken."""
    applied = [e for e in events if ABOUT & set(e.fact.sections)]
    if not applied:
        return
    forget()
    Round.objects.filter(done_at=None).delete()
    Round.objects.create(revision=revision(), cause=applied[-1].id, started_at=now())
    wake(TIMER, at=now())
    wake(DAILY, at=now() + DAY)


def go_on(_events: list[Event[Any]]) -> None:
    """Hears its timer: the next piece. Progress is stored with what the piece wrote, so nothing is done twice."""
    walk = Round.objects.select_for_update().filter(done_at=None).order_by("-id").first()
    if walk is None:
        cancel(TIMER)
        return
    people = list(
        Person.objects.living().filter(id__gt=walk.person).order_by("id").values_list("id", flat=True)[:PIECE]
    )
    if people:
        because = dict.fromkeys(people, walk.cause)
        walk.rated += rate(people, {}, because)
        walk.moved += sort_in(people, because)
        walk.person = people[-1]
    if len(people) < PIECE:
        walk.done_at = now()
    else:
        wake(TIMER, at=now())
    walk.save()


def look_for_stale(events: list[Event[Any]]) -> None:
    """Hears its timer: those whose last word has become too old since the last time."""
    moment, days = now(), current("data").fresh_days
    old = Q(told_at__lte=moment - timedelta(days=days)) & ~Q(flaws__holds=" stale ")
    people = list(Person.objects.living().filter(old).order_by("id").values_list("id", flat=True)[:PIECE])
    rate(people, {}, dict.fromkeys(people, events[-1].id))
    wake(DAILY, at=moment if len(people) == PIECE else moment + DAY)


def progress() -> Progress | None:
    """How far the walk over everybody has come; None when none is on its way. Two queries at most."""
    walk = Round.objects.filter(done_at=None).order_by("-id").first()
    if walk is None:
        return None
    last = Person.objects.aggregate(last=Max("id"))["last"] or 1
    return Progress(min(99, 100 * walk.person // last), walk.moved, walk.rated, walk.started_at)

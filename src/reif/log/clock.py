"""Time is an event source: ask to be woken, and the log says `timer.fired` when the moment has come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.timers import TimerFired
from reif.log.models import Timer
from reif.log.waking import again_in, knock

BATCH = 2000
SOON = timedelta(seconds=15)
"""Timers for later are seen in time without a word: no worker sleeps for so long."""


def wake(name: str, *, at: datetime, about: int = 0, person: int | None = None, cause: int | None = None) -> None:
    """Say `timer.fired` with this name at a moment. One timer for each (name, about): a second call moves it."""
    wake_many([Timer(name=name, about=about, at=at, person_id=person, cause_id=cause)])


def wake_many(timers: Iterable[Timer]) -> None:
    """`wake` for a batch."""
    rows = list(timers)
    Timer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["name", "about"],
        update_fields=["at", "person_id", "cause_id"],
        batch_size=2000,
    )
    if rows and min(timer.at for timer in rows) < now() + SOON:
        knock()


def cancel(name: str, *about: int) -> None:
    """Let these be forgotten; unknown ones are fine."""
    Timer.objects.filter(name=name, about__in=about).delete()


def fire_due() -> bool:
    """Turn due timers into events, each once. True when there were any."""
    moment = now()
    first = Timer.objects.order_by("at").values_list("at", flat=True).first()
    if first is None:
        return False
    if first > moment:
        again_in((first - moment).total_seconds())
        return False
    with writing():
        due = list(Timer.objects.select_for_update(skip_locked=True).filter(at__lte=moment).order_by("at")[:BATCH])
        Timer.objects.filter(pk__in=[t.pk for t in due]).delete()
        append(*(_fired(t) for t in due))
    return bool(due)


def _fired(timer: Timer) -> TimerFired:
    return TimerFired(topic=timer.name, about=timer.about, at=timer.at, person=timer.person_id, cause=timer.cause_id)

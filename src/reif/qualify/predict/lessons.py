"""Ask for work on a model, and do it in a thread of its own: learning takes seconds, and nobody should wait for it.

Hears playbook.applied and its own timer, which looks every day whether it is time to learn anew, and asks about everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection, transaction

from reif.kit.clock import now
from reif.log.clock import wake
from reif.log.event import Event
from reif.playbook.current import current
from reif.playbook.current import forget as look_again
from reif.qualify.predict.records import Forecaster, Lesson
from reif.qualify.predict.ways import OUTCOMES

TIMER, EVERY = "qualify.predict", timedelta(days=1)
LOST = timedelta(hours=1)
"""A lesson that has been running for so long belongs to a process that died."""
log = structlog.get_logger("reif.predict")
Work = Callable[[Lesson], None]


class Ended(Exception):
    """A lesson ends here: a code in words of the page, with numbers."""

    def __init__(self, note: str, **numbers: float) -> None:
        super().__init__(note)
        self.note, self.numbers = note, numbers


def keep_time(events: list[Event[Any]]) -> None:
    """Afterwards what is due has been asked for, and the timer is set for tomorrow."""
    if not any(e.kind == "timer.fired" or {"predict", "stages"} & set(e.fact.sections) for e in events):
        return
    look_again()
    for outcome in OUTCOMES:
        ways = current("predict").of(outcome)
        last = Lesson.objects.filter(outcome=outcome, sort="train").order_by("-id").first()
        if ways.on and (last is None or now() - last.asked_at >= timedelta(days=ways.every) - timedelta(hours=1)):
            ask_for(outcome, "train")
        elif Forecaster.objects.filter(outcome=outcome, in_force=True).exists():
            ask_for(outcome, "score")
    wake(TIMER, at=now() + EVERY)


def ask_for(outcome: str, sort: str, by: int | None = None) -> None:
    """Leave it waiting; what is waiting or running already is not asked for twice."""
    Lesson.objects.bulk_create([Lesson(outcome=outcome, sort=sort, asked_by=by, asked_at=now())], ignore_conflicts=True)


def progress(lesson: Lesson, step: str, percent: int) -> None:
    """Say how far it is, for those who look."""
    Lesson.objects.filter(pk=lesson.pk).update(step=step, percent=percent)


def work_off() -> bool:
    """One lesson, when there is any. True when there was one, so there may be more."""
    lesson = _next()
    if lesson is None:
        return False
    from reif.qualify.predict.ask_all import ask_all
    from reif.qualify.predict.train import train

    work: Work = train if lesson.sort == "train" else ask_all
    try:
        work(lesson)
        _end(lesson, "done", lesson.note, lesson.numbers)
    except Ended as ended:
        _end(lesson, "done", ended.note, ended.numbers)
    except Exception:
        log.exception("lesson_failed", outcome=lesson.outcome, sort=lesson.sort)
        _end(lesson, "failed", "failed", {})
    return True


def _next() -> Lesson | None:
    if not Lesson.objects.filter(ended_at=None).exists():
        return None
    with transaction.atomic():
        Lesson.objects.filter(state="running", began_at__lt=now() - LOST).update(state="waiting")
        waiting = Lesson.objects.filter(state="waiting").order_by("id")
        found = (waiting.select_for_update(skip_locked=True) if connection.vendor == "postgresql" else waiting).first()
        if found is None:
            return None
        taken = Lesson.objects.filter(pk=found.pk, state="waiting").update(state="running", began_at=now())
    return found if taken else None


def _end(lesson: Lesson, state: str, note: str, numbers: dict[str, float]) -> None:
    Lesson.objects.filter(pk=lesson.pk).update(
        state=state, note=note, numbers=numbers, percent=100, step="", ended_at=now()
    )

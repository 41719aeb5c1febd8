"""Ask for work on a model, and say how it goes.

Hears playbook.applied and its own timer, which looks every day whether it is time to learn anew, and asks about everybody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from reif.kit.clock import now
from reif.log.clock import wake
from reif.log.event import Event
from reif.log.waking import knock
from reif.playbook.current import current
from reif.playbook.current import forget as look_again
from reif.qualify.predict.records import Forecaster, Lesson
from reif.qualify.predict.ways import OUTCOMES

TIMER, EVERY = "qualify.predict", timedelta(days=1)


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
    knock()


def progress(lesson: Lesson, step: str, percent: int) -> None:
    """Say how far it is, for those who look."""
    Lesson.objects.filter(pk=lesson.pk).update(step=step, percent=percent)

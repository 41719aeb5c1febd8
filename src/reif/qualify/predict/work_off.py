"""Do the work on models in a thread of its own: learning takes seconds, and nobody should wait for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import connection, transaction

from reif.kit.clock import now
from reif.qualify.predict.lessons import Ended
from reif.qualify.predict.records import Lesson

LOST = timedelta(hours=1)
"""A lesson that has been running for so long belongs to a process that died."""
log = structlog.get_logger("reif.predict")
Work = Callable[[Lesson], None]


def work_off() -> bool:
    """One lesson, when there is any. True when there was one, so there may be more."""
    lesson = _next()
    if lesson is None:
        return False
    from reif.qualify.predict.ask_all import ask_all  # with the library that learns, which takes a second to load
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

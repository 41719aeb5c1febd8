"""Forget what calls said: after the days that their connection keeps it, and with the person.

Hears timer.fired of capture.calls, which it sets for the next day, and person.erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from reif.capture.models.intake import Call
from reif.kit.clock import now
from reif.log.catalogue.people import PersonErased
from reif.log.catalogue.timers import TimerFired
from reif.log.clock import wake
from reif.log.event import Event
from reif.log.models import Timer

NAME = "capture.calls"
LOG_LIFE = timedelta(days=400)
GONE: dict[str, Any] = {"sealed": "", "headers": {}, "forget_at": None}


def forget_old(events: Sequence[Event[TimerFired]]) -> None:
    """Bodies whose time is over, and rows that are older than a year."""
    Call.objects.filter(forget_at__lt=now()).update(**GONE)
    Call.objects.filter(at__lt=now() - LOG_LIFE).delete()
    wake(NAME, at=now() + timedelta(days=1))


def forget_calls(events: Sequence[Event[PersonErased]]) -> None:
    """The calls of erased people say nothing any more, not even which lead it was."""
    people = [e.person for e in events if e.person]
    Call.objects.filter(person__in=people).update(**GONE, lead="", note="", key=None)


def plan_forgetting() -> None:
    """Begin the daily round when nobody has."""
    if not Timer.objects.filter(name=NAME).exists():
        wake(NAME, at=now() + timedelta(days=1))

"""Forget message ids that no library would send again.

Hears timer.fired of capture.purge, which it sets for the next day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from reif.capture.models import Seen
from reif.kit.clock import now
from reif.log.catalogue.timers import TimerFired
from reif.log.clock import wake
from reif.log.event import Event
from reif.log.models import Timer

KEEP = timedelta(days=30)
NAME = "capture.purge"


def purge(events: Sequence[Event[TimerFired]]) -> None:
    """Thirty days are kept: libraries give up long before."""
    Seen.objects.filter(at__lt=now() - KEEP).delete()
    wake(NAME, at=now() + timedelta(days=1), cause=None)


def plan_purge() -> None:
    """Begin the daily round when nobody has."""
    if not Timer.objects.filter(name=NAME).exists():
        wake(NAME, at=now() + timedelta(days=1))

"""The daily look at deadlines of data protection begins with the first deadline there is."""

from __future__ import annotations

from datetime import timedelta

from reif.kit.clock import now
from reif.log.clock import wake
from reif.log.models import Timer

DAILY = "law.daily"


def watch_deadlines() -> None:
    """Ask to be woken tomorrow, when nobody has."""
    if not Timer.objects.filter(name=DAILY).exists():
        wake(DAILY, at=now() + timedelta(days=1))

"""Once a day: forget whom the rules of the house forget, end bases that ran out, strip proofs whose time is over.

Hears timer.fired of law.daily, which it sets for the next day, and playbook.applied, to begin when there are rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from reif.channels.law.house import consent_book
from reif.channels.law.retain import retain
from reif.crm.basis import run_out
from reif.crm.deadlines import DAILY, watch_deadlines
from reif.crm.erase import strip_old_proofs
from reif.kit.clock import now
from reif.log.catalogue.timers import TimerFired
from reif.log.clock import wake
from reif.log.event import Event


def daily(events: Sequence[Event[TimerFired]]) -> None:
    """All three, and again tomorrow."""
    retain()
    run_out()
    strip_old_proofs()
    wake(DAILY, at=now() + timedelta(days=1))


def start_daily(_events: Sequence[Event[Any]]) -> None:
    """Somebody wrote down how long data stay."""
    if consent_book().retention:
        watch_deadlines()

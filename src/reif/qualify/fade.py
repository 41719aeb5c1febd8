"""Let points fade: whoever's next step is due is reckoned again, all of them together.

Hears its timer, which is set for the earliest step there is. Says person.scored where somebody waits for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from reif.crm.models import Standing
from reif.kit.clock import now
from reif.log.clock import wake
from reif.log.event import Event
from reif.log.models import Timer
from reif.qualify.book import Touched, stand
from reif.qualify.in_force import Reckoning, alone, live
from reif.qualify.matters import matters

TIMER = "qualify.fade"
PACE = timedelta(minutes=5)
"""No more often than this: a thousand people whose points fade by the minute are one batch."""
BATCH = 5000


def fade(events: list[Event[Any]]) -> None:
    """Everybody whose step is due stands where the ledger says now."""
    with alone():
        r, moment = live(), now()
        fade_due(r, moment, events[-1].id if events else None)
        if (next_ := _next(r)) is not None:
            wake(TIMER, at=max(next_, moment + PACE))


def fade_due(r: Reckoning, moment: datetime, cause: int | None) -> int:
    """Reckon all who are due in one build; returns how many."""
    count = 0
    due = Standing.objects.filter(build=r.shown, due__lte=moment).order_by("due")
    while rows := list(due.values_list("person_id", "model")[:BATCH]):
        causes = {person: cause for person, _model in rows} if cause else {}
        stand(r, Touched(set(rows), causes, {}), moment, matters)
        count += len(rows)
    return count


def wait(r: Reckoning) -> None:
    """Have the timer set for the next step, and never later."""
    if any(engine.fade_after for engine in r.engines) and (next_ := _next(r)) is not None:
        waiting = Timer.objects.filter(name=TIMER).values_list("at", flat=True).first()
        if waiting is None or next_ < waiting:
            wake(TIMER, at=next_)


def _next(r: Reckoning) -> datetime | None:
    steps = Standing.objects.filter(build=r.shown, due__isnull=False).order_by("due")
    return steps.values_list("due", flat=True).first()

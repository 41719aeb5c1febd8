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
from reif.qualify.scoring.book import Touched, stand
from reif.qualify.scoring.in_force import Reckoning, alone, live
from reif.qualify.scoring.matters import matters

TIMER = "qualify.fade"
PACE = timedelta(minutes=5)
"""No more often than this: a thousand people whose points fade by the minute are one batch."""
BATCH = 2000


def fade(events: list[Event[Any]]) -> None:
    """Everybody whose step is due stands where the ledger says now; so many at a time."""
    with alone():
        r, moment = live(), now()
        full = fade_due(r, moment, events[-1].id if events else None)
        if full:
            wake(TIMER, at=moment)
        elif (next_ := _next(r)) is not None:
            wake(TIMER, at=max(next_, moment + PACE))


def fade_due(r: Reckoning, moment: datetime, cause: int | None, most: int = BATCH) -> bool:
    """Reckon some who are due in one build; True when there may be more."""
    due = Standing.objects.filter(build=r.number, due__lte=moment).order_by("due")
    rows = list(due.values_list("person_id", "model")[:most])
    causes = {person: cause for person, _model in rows} if cause else {}
    stand(r, Touched(set(rows), causes, {}), moment, matters)
    return len(rows) == most


def wait(r: Reckoning) -> None:
    """Have the timer set for the next step, and never later."""
    if any(engine.fade_after for engine in r.engines) and (next_ := _next(r)) is not None:
        waiting = Timer.objects.filter(name=TIMER).values_list("at", flat=True).first()
        if waiting is None or next_ < waiting:
            wake(TIMER, at=next_)


def _next(r: Reckoning) -> datetime | None:
    steps = Standing.objects.filter(build=r.number, due__isnull=False).order_by("due")
    return steps.values_list("due", flat=True).first()

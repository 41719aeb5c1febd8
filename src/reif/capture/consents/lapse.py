"""Fourteen days without an answer: the request is over, and nothing is sent on its account.

Hears timer.fired of capture.unconfirmed.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.capture.models import Asked
from reif.log.catalogue.timers import TimerFired
from reif.log.event import Event
from reif.log.rewrite import rewrite


def lapse(events: Sequence[Event[TimerFired]]) -> None:
    """Mark what was not confirmed; a reader who comes later may ask for a new link."""
    moments = {e.fact.about: e.at for e in events}
    open_ones = Asked.objects.filter(submission__in=moments, consent__given_at=None, lapsed_at=None)
    for row in open_ones:
        row.lapsed_at = moments[row.submission_id]
    rewrite(open_ones, ["lapsed_at"])

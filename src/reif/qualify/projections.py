"""Scores, segments and the counts of personas can be dropped and made again from the log, in one go; `build.py` does it beside the numbers that count."""

from __future__ import annotations

from typing import Any

from reif.crm.models import Company
from reif.crm.set_score import reset_scores
from reif.kit.clock import now
from reif.log.event import Event
from reif.log.rebuild import projection
from reif.qualify.models import Point
from reif.qualify.personas.count import HEARD, empty_counts, keep_count
from reif.qualify.scoring.book import book
from reif.qualify.scoring.in_force import alone, live
from reif.qualify.scoring.score import HISTORY, KNOWN
from reif.qualify.segments.projection import KINDS, empty_segments, members_from


def register() -> None:
    """Make them known to `reif rebuild`."""
    projection("scores", HISTORY, empty_ledger, replay)
    projection("segments", KINDS, empty_segments, members_from)
    projection("personas", HEARD, empty_counts, keep_count)


def empty_ledger() -> None:
    """No points, no places, no scores."""
    Point.objects.filter(build=live().number).delete()
    reset_scores()
    Company.objects.exclude(score=0).update(score=0)


def replay(events: list[Event[Any]]) -> None:
    """What these events earned; the rows are those that came about one event at a time."""
    with alone():
        r = live()
        if r.engines:
            book(r, events, KNOWN, now())

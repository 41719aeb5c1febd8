"""Keep what was seen before a revision was published, beside that revision, for good.

Hears playbook.applied.
"""

from __future__ import annotations

from typing import Any

import msgspec

from reif.kit.clock import now
from reif.log.event import Event
from reif.playbook.models import Revision
from reif.qualify.backtest.ask import digest
from reif.qualify.backtest.comparison import Comparison
from reif.qualify.backtest.record import Kept, Trial


def keep(comparison: Comparison, revision: int) -> Kept:
    """A record of the comparison for the revision of this number."""
    return Kept.objects.create(revision=revision, kept_at=now(), told=msgspec.to_builtins(comparison))


def keep_tried(events: list[Event[Any]]) -> None:
    """The last back-test of exactly what was published, if there was one."""
    applied = {e.fact.revision for e in events if {"scoring", "stages"} & set(e.fact.sections)}
    known = set(Kept.objects.filter(revision__in=applied).values_list("revision", flat=True))
    for revision in Revision.objects.filter(id__in=applied - known):
        done = Trial.objects.filter(digest=digest(revision.said), state=Trial.State.DONE).order_by("-id").first()
        if done and (comparison := done.comparison):
            keep(comparison, revision.pk)

"""When time alone may change how a condition reads: the next moment at which one of its spans of days ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from reif.rules.predicates import Did, Is, Predicate, leaves
from reif.rules.record import Record

JUST_AFTER = timedelta(microseconds=1)


def next_flip(predicate: Predicate, record: Record, now: datetime) -> datetime | None:
    """The earliest moment after `now`; None when time changes nothing. The condition may still read the same then."""
    moments = [m for leaf in leaves(predicate) for m in _ends(leaf, record) if m > now]
    return min(moments, default=None)


def _ends(leaf: Is | Did, record: Record) -> list[datetime]:
    if isinstance(leaf, Did):
        if leaf.within_days is None:
            return []
        span = timedelta(days=leaf.within_days)
        return [at + span + JUST_AFTER for at in record.did[leaf.kind, leaf.topic]]
    at = record.values.get(leaf.field)
    if leaf.op == "within" and isinstance(at, datetime) and isinstance(leaf.value, int):
        return [at + timedelta(days=leaf.value) + JUST_AFTER]
    return []

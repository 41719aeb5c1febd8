"""Bring new events to their listeners: each in one transaction with its cursor, the failing one set aside."""

from __future__ import annotations

import traceback
from itertools import pairwise
from typing import Any

import structlog
from django.db import OperationalError, transaction
from django.db.models import F

from reif.kit.clock import now
from reif.log.append import handling
from reif.log.event import Event, event_of
from reif.log.hear import Listener, load
from reif.log.models import Cursor, Stuck
from reif.log.models import Event as Row

BATCH = 2000
WINDOW = 20_000
log = structlog.get_logger("reif.log")


class Elsewhere(Exception):
    """Another worker holds this listener's cursor."""


def listen_once() -> bool:
    """One pass over all listeners. True when any of them had something to do, so there may be more."""
    listeners = list(load().values())
    if not listeners:
        return False
    low = min(x.seen for x in listeners)
    heads = list(Row.objects.filter(id__gt=low).order_by("id").values_list("id", "kind", "topic")[:WINDOW])
    if not heads:
        return False
    return any([_serve(x, heads) for x in listeners])  # noqa: C419 - every listener is served


def _serve(listener: Listener, heads: list[tuple[int, str, str]]) -> bool:
    wanted = [i for i, kind, topic in heads if i > listener.seen and listener.wants(kind, topic)]
    if not wanted:
        moved = heads[-1][0] > listener.seen
        listener.seen = max(listener.seen, heads[-1][0])
        return moved and len(heads) == WINDOW
    batch = wanted[:BATCH]
    until = batch[-1] if len(wanted) > BATCH else heads[-1][0]
    try:
        listener.seen = _take(listener, batch, until)
    except Elsewhere:
        return False
    return True


def _take(listener: Listener, ids: list[int], until: int) -> int:
    """Hand over these events and move the cursor to `until`, halving the batch when it fails."""
    try:
        with transaction.atomic():
            return _hand_over(listener, ids, until)
    except (OperationalError, Elsewhere):
        raise  # the database is busy or away: nothing is wrong with the events, the worker tries again
    except Exception as error:
        if len(ids) == 1:
            return _set_aside(listener, ids[0], until, error)
    middle = len(ids) // 2
    for part, end in ((ids[:middle], ids[middle - 1]), (ids[middle:], until)):
        done = _take(listener, part, end)
    return done


def _hand_over(listener: Listener, ids: list[int], until: int) -> int:
    position = _locked(listener).position
    fresh = [i for i in ids if i > position]
    if fresh:
        events = [event_of(row) for row in _rows(fresh)]
        with handling({e.id: e.depth for e in events}):
            listener.verb(events)
    until = max(until, position)
    Cursor.objects.filter(name=listener.name).update(position=until, moved_at=now())
    return until


def _rows(ids: list[int]) -> list[Row]:
    """The rows of these ids; one range when they are dense, so that the plan is a scan of the primary key."""
    rows = Row.objects.order_by("id")
    if all(b == a + 1 for a, b in pairwise(ids)):
        return list(rows.filter(id__gte=ids[0], id__lte=ids[-1]))
    found = {r.id: r for i in range(0, len(ids), 500) for r in rows.filter(id__in=ids[i : i + 500])}
    return [found[i] for i in ids]


def _locked(listener: Listener) -> Cursor:
    Cursor.objects.bulk_create([Cursor(name=listener.name)], ignore_conflicts=True)
    cursor = Cursor.objects.select_for_update(skip_locked=True).filter(name=listener.name).first()
    if cursor is None:
        raise Elsewhere(listener.name)
    return cursor


def _set_aside(listener: Listener, event_id: int, until: int, error: Exception) -> int:
    log.error("stuck", listener=listener.name, event_id=event_id, error=type(error).__name__)
    words = "".join(traceback.format_exception(error, limit=-8))
    with transaction.atomic():
        _locked(listener)
        row, new = Stuck.objects.get_or_create(
            listener=listener.name, event_id=event_id, defaults={"error": words, "stuck_at": now()}
        )
        if not new:
            Stuck.objects.filter(pk=row.pk).update(error=words, tries=F("tries") + 1, done_at=None)
        Cursor.objects.filter(name=listener.name).update(position=until, moved_at=now())
    return until


def forget_positions() -> None:
    """Look again from the stored cursors; for tests and after a restore."""
    stored = dict(Cursor.objects.values_list("name", "position"))
    for listener in load().values():
        listener.seen = stored.get(listener.name, 0)


def rehear(listener: Listener, rows: list[Row]) -> None:
    """Hand these rows to a listener without touching its cursor; for retries. Raises what the verb raises."""
    events: list[Event[Any]] = [event_of(row) for row in rows]
    with handling({e.id: e.depth for e in events}):
        listener.verb(events)

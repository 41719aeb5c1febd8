"""Bring new events to their listeners: each in one transaction with its cursor, the failing one set aside."""

from __future__ import annotations

import traceback
from typing import Any

import structlog
from django.db import OperationalError, transaction
from django.db.models import F

from reif.kit.clock import now
from reif.log.append import handling
from reif.log.cursors import Elsewhere, hold, move, pass_over
from reif.log.event import Event, event_of
from reif.log.fetch import fetch
from reif.log.heads import Heads
from reif.log.hear import Listener, load
from reif.log.models import Cursor, Stuck
from reif.log.models import Event as Row
from reif.log.waking import again_in

Known = dict[int, Event[Any]]
log = structlog.get_logger("reif.log")


def listen_once() -> bool:
    """One pass over all listeners. True when any of them had something to do, so there may be more.

    Those that are far behind get an older window of the log than the others and hold nobody up.
    """
    waiting = list(load().values())
    known: Known = {}
    moved = False
    while waiting:
        heads = Heads(min(x.seen for x in waiting))
        if not heads:
            break
        behind = [x for x in waiting if x.seen < heads.last]
        wanted = [(x, heads.wanted_by(x)) for x in behind]
        kept = _pass_over([x for x, ids in wanted if not ids], heads)
        for listener, ids in wanted:
            moved |= _serve(listener, ids, heads, known) if ids or listener.name in kept else False
        waiting = [x for x in waiting if x not in behind]
        known.clear()
    return moved


def _pass_over(listeners: list[Listener], heads: Heads) -> set[str]:
    """Nothing here is for them. Where that was because nobody asks for it now, it is kept: later, somebody may."""
    sifted = [x.name for x in listeners if heads.sifted_for(x)]
    return {x.name for x in listeners} - set(sifted) | pass_over(sifted, heads.last)


def _serve(listener: Listener, ids: list[int], heads: Heads, known: Known) -> bool:
    if not ids:
        listener.seen = heads.last
        return heads.full
    try:
        listener.seen = _take(listener, ids, heads.last, known)
    except Elsewhere:
        again_in(1)
        return False
    return True


def _take(listener: Listener, ids: list[int], until: int, known: Known) -> int:
    """Hand over these events and move the cursor to `until`, halving the batch when it fails."""
    try:
        with transaction.atomic():
            return _hand_over(listener, ids, until, known)
    except (OperationalError, Elsewhere):
        raise  # the database is busy or away: nothing is wrong with the events, the worker tries again
    except Exception as error:
        if len(ids) == 1:
            return _set_aside(listener, ids[0], until, error)
    middle = len(ids) // 2
    for part, end in ((ids[:middle], ids[middle - 1]), (ids[middle:], until)):
        done = _take(listener, part, end, known)
    return done


def _hand_over(listener: Listener, ids: list[int], until: int, known: Known) -> int:
    position = hold(listener.name)
    fresh = [i for i in ids if i > position]
    if fresh:
        events = fetch(fresh, known)
        with handling({e.id: e.depth for e in events}):
            listener.verb(events)
    until = max(until, position)
    move(listener.name, until)
    return until


def _set_aside(listener: Listener, event_id: int, until: int, error: Exception) -> int:
    log.error("stuck", listener=listener.name, event_id=event_id, error=type(error).__name__)
    words = "".join(traceback.format_exception(error, limit=-8))
    with transaction.atomic():
        hold(listener.name)
        row, new = Stuck.objects.get_or_create(
            listener=listener.name, event_id=event_id, defaults={"error": words, "stuck_at": now()}
        )
        if not new:
            Stuck.objects.filter(pk=row.pk).update(error=words, tries=F("tries") + 1, done_at=None)
        move(listener.name, until)
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

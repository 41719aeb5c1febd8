"""What the worker does for imports: the next rows of the oldest open one, a few at a time, so that nobody else waits.

A worker that takes an import keeps it; another one goes on with it when nothing was heard of the first for half a minute.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

import structlog
from django.db import OperationalError, connection
from django.db.models import Q

from reif.capture.imports.run import Run, begin, fail
from reif.capture.imports.undo import undo_step
from reif.capture.models import Import
from reif.kit.clock import now

PIECE = 2000
"""Rows at a time: less than half a second, and as many events as a listener takes at once."""
LEASE = timedelta(seconds=30)
_MOST_TRIES = 3
_ME = uuid.uuid4().hex
_runs: dict[int, Run] = {}
log = structlog.get_logger("reif.imports")
State = Import.State


def work_off() -> bool:
    """One piece of work. True: there may be more."""
    one = Import.objects.filter(state__in=(State.WAITING, State.RUNNING, State.UNDOING)).order_by("id").first()
    if one is None:
        _runs.clear()
        return False
    if not _mine(one):
        return False
    try:
        return undo_step(one.pk) if one.state == State.UNDOING else _step(one)
    except OperationalError:
        _runs.pop(one.pk, None)
        raise  # the database is busy or away: nothing is wrong with the rows
    except Exception as error:
        _runs.pop(one.pk, None)
        return _try_again(one, error)


def _mine(one: Import) -> bool:
    free = Q(worker__in=("", _ME)) | Q(beat_at=None) | Q(beat_at__lt=now() - LEASE)
    if connection.vendor == "sqlite":  # one worker, whatever it was called before
        free = Q()
    return bool(Import.objects.filter(free, pk=one.pk).update(worker=_ME, beat_at=now()))


def _step(one: Import) -> bool:
    run = _runs.get(one.pk)
    if run is None or run.position != one.position:
        run = begin(one.pk)
        if run is None:
            return True
        _runs.clear()
        _runs[one.pk] = run
    if not run.step(PIECE):
        _runs.pop(one.pk, None)
    return True


def _try_again(one: Import, error: Exception) -> bool:
    log.exception("import_failed", batch=one.pk, error=type(error).__name__)
    tries = one.tries + 1
    Import.objects.filter(pk=one.pk).update(tries=tries)
    if tries < _MOST_TRIES:
        return True
    if one.state == State.UNDOING:
        Import.objects.filter(pk=one.pk).update(state=State.DONE, tries=0)
    else:
        fail(one.pk, "failed", {"error": type(error).__name__})
    return True

"""Count who saw which variant: numbers alone, each visitor once a day.

Looking at a page must not wait for a disk, so views gather in memory and are written every second. What a crash loses
is that second, of all variants alike.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import date, timedelta

import structlog
from django.db import close_old_connections

from reif.attract.models import ArmDay, PageTest, SeenToday
from reif.attract.pages.split import today
from reif.log.append import writing

MOST, PAUSE = 50_000, 1.0
log = structlog.get_logger("reif.attract")
_waiting: dict[tuple[int, date, int], str] = {}
_lock = threading.Lock()
_started = threading.Event()


def note(test: int, arm: str, mark: int) -> None:
    """Somebody saw this arm; `mark` is the same for the same visitor on the same day."""
    with _lock:
        if len(_waiting) < MOST:
            _waiting.setdefault((test, today(), mark), arm)


def flush() -> int:
    """Write what has gathered; returns how many were new. What cannot be written waits for the next time."""
    with _lock:
        taken = dict(_waiting)
        _waiting.clear()
    if not taken:
        return 0
    try:
        return _write(taken)
    except Exception:
        with _lock:
            for key, arm in taken.items():
                _waiting.setdefault(key, arm)
        raise


def _write(taken: dict[tuple[int, date, int], str]) -> int:
    with writing():
        tests = set(PageTest.objects.filter(pk__in={test for test, _d, _m in taken}).values_list("pk", flat=True))
        days = {day for _t, day, _m in taken}
        marks = SeenToday.objects.filter(day__in=days, mark__in=[mark for _t, _d, mark in taken])
        known = set(marks.values_list("test_id", "day", "mark"))
        fresh = {key: arm for key, arm in taken.items() if key not in known and key[0] in tests}
        rows = [SeenToday(test_id=test, day=day, mark=mark) for test, day, mark in fresh]
        SeenToday.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
        add("visitors", Counter((test, arm, day) for (test, day, _mark), arm in fresh.items()))
        SeenToday.objects.filter(day__lt=today() - timedelta(days=1)).delete()
    return len(fresh)


def add(column: str, numbers: Counter[tuple[int, str, date]]) -> None:
    """Add to the day's numbers, `visitors` or `conversions`; rows that are missing are made. Inside writing()."""
    keys = list(numbers)
    ArmDay.objects.bulk_create([ArmDay(test_id=t, arm=a, day=d) for t, a, d in keys], ignore_conflicts=True)
    found = ArmDay.objects.select_for_update().filter(
        test_id__in={t for t, _a, _d in keys}, day__in={d for _t, _a, d in keys}
    )
    changed = []
    for row in found:
        if more := numbers.get((row.test_id, row.arm, row.day)):
            setattr(row, column, getattr(row, column) + more)
            changed.append(row)
    ArmDay.objects.bulk_update(changed, [column])


def start() -> None:
    """Write every second from now on, in a thread of this process; once."""
    if not _started.is_set():
        _started.set()
        threading.Thread(target=_forever, name="reif-tally", daemon=True).start()


def _forever() -> None:
    while True:
        time.sleep(PAUSE)
        if not _waiting:
            continue
        try:
            flush()
        except Exception:
            log.exception("tally_failed")
            close_old_connections()

"""Count what happens to forms: seen, begun, left at a field, refused at one, sent. Sums alone, of a day and a page.

Counts wait in memory for some seconds, so that a page view costs no write; `flush` brings them into the database.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date

from django.db import DatabaseError, connection
from django.utils import timezone

from reif.kit.clock import now

Key = tuple[date, str, str, str, str, str]
_ADD = """INSERT INTO capture_formcount (day, form, what, field, path, variant, number)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (form, day, what, field, path, variant)
DO UPDATE SET number = capture_formcount.number + excluded.number"""
_waiting: Counter[Key] = Counter()
_lock = threading.Lock()
MOST_KEYS = 5000


def note(form: str, what: str, field: str = "", page: str = "", variant: str = "") -> None:
    """One more, today. page: its path, with the host in front when it is not ours."""
    key = (timezone.localdate(now()), form, what, field[:40], page[:200], variant[:160])
    with _lock:
        if key in _waiting or len(_waiting) < MOST_KEYS:
            _waiting[key] += 1


def waiting() -> bool:
    """Whether there is something to bring in."""
    return bool(_waiting)


def flush() -> None:
    """Bring the counts into the database; when it is away, keep them."""
    global _waiting
    with _lock:
        taken, _waiting = _waiting, Counter()
    try:
        add(taken)
    except DatabaseError:
        with _lock:
            _waiting.update(taken)


def add(counted: Counter[Key]) -> None:
    """Add many at once; several processes may."""
    rows = [(connection.ops.adapt_datefield_value(key[0]), *key[1:], n) for key, n in sorted(counted.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)


def forget() -> None:
    """Drop what waits; for tests."""
    with _lock:
        _waiting.clear()

"""Count without anybody in it: one row for a day, a kind, a page and a source."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import connection
from django.utils import timezone

from reif.kit.clock import now

Key = tuple[date, str, str, str]
_ADD = """INSERT INTO capture_dailycount (day, kind, path, source, number) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (day, kind, path, source) DO UPDATE SET number = capture_dailycount.number + excluded.number"""


def count(kind: str, path: str, source: str = "") -> None:
    """One more, today."""
    add(Counter({(timezone.localdate(now()), kind, path[:255], source): 1}))


def add(counted: Counter[Key]) -> None:
    """Add many at once; several processes may."""
    if not counted:
        return
    rows = [(day, kind, path[:255], source, number) for (day, kind, path, source), number in sorted(counted.items())]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, [(connection.ops.adapt_datefield_value(r[0]), *r[1:]) for r in rows])

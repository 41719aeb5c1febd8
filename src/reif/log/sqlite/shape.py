"""Tell SQLite's planner what a log looks like when it has grown, so that it plans for that from the first day on.

It knows nothing of a table that was never analysed, and takes a kind of fact between two moments for less than what one
person did: each person of a list would then have all facts of that kind read. SQLite documents this way of telling it.
Whoever runs ANALYZE puts what is there in the place of it.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

EVENTS = 1_000_000
ROWS = {
    "log_event_person": f"{EVENTS} 20",
    "log_event_did": f"{EVENTS} 50000 5 3 1",
    "log_event_kind": f"{EVENTS} 50000 2",
    "log_event_visitor": "200000 10 3",
    "log_event_deal": "20000 10",
    "log_event_cause": "500000 3",
}
"""By index: all rows of it, and how many share its first column, its first two, and so on."""


def tell_shape(using: str, **_signal: Any) -> None:
    """Hears post_migrate."""
    connection = connections[using]
    if connection.vendor != "sqlite" or "log_event" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sqlite_schema")
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'log_event'")
        if not cursor.fetchone()[0]:
            rows = [("log_event", index, stat) for index, stat in ROWS.items()]
            cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", rows)
            cursor.execute("ANALYZE sqlite_schema")

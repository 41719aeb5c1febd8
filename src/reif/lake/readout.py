"""Read a range of the log out of the database into a file, as fast as each engine can.

PostgreSQL copies. SQLite builds the lines itself: fetching a million rows into Python costs as much as all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from reif.log.catalogue import CATALOGUE

COLUMNS = {
    "id": "BIGINT", "kind": "VARCHAR", "at": "TIMESTAMP", "person": "BIGINT", "visitor": "BIGINT",
    "company": "BIGINT", "deal": "BIGINT", "topic": "VARCHAR", "machine": "BOOLEAN",
}  # fmt: skip
"""The columns of the lake and their types; moments are UTC, to the microsecond."""
LINES = 20_000
MACHINES = sorted(kind for kind, fact in CATALOGUE.items() if "machine" in fact.__struct_fields__)
_MAYBE = ", ".join(f"'{kind}'" for kind in MACHINES)
_POSTGRESQL = f"""COPY (SELECT id, kind, at AT TIME ZONE 'UTC', person_id, visitor_id, company_id, deal_id, topic,
  kind IN ({_MAYBE}) AND COALESCE(body ->> 'machine', '') = 'true'
FROM log_event WHERE id > %s AND id <= %s ORDER BY id) TO STDOUT (FORMAT csv)"""
_SQLITE = f"""SELECT GROUP_CONCAT(id || ',' || kind || ',' || at || ',' || COALESCE(person_id, '') || ','
  || COALESCE(visitor_id, '') || ',' || COALESCE(company_id, '') || ',' || COALESCE(deal_id, '') || ',"'
  || REPLACE(topic, '"', '""') || '",' ||
  (kind IN ({_MAYBE}) AND COALESCE(JSON_EXTRACT(body, '$.machine'), 0) = 1), CHAR(10)), MAX(id)
FROM (SELECT * FROM log_event WHERE id > %s AND id <= %s ORDER BY id LIMIT {LINES})"""


def read_out(after: int, until: int, file: Path) -> None:
    """Events above `after` up to `until` as CSV; at no time more than some thousand of them in memory."""
    with open(file, "wb") as out:
        for piece in _copied(after, until) if connection.vendor == "postgresql" else _joined(after, until):
            out.write(piece)


def _copied(after: int, until: int) -> Iterator[bytes]:
    with connection.cursor() as cursor, cursor.copy(_POSTGRESQL, [after, until]) as copy:
        for piece in copy:
            yield bytes(piece)


def _joined(after: int, until: int) -> Iterator[bytes]:
    with connection.cursor() as cursor:
        while after < until:
            cursor.execute(_SQLITE, [after, until])
            text, last = cursor.fetchone()
            if last is None:
                return
            yield text.encode() + b"\n"
            after = last

"""What waits to be worked on: rows of events, one row a group commit. The worker reads, works, and deletes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec import Struct

from reif.kit.clock import now

from .canonical import Canonical, decode_lines
from .place import here
from .store import Store, open_store

_READ = """
SELECT id, events, received_at FROM (
  SELECT id, events, received_at, bytes, sum(bytes) OVER (ORDER BY id) AS so_far
  FROM (SELECT id, events, received_at, bytes FROM door_spool ORDER BY id LIMIT ?) AS oldest) AS measured
WHERE so_far - bytes < ? ORDER BY id
"""
_DEPTH = "SELECT count(*), coalesce(sum(bytes), 0), min(received_at) FROM door_spool"
_AT_ONCE = 500


class Row(Struct, frozen=True):
    id: int
    events: bytes
    received_at: datetime


class Depth(NamedTuple):
    """Rows and bytes that wait, and the age of the oldest row in seconds."""

    rows: int
    bytes: int
    oldest_age: float


class Spool:
    """The reader's side. Events of a row may be seen twice (after a crash): drop repeated message ids."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store or open_store(here())

    def read(self, limit: int, max_bytes: int = 16_000_000) -> list[Row]:
        """The oldest rows, in order: at most `limit`, and fewer when they are large (but one at least)."""
        rows = self._store.run(_READ, limit, max_bytes)
        return [Row(key, bytes(blob), datetime.fromtimestamp(at, UTC)) for key, blob, at in rows]

    def waits(self) -> bool:
        """Whether there is any row."""
        return bool(self._store.run("SELECT 1 FROM door_spool LIMIT 1"))

    def delete(self, ids: Iterable[int]) -> None:
        """Forget rows whose events are safe elsewhere."""
        rest = list(ids)
        while rest:
            some, rest = rest[:_AT_ONCE], rest[_AT_ONCE:]
            marks = ", ".join("?" * len(some))
            self._store.run(f"DELETE FROM door_spool WHERE id IN ({marks})", *some)

    def depth(self) -> Depth:
        rows, size, oldest = self._store.run(_DEPTH)[0]
        return Depth(rows, int(size), max(0.0, now().timestamp() - oldest) if rows else 0.0)

    def close(self) -> None:
        self._store.close()


def decode(row: Row) -> list[Canonical]:
    """The events of a row, in the order in which they came in."""
    return decode_lines(row.events)

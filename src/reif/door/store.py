"""Where spool rows and write keys lie: one interface, a file or a server behind it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from .place import Place


class Store(Protocol):
    """A place for spool rows and keys. Safe to use from several threads; questions mark values with `?`."""

    dear: bool
    """Whether a commit costs so much that a few events had better wait two milliseconds for more."""

    def write(self, blob: bytes, received_at: float) -> None:
        """Add one row and return when it is durable; waits for locks, then raises Unavailable."""

    def run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""

    def alone(self) -> AbstractContextManager[None]:
        """What runs inside is one transaction that no other `alone` overlaps."""

    def close(self) -> None:
        """Let go of connections; a later call opens them again."""


def open_store(place: Place) -> Store:
    """The store at a place, its tables made when missing (at first use)."""
    if place.database_url.startswith(("postgres://", "postgresql://")):
        from .store_postgres import PostgresStore

        return PostgresStore(place.database_url)
    from .store_sqlite import SqliteStore

    return SqliteStore(place.file)

"""The spool in a file of its own, so that its commits never wait for the records' commits."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .unavailable import Unavailable

PATIENCE = 5.0
_TABLES = """
CREATE TABLE IF NOT EXISTS door_spool (
  id INTEGER PRIMARY KEY AUTOINCREMENT, received_at REAL NOT NULL, bytes INTEGER NOT NULL, events BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS door_key (
  key TEXT PRIMARY KEY, site TEXT NOT NULL, created_at REAL NOT NULL, revoked_at REAL);
"""
_INSERT = "INSERT INTO door_spool (received_at, bytes, events) VALUES (?, ?, ?)"


class SqliteStore:
    """One connection for the committer, one for the rest."""

    dear = False

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer: sqlite3.Connection | None = None
        self._other: sqlite3.Connection | None = None
        self._lock = threading.RLock()

    def write(self, blob: bytes, received_at: float) -> None:
        try:
            if self._writer is None:
                self._writer = self._open()
            self._writer.execute(_INSERT, (received_at, len(blob), blob))
        except sqlite3.Error as error:
            raise Unavailable(str(error)) from error

    def run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                if self._other is None:
                    self._other = self._open()
                return self._other.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise Unavailable(str(error)) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._lock:
            self.run("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.run("ROLLBACK")
                raise
            self.run("COMMIT")

    def close(self) -> None:
        with self._lock:
            for connection in (self._writer, self._other):
                if connection is not None:
                    connection.close()
            self._writer = self._other = None

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._file, isolation_level=None, check_same_thread=False, timeout=PATIENCE, cached_statements=32
        )
        _persist(connection)
        connection.executescript(_TABLES)
        return connection


def _persist(connection: sqlite3.Connection) -> None:
    """Turning WAL on ignores the busy timeout when two processes do it at once, so it is tried again here."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
    connection.execute("PRAGMA synchronous = FULL")

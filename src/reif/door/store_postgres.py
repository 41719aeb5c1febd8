"""The spool in the records' PostgreSQL, for any number of web and worker processes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from .unavailable import Unavailable

Connection = psycopg.Connection[tuple[Any, ...]]
_LOCK = 7_243_392_001  # advisory lock of the door: table making and default keys
_OPTIONS = "-c synchronous_commit=on -c statement_timeout=10s -c lock_timeout=5s"
_TABLES = """
CREATE TABLE IF NOT EXISTS door_spool (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, received_at double precision NOT NULL,
  bytes bigint NOT NULL, events bytea NOT NULL);
ALTER TABLE door_spool ALTER COLUMN events SET STORAGE EXTERNAL;
CREATE TABLE IF NOT EXISTS door_key (
  key text PRIMARY KEY, site text NOT NULL, created_at double precision NOT NULL, revoked_at double precision);
"""
_INSERT = "INSERT INTO door_spool (received_at, bytes, events) VALUES (%s, %s, %b)"


class PostgresStore:
    """One connection for the committer, one for the rest; each is opened again when it breaks."""

    dear = True

    def __init__(self, url: str) -> None:
        self._url = url
        self._writer: Connection | None = None
        self._other: Connection | None = None
        self._lock = threading.RLock()

    def write(self, blob: bytes, received_at: float) -> None:
        """A row whose commit stayed unanswered is written again: the reader drops repeated message ids."""
        for attempt in (1, 2):
            try:
                if self._writer is None:
                    self._writer = self._open()
                self._writer.execute(_INSERT, (received_at, len(blob), blob), prepare=True)
                return
            except psycopg.Error as error:
                _shut(self._writer)
                self._writer = None
                if attempt == 2:
                    raise Unavailable(str(error)) from error

    def run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                if self._other is None or self._other.broken:
                    self._other = self._open()
                cursor = self._other.execute(sql.replace("?", "%s"), values)
                return cursor.fetchall() if cursor.description else []
            except psycopg.Error as error:
                if not isinstance(error, errors.IntegrityError):
                    _shut(self._other)
                    self._other = None
                raise Unavailable(str(error)) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._lock:
            self.run("BEGIN")
            try:
                self.run("SELECT pg_advisory_xact_lock(?)", _LOCK)
                yield
            except BaseException:
                with suppress(Unavailable):
                    self.run("ROLLBACK")
                raise
            self.run("COMMIT")

    def close(self) -> None:
        with self._lock:
            _shut(self._writer)
            _shut(self._other)
            self._writer = self._other = None

    def _open(self) -> Connection:
        own = conninfo_to_dict(self._url).get("options") or ""
        connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5, options=f"{_OPTIONS} {own}")
        row = connection.execute(
            "SELECT to_regclass('door_spool') IS NULL OR to_regclass('door_key') IS NULL"
        ).fetchone()
        if row and row[0]:
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                connection.execute(_TABLES)
        return connection


def _shut(connection: Connection | None) -> None:
    if connection is not None:
        with suppress(psycopg.Error):
            connection.close()

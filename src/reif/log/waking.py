"""How a waiting worker learns that something was committed: NOTIFY on PostgreSQL, the data version on SQLite."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import suppress

import psycopg
from django.db import connection

QUICK, EASY = 0.01, 0.05
"""Seconds between looks: where a person watches, and where the world outside waits."""


class Doorbell:
    """Waits until another connection has committed, or the time is up. One for each thread."""

    def __init__(self, pause: float = QUICK) -> None:
        self._pause, self._version = pause, -1
        self._listener: psycopg.Connection[tuple[object, ...]] | None = None

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """True when it rang."""
        if connection.vendor == "postgresql":
            return self._wait_for_notify(seconds)
        return self._wait_for_version(seconds, stop)

    def close(self) -> None:
        if self._listener:
            self._listener.close()

    def _wait_for_version(self, seconds: float, stop: threading.Event) -> bool:
        """`data_version` changes when another connection commits; asking takes microseconds and no lock."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not stop.is_set():
            version = self._data_version()
            if version != self._version:
                self._version = version
                return True
            time.sleep(self._pause)
        return False

    def _data_version(self) -> int:
        """Asked again and again, so past Django's cursors."""
        connection.ensure_connection()
        with suppress(sqlite3.OperationalError):
            return int(connection.connection.execute("PRAGMA data_version").fetchone()[0])
        return -1

    def _wait_for_notify(self, seconds: float) -> bool:
        try:
            if self._listener is None or self._listener.closed:
                self._listener = psycopg.connect(**connection.get_connection_params(), autocommit=True)
                self._listener.execute("LISTEN reif_log")
            for _ in self._listener.notifies(timeout=seconds, stop_after=1):
                return True
        except psycopg.OperationalError:
            self._listener = None
            time.sleep(min(seconds, 0.2))
        return False

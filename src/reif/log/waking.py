"""How a waiting worker learns that something was committed: NOTIFY on PostgreSQL, the data version on SQLite."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import suppress

import psycopg
from django.db import connection

PAUSE = 0.01


class Doorbell:
    """Waits until another connection has committed, or the time is up. One for each thread."""

    def __init__(self) -> None:
        self._version = -1
        self._listener: psycopg.Connection[tuple[object, ...]] | None = None

    def wait(self, seconds: float, stop: threading.Event) -> None:
        if connection.vendor == "postgresql":
            self._wait_for_notify(seconds)
        else:
            self._wait_for_version(seconds, stop)

    def close(self) -> None:
        if self._listener:
            self._listener.close()

    def _wait_for_version(self, seconds: float, stop: threading.Event) -> None:
        """`data_version` changes when another connection commits; asking takes microseconds and no lock."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not stop.is_set():
            version = self._data_version()
            if version != self._version:
                self._version = version
                return
            time.sleep(PAUSE)

    def _data_version(self) -> int:
        with suppress(sqlite3.OperationalError), connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return int(cursor.fetchone()[0])
        return -1

    def _wait_for_notify(self, seconds: float) -> None:
        try:
            if self._listener is None or self._listener.closed:
                self._listener = psycopg.connect(**connection.get_connection_params(), autocommit=True)
                self._listener.execute("LISTEN reif_log")
            for _ in self._listener.notifies(timeout=seconds, stop_after=1):
                return
        except psycopg.OperationalError:
            self._listener = None
            time.sleep(min(seconds, 0.2))

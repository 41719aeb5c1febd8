"""How whoever waits learns that something was committed: NOTIFY on PostgreSQL, the data version on SQLite.

One thread of a process watches, with one connection; everybody else sleeps until it rings.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import suppress

import psycopg
from django.db import connection

LOOK = 0.02
"""Seconds between looks at SQLite, which tells nobody."""
EASY = 0.05
"""Seconds between rings for those who wait for the world outside, however much is committed."""
SLICE = 0.5
"""Seconds after which the watch looks whether anybody still waits."""


class Doorbell:
    """Waits until somebody has committed, or the time is up. One for each thread. pause: it rings no more often."""

    def __init__(self, pause: float = 0.0) -> None:
        self._pause, self._rang_at = pause, 0.0
        self._seen: int | None = None

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """True when it rang."""
        if self._seen is None:
            self._seen = _watch.enter()
        found = _watch.wait(self._seen, seconds)
        if found == self._seen:
            return False
        if (early := self._rang_at + self._pause - time.monotonic()) > 0:
            stop.wait(early)
            found = _watch.wait(found, 0)
        self._seen, self._rang_at = found, time.monotonic()
        return True

    def close(self) -> None:
        """Nobody waits for it any more."""
        if self._seen is not None:
            self._seen = None
            _watch.leave()


def ring() -> None:
    """Wake everybody in this process, whatever was committed."""
    _watch.ring()


class _Watch:
    """Counts rings for all bells of a process. Its thread runs while there are any."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._rings = self._bells = 0
        self._thread: threading.Thread | None = None

    def enter(self) -> int:
        with self._rung:
            self._bells += 1
            return self._rings

    def leave(self) -> None:
        with self._rung:
            self._bells -= 1
            last = self._thread if not self._bells else None
        if last:
            last.join(2 * SLICE)

    def ring(self) -> None:
        with self._rung:
            self._rings += 1
            self._rung.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """How often it has rung, once that is another number than the one seen, or the time is up."""
        with self._rung:
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="doorbell", daemon=True)
                self._thread.start()
            self._rung.wait_for(lambda: self._rings != seen, seconds)
            return self._rings

    def _look(self) -> None:
        try:
            (self._for_notify if connection.vendor == "postgresql" else self._for_version)()
        finally:
            with self._rung:
                if self._thread is threading.current_thread():
                    self._thread = None
            connection.close()

    def _anybody(self) -> bool:
        with self._rung:
            if not self._bells:
                self._thread = None
            return bool(self._bells)

    def _for_version(self) -> None:
        """`data_version` changes when another connection commits. Asked past Django, fifty times a second."""
        connection.ensure_connection()
        ask, last = connection.connection.execute, None
        while self._bells or self._anybody():
            with suppress(sqlite3.OperationalError):
                if (version := ask("PRAGMA data_version").fetchone()) != last:
                    last = version
                    self.ring()
            time.sleep(LOOK)

    def _for_notify(self) -> None:
        while self._anybody():
            with suppress(psycopg.OperationalError):
                self._listen()
            time.sleep(LOOK)

    def _listen(self) -> None:
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as listener:
            listener.execute("LISTEN reif_log")
            self.ring()  # what was committed before is not told
            while self._anybody():
                for _ in listener.notifies(timeout=SLICE, stop_after=1):
                    self.ring()


_watch = _Watch()

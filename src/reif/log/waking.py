"""How whoever waits learns that something was committed: NOTIFY on PostgreSQL, the data version on SQLite.

One thread of a process watches, with one connection; everybody else sleeps until it rings, or until the moment that it has
named itself (`again_in`).
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import psycopg
from django.db import connection

from reif.log.written import Written

LOOK = 0.02
"""Seconds between looks at SQLite, which tells nobody."""
AFTER = 1.0
"""Seconds for which it is looked at after something was written: a commit is seen when it lies safely on the disk."""
EASY = 0.05
"""Seconds between rings for those who wait for the world outside, however much is committed."""
SLICE = 0.5
"""Seconds after which the watch looks whether anybody still waits."""
PAUSE = 0.1
"""Seconds between looks at what lies outside, on PostgreSQL, where such a look is a question to the server."""
Look = Callable[[], bool]
_asked = threading.local()


def knock() -> None:
    """Wake the workers when this commits, for what is asked of them without a fact; `append` knocks by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("NOTIFY reif_log")


def again_in(seconds: float) -> None:
    """For whoever is called by the worker and has nothing to do before then: without a bell, it is asked again then."""
    _asked.at = min(getattr(_asked, "at", seconds), seconds)


def soonest(otherwise: float) -> float:
    """What this thread has asked for since the last time, if that is sooner."""
    asked: float = getattr(_asked, "at", otherwise)
    _asked.__dict__.clear()
    return max(0.0, min(asked, otherwise))


class Doorbell:
    """Waits until somebody has committed, or the time is up. One for each thread.

    pause: it rings no more often. outside: whether something waits where no commit is seen (the door's spool); it rings for
    that too.
    """

    def __init__(self, pause: float = 0.0, outside: Look | None = None) -> None:
        self._pause, self._outside, self._rang_at = pause, outside, 0.0
        self._seen: int | None = None

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """True when it rang."""
        if self._seen is None:
            self._seen = _watch.enter(self._outside)
        if stop.is_set():
            return False
        found = _watch.wait(self._seen, seconds, self._outside)
        if found == self._seen:
            return False
        if (early := self._rang_at + self._pause - time.monotonic()) > 0:
            stop.wait(early)
            found = _watch.wait(found, 0, self._outside)
        self._seen, self._rang_at = found, time.monotonic()
        return True

    def close(self) -> None:
        """Nobody waits for it any more."""
        if self._seen is not None:
            self._seen = None
            _watch.leave(self._outside)


def ring() -> None:
    """Wake everybody in this process, whatever was committed."""
    _watch.ring()


class _Watch:
    """Counts rings for all bells of a process. Its thread runs while there are any."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._rings = self._bells = 0
        self._outside: dict[Look, int] = {}  # how often each rang
        self._thread: threading.Thread | None = None
        self._looked_at = 0.0

    def enter(self, outside: Look | None = None) -> int:
        with self._rung:
            self._bells += 1
            if outside:
                self._outside = {**self._outside, outside: 0}
            return self._count(outside)

    def leave(self, outside: Look | None = None) -> None:
        with self._rung:
            self._bells -= 1
            self._outside = {look: n for look, n in self._outside.items() if look != outside}
            last = self._thread if not self._bells else None
        if last:
            last.join(20 * SLICE)

    def ring(self) -> None:
        with self._rung:
            self._rings += 1
            self._rung.notify_all()

    def wait(self, seen: int, seconds: float, outside: Look | None = None) -> int:
        """How often it has rung, once that is another number than the one seen, or the time is up."""
        with self._rung:
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="doorbell", daemon=True)
                self._thread.start()
            self._rung.wait_for(lambda: self._count(outside) != seen, seconds)
            return self._count(outside)

    def _count(self, outside: Look | None) -> int:
        return self._rings + (self._outside.get(outside, 0) if outside else 0)

    def _look_outside(self, every: float = 0.0) -> None:
        if time.monotonic() < self._looked_at + every:
            return
        self._looked_at = time.monotonic()
        for look in self._outside:
            if look():
                with self._rung:
                    self._outside = {**self._outside, look: self._outside.get(look, 0) + 1}
                    self._rung.notify_all()

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
            if self._thread is not threading.current_thread():
                return False  # another one has taken its place
            if not self._bells:
                self._thread = None
            return bool(self._bells)

    def _for_version(self) -> None:
        """`data_version` changes when another connection commits. Asked past Django, fifty times a second while files are
        written to.
        """
        connection.ensure_connection()
        ask, last = connection.connection.execute, None
        written, rest = Written(os.path.dirname(str(connection.settings_dict["NAME"]))), 0.0
        while self._bells or self._anybody():
            with suppress(sqlite3.OperationalError):
                if (version := ask("PRAGMA data_version").fetchone()) != last:
                    last = version
                    self.ring()
            self._look_outside()
            if written.wait(SLICE if time.monotonic() > rest else 0):
                rest = time.monotonic() + AFTER
            time.sleep(LOOK)
        written.close()

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
                for _ in listener.notifies(timeout=PAUSE if self._outside else SLICE, stop_after=1):
                    self.ring()
                self._look_outside(PAUSE)


_watch = _Watch()

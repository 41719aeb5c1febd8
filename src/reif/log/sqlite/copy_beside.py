"""Copy what a large transaction left in SQLite's log into its file, in a thread of its own: the writer goes on meanwhile.

By itself SQLite does so within the commit that makes the log long, which after a large one takes as long as the commit.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, suppress
from urllib.parse import quote

from reif.log.sqlite.per_file import PerFile

LONG = 50_000
"""Pages of 4 KB in the log: from there on the next transaction waits until all are copied, and the log begins anew."""


class Copying:
    """What is being copied of one database file by this process."""

    def __init__(self, database: str) -> None:
        self._database = f"file:{quote(database)}?mode=rw"
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._again, self._pages = False, 0

    def begin(self) -> None:
        """Copy what is committed by now; at once, or as soon as what is being copied is done."""
        with self._lock:
            self._again = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._go_on, name="copying", daemon=True)
                self._thread.start()

    @property
    def is_going(self) -> bool:
        return self._thread is not None

    def catch_up(self) -> None:
        """Wait when the log has become long. Call it with the turn to write, so that it does not grow meanwhile."""
        if self._pages > LONG:
            self.wait()
            self._pages = 0

    def wait(self) -> None:
        """Until all is copied that was committed before."""
        if thread := self._thread:
            thread.join()

    def _go_on(self) -> None:
        while self._is_wanted():
            with suppress(sqlite3.Error), closing(sqlite3.connect(self._database, timeout=0, uri=True)) as database:
                _busy, self._pages, _copied = database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _is_wanted(self) -> bool:
        with self._lock:
            wanted, self._again = self._again, False
            if not wanted:
                self._thread = None
            return wanted


copying_of = PerFile(Copying).of
"""The threads of a parent do not go on in its child."""

"""Whose turn it is to write, over all threads and processes: two file locks, released by the system when one dies.

The first is the line, the second the turn. Who stands first in the line holds both fast until it gets the turn, so
whoever just had it cannot take it again before. In a process one thread waits for the files, the others for that thread.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time

from django.db import OperationalError

from reif.log.sqlite.per_file import PerFile

LOOK = 0.001  # seconds


class Turn:
    """The turn of one database file in this process."""

    def __init__(self, database: str) -> None:
        self._here = threading.Lock()
        self._line = os.open(f"{database}-line", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._turn = os.open(f"{database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, patience: float) -> None:
        """Wait so many seconds at most; says what SQLite would say when that was not enough."""
        end = time.monotonic() + patience
        if not self._here.acquire(timeout=patience):
            raise _locked()
        try:
            _lock(self._line, end)
            try:
                _lock(self._turn, end)
            finally:
                fcntl.flock(self._line, fcntl.LOCK_UN)
        except BaseException:
            self._here.release()
            raise

    def give(self) -> None:
        """The next one, please."""
        fcntl.flock(self._turn, fcntl.LOCK_UN)
        self._here.release()

    def close(self) -> None:
        """Let go of the files, without a word to those who share them."""
        os.close(self._line)
        os.close(self._turn)


turn_of = PerFile(Turn, Turn.close).of
"""A child has locks of its own; its copies of its parent's are closed, or they would outlive the parent."""


def _lock(file: int, end: float) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= end:
                raise _locked() from None
            time.sleep(LOOK)


def _locked() -> OperationalError:
    return OperationalError("database is locked")

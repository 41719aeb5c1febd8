"""The database backend. SQLite lets one write at a time, and whoever waits only looks again every 25 to 100 ms: a worker
that writes one transaction after the other would keep the pages out for seconds. So a transaction first takes its turn;
and what a large one wrote is copied from the log into the file beside it, not within its commit.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base

from reif.log.sqlite.copy_beside import Copying, copying_of
from reif.log.sqlite.turn import Turn, turn_of

LARGE = 5_000
"""Changed rows of a transaction; in an index, each may be on a page of its own."""
USUAL = 1_000
"""Pages in the log from which on a commit copies them by itself."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the turn before BEGIN IMMEDIATE, and gives it back with the commit."""

    _turn: Turn | None = None
    _copying: Copying | None = None
    _changes = 0

    def _start_transaction_under_autocommit(self) -> None:
        if self._turn is None and not self.is_in_memory_db():
            turn = turn_of(str(self.settings_dict["NAME"]))
            turn.take(float(self.settings_dict["OPTIONS"].get("timeout", 10)))
            self._turn = turn
        try:
            self._changes = self.connection.total_changes
            if self._copying is not None:
                self._copying.catch_up()
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give()
            raise

    def _commit(self) -> Any:
        large = self._turn is not None and self.connection.total_changes - self._changes >= LARGE
        if large or self._copying is not None:
            self._leave_copying(large)
        done = super()._commit()  # type: ignore[misc]
        if large and self._copying is not None:
            self._copying.begin()
        self._give()
        return done

    def _leave_copying(self, large: bool) -> None:
        """To a thread, as long as it goes on; whoever has chosen another number of pages for this connection keeps it."""
        ask, going = self.connection.execute, self._copying is not None and self._copying.is_going
        if large and self._copying is None and ask("PRAGMA wal_autocheckpoint").fetchone()[0] == USUAL:
            self._copying = copying_of(str(self.settings_dict["NAME"]))
            ask("PRAGMA wal_autocheckpoint=0")
        elif self._copying is not None and not large and not going:
            self._copying = None
            ask(f"PRAGMA wal_autocheckpoint={USUAL}")

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._copying = None
            self._give()

    def _give(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.give()

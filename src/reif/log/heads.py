"""A window of the log without its content: which ids there are of which kind, sorted out once for all listeners."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import chain

from django.db import connection

from reif.log.hear import Listener

WINDOW = 2000
"""No listener gets more at once. All read the same windows, so each event is read and decoded once for all of them."""
TIMER = "timer.fired"


class Heads:
    """The ids after `low`, up to `last`. full: there may be more behind it."""

    def __init__(self, low: int) -> None:
        rows = _rows(low)
        self.last = rows[-1][0] if rows else low
        self.full = len(rows) == WINDOW
        self._kinds: dict[str, list[int]] = defaultdict(list)
        self._timers: dict[str, list[int]] = defaultdict(list)
        for number, kind, topic in rows:
            self._kinds[kind].append(number)
            if kind == TIMER:
                self._timers[topic].append(number)

    def __bool__(self) -> bool:
        return bool(self._kinds)

    def wanted_by(self, listener: Listener) -> list[int]:
        """The ids that this listener has not seen and wants, in order."""
        kinds = listener.kinds - {TIMER} if listener.timers else listener.kinds
        found = [self._kinds[kind] for kind in kinds if kind in self._kinds]
        found += [self._timers[name] for name in listener.timers if name in self._timers]
        ids = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
        return ids[bisect_right(ids, listener.seen) :] if ids and ids[0] <= listener.seen else list(ids)


def _rows(low: int) -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, kind, topic FROM log_event WHERE id > %s ORDER BY id LIMIT %s", [low, WINDOW])
        return list(cursor.fetchall())

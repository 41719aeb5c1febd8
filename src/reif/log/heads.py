"""A window of the log without its content: which ids there are of which kind, sorted out once for all listeners."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import chain

from django.db import connection

from reif.log.hear import BY_TOPIC, TIMER, Listener

WINDOW = 2000
"""No listener gets more at once. All read the same windows, so each event is read and decoded once for all of them."""


class Heads:
    """The ids after `low`, up to `last`. full: there may be more behind it."""

    def __init__(self, low: int) -> None:
        rows = _rows(low)
        self.last = rows[-1][0] if rows else low
        self.full = len(rows) == WINDOW
        self._kinds: dict[str, list[int]] = defaultdict(list)
        self._topics: dict[str, dict[str, list[int]]] = {kind: defaultdict(list) for kind in BY_TOPIC}
        for number, kind, topic in rows:
            self._kinds[kind].append(number)
            if kind in BY_TOPIC:
                self._topics[kind][topic].append(number)

    def __bool__(self) -> bool:
        return bool(self._kinds)

    def wanted_by(self, listener: Listener) -> list[int]:
        """The ids that this listener has not seen and wants, in order."""
        found: list[list[int]] = []
        for kind, ids in self._kinds.items():
            if kind in listener.only or (kind == TIMER and listener.timers):
                found += [some for topic, some in self._topics[kind].items() if listener.wants(kind, topic)]
            elif kind in listener.kinds:
                found.append(ids)
        ids = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
        return ids[bisect_right(ids, listener.seen) :] if ids and ids[0] <= listener.seen else list(ids)

    def sifted_for(self, listener: Listener) -> bool:
        """Whether it would have been brought more, were it asked for."""
        return not listener.only.keys().isdisjoint(self._kinds)


def _rows(low: int) -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, kind, topic FROM log_event WHERE id > %s ORDER BY id LIMIT %s", [low, WINDOW])
        return list(cursor.fetchall())

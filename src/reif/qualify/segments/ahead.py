"""While one piece of people is written, a thread asks on a connection of its own who of the next belongs into the segment.

What happened since then is known by its events: whom they concern is left to the verb that hears them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection

from reif.log.event import event_of
from reif.log.models import Event
from reif.qualify.concerns import reached
from reif.qualify.segments.in_force import Moving

FAR = 5_000  # events: when so many came since, it is asked again
Piece = tuple[int | None, Any]
"""Its last person, None for the last piece; those who belong into the segment."""


class Ahead:
    """One piece on its way. key: for what it was asked."""

    def __init__(self, key: tuple[Any, ...], ask: Callable[[], Piece]) -> None:
        self.key, self._ask = key, ask
        self._piece: Piece | None = None
        self._seen = 0
        self._thread = threading.Thread(target=self._look, name="ahead", daemon=True)
        self._thread.start()

    def piece(self, segment: Moving) -> tuple[Piece, set[int]] | None:
        """It, and whom something has happened to since; None when it has to be asked anew."""
        self._thread.join()
        concern = segment.concern
        rows = Event.objects.filter(id__gt=self._seen, kind__in=concern.kinds).order_by("id")[: FAR + 1]
        if self._piece is None or len(rows) > FAR:
            return None
        events = [e for e in map(event_of, rows) if concern.wants(e) and concern.crossed(e)]
        return self._piece, set[int]().union(*reached(events).values())

    def _look(self) -> None:
        try:
            self._seen = Event.objects.order_by("-id").values_list("id", flat=True)[:1].get()
            self._piece = self._ask()
        except DatabaseError:
            self._piece = None  # whoever wants it asks by itself
        finally:
            connection.close()

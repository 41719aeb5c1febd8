"""Drop a projection and build it again from the log. What comes out must be what was there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reif.log.append import silent
from reif.log.event import event_of
from reif.log.fact import Fact, kind_of
from reif.log.hear import Verb
from reif.log.models import Event

BATCH = 5000


@dataclass(frozen=True)
class Projection:
    """Rows that could be thrown away: how to drop them, and the verb that makes them from events."""

    name: str
    kinds: tuple[type[Fact], ...]
    drop: Callable[[], None]
    apply: Verb


PROJECTIONS: dict[str, Projection] = {}


def projection(name: str, kinds: tuple[type[Fact], ...], drop: Callable[[], None], apply: Verb) -> None:
    """Register a projection; a house test drops and rebuilds each one and compares."""
    PROJECTIONS[name] = Projection(name, kinds, drop, apply)


def rebuild(name: str) -> int:
    """Drop and replay, in one transaction; facts that the verb says are dropped. Returns how many events it took."""
    wanted = PROJECTIONS[name]
    kinds = [kind_of(k) for k in wanted.kinds]
    count, last = 0, 0
    with silent():
        wanted.drop()
        while rows := list(Event.objects.filter(id__gt=last, kind__in=kinds).order_by("id")[:BATCH]):
            wanted.apply([event_of(row) for row in rows])
            count, last = count + len(rows), rows[-1].id
    return count

"""What people did, asked of the lake once for everybody: of each leaf of a condition, who has done so.

A log of millions is not asked person by person. Whom events concern that came after the lake was read is known too: they
are left to the verb that hears those events.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from typing import Any

import numpy as np
from django.db.models import Max

from reif.crm.models import Person
from reif.kit.clock import now
from reif.lake.open import open_lake
from reif.lake.partitions import partitions
from reif.lake.sync import sync
from reif.log.among import among
from reif.log.event import event_of
from reif.log.models import Event
from reif.qualify.segments.in_force import Moving
from reif.rules.columns import literal
from reif.rules.did_columns import who
from reif.rules.predicates import All, AnyOf, Did, Not, Predicate, leaves

LARGE = 20_000  # people: below, the log itself is asked, which is at once
READ = 200_000  # events that the lake takes over at a time
FAR = 5_000  # events: so far behind, the lake is asked again
IDENTIFIED = "visitor.identified"


class NotYet(Exception):
    """The lake is being brought up to the log; some of it was done now."""


@dataclass
class Answers:
    """people: ids by leaf, growing. at: the moment of asking. seen: up to which event it is known who did more since;
    later: those people.
    """

    at: datetime
    people: dict[Did, Any]
    seen: int
    later: set[int] = field(default_factory=set)

    def did(self, after: int, until: int | None) -> Any:
        """How `where` reads a leaf, for a range of people."""
        return lambda leaf, _now: among("id", self.between(after, until, leaf))

    def between(self, after: int, until: int | None, leaf: Did) -> list[int]:
        """Those of a range of people who did it."""
        found: list[int] = self._range(leaf, after, until).tolist()
        return found

    def whom(self, deeds: Predicate, after: int, until: int | None) -> Any:
        """Those of a range of people for whom it holds, growing; None when it holds for whoever did nothing."""
        if self._mask(deeds, np.zeros(1, dtype=np.int64))[0]:
            return None
        asked = [leaf for leaf in leaves(deeds) if isinstance(leaf, Did)]
        return self.keep(deeds, reduce(np.union1d, (self._range(leaf, after, until) for leaf in asked)))

    def keep(self, deeds: Predicate, people: Any) -> Any:
        """Those of these people, growing, for whom it holds; it asks for nothing but what they did."""
        return people[self._mask(deeds, people)]

    def _range(self, leaf: Did, after: int, until: int | None) -> Any:
        ids = self.people[leaf]
        first = np.searchsorted(ids, after, side="right")
        return ids[first : len(ids) if until is None else np.searchsorted(ids, until, side="right")]

    def _mask(self, deeds: Predicate, people: Any) -> Any:
        match deeds:
            case All(of):
                return reduce(np.logical_and, (self._mask(p, people) for p in of), np.ones(len(people), dtype=bool))
            case AnyOf(of):
                return reduce(np.logical_or, (self._mask(p, people) for p in of), np.zeros(len(people), dtype=bool))
            case Not(part):
                return ~self._mask(part, people)
            case Did() if len(people):
                ids = self.people[deeds]
                first, last = np.searchsorted(ids, people[0]), np.searchsorted(ids, people[-1], side="right")
                return np.isin(people, ids[first:last], assume_unique=True)
        return np.zeros(len(people), dtype=bool)

    def follow(self, segment: Moving) -> bool:
        """Look at what happened since; False when it was too much."""
        last = _last(Event)
        kinds = {IDENTIFIED, *(leaf.kind for leaf in segment.did)}
        rows = list(Event.objects.filter(id__gt=self.seen, kind__in=kinds).order_by("id")[: FAR + 1])
        if len(rows) > FAR or len(self.later) > FAR:
            return False
        self.later |= segment.concern.touched([event_of(row) for row in rows]).keys()
        self.seen = last
        return True


def apart(when: Predicate) -> tuple[Predicate, Predicate]:
    """A condition as what the records have to be asked, and what the answers say alone; both have to hold."""
    parts = when.of if isinstance(when, All) else (when,)
    alone = tuple(p for p in parts if all(isinstance(leaf, Did) for leaf in leaves(p)))
    return All(tuple(p for p in parts if p not in alone)), All(alone)


_kept: dict[Any, Answers] = {}


def answers(key: Any, segment: Moving) -> Answers | None:
    """Those of the last call with this key while they are near; None when the log itself should be asked.

    Raises NotYet.
    """
    if not segment.did or _last(Person) < LARGE:
        return None
    found = _kept.get(key)
    if found is None or not found.follow(segment):
        if sync(READ) == READ:
            raise NotYet
        _kept.clear()
        found = _kept[key] = ask(segment.did)
    return found


def ask(leaves: tuple[Did, ...]) -> Answers:
    """Of the lake as it is now."""
    moment, there = now(), partitions()
    with open_lake() as lake:
        people = {leaf: _ids(lake, leaf, moment) for leaf in leaves}
    return Answers(moment, people, there[-1].last if there else 0)


def _ids(lake: Any, leaf: Did, moment: datetime) -> Any:
    return np.sort(lake.execute(who(leaf, literal(moment))).fetchnumpy()["person"].astype(np.int64))


def _last(model: type[Event | Person]) -> int:
    return model._default_manager.aggregate(last=Max("id"))["last"] or 0

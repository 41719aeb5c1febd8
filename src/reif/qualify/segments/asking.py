"""Who of some people belongs into a segment now: in memory for few, since one event asks many segments; by sets for many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.among import among
from reif.qualify.segments.in_force import Moving
from reif.rules.record import Record, records
from reif.rules.sql import where

FEW = 50


class Asking:
    """For these people and segments; of few, all that is asked is read at once, in a handful of queries."""

    def __init__(self, people: Iterable[int], segments: Sequence[Moving]) -> None:
        self._now, people = now(), set(people)
        self._few: dict[int, Record] | None = None
        if len(people) <= FEW and segments:
            living = set(Person.objects.living().filter(among("id", people)).values_list("id", flat=True))
            self._few = records(living, *(s.when for s in segments))

    def fitting(self, segment: Moving, people: Iterable[int]) -> set[int]:
        """Those of them who belong into it."""
        if self._few is None:
            living = Person.objects.living().filter(among("id", people)).filter(where(segment.when, self._now))
            return set(living.values_list("id", flat=True))
        return {p for p in people if (one := self._few.get(p)) is not None and segment.holds(one, self._now)}

    def moved(self, segment: str, entered: Iterable[int], left: Iterable[int]) -> None:
        """Who asks for this segment next sees it so."""
        for people, change in ((entered, frozenset.union), (left, frozenset.difference)):
            for person in people:
                one = (self._few or {}).get(person)
                if one is not None and "segment" in one.values:
                    one.values["segment"] = change(one.values["segment"], {segment})

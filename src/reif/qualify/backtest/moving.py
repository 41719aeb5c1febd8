"""A slice of people over time under one model: their scores and grades, and how the definitions of stages read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.asof import AsOf
from reif.qualify.backtest.deeds import CONSENT, Deeds, Source
from reif.qualify.backtest.earned import earned
from reif.qualify.backtest.grading import falling, grading
from reif.qualify.backtest.ladder import KEEP_MQL, KEEP_SQL, LOOKED, MQL, SQL
from reif.qualify.backtest.over_time import Moving
from reif.qualify.backtest.series import AXES, DAY_BITS, Ints, Moments, Truths, distinct, starts
from reif.qualify.replay.sums import Slots
from reif.qualify.ways import Model
from reif.rules.predicates import Did, Is, leaves

FLAGS = {"mql": (MQL, KEEP_MQL), "sql": (SQL, KEEP_SQL)}


class Slice:
    """Some people and their deeds. `ways` is the model made ready."""

    def __init__(self, ways: Any, part: Deeds) -> None:
        self.ways, self.part, self.history = ways, part, ways.history
        given = earned(self.history, part, ways.model)
        self.keys = [one.keys for one in given]
        self.sums = ways.worths.sums_of(part, given)

    def moving(self, evenings: Sequence[Ints] = ()) -> Moving:
        """Looked at on all days of rows, of what conditions ask about and of being sent back, and on these `evenings`."""
        found = self.look(self.part.moments(self._moments(evenings)))
        found.known[place_of(found.key, self.looked)] |= LOOKED
        return found

    def look(self, moments: Moments, *, keeps: bool = False, before: NDArray[np.str_] | None = None) -> Moving:
        """At these moments. keeps: also what keeps a stage. before: the grade that each had last, when it is not that of
        the moment before in the list; sums have only fallen since.
        """
        fit, engagement, owed = self.cents(moments)
        asof, out = self.asof(moments), np.zeros(len(moments.key), dtype=bool)
        for one in self.ways.model.exclude:
            out |= asof.holds(one.when)
        grade = self._grades(fit, engagement, out, moments, before)
        found = Moving(moments, fit, engagement, owed, out, grade, np.zeros(len(out), dtype=np.uint8))
        found.known[:] = self.read(found, keeps=keeps)
        return found

    def read(self, at: Moving, *, keeps: bool) -> NDArray[np.uint8]:
        """How the definitions read, and what keeps a stage."""
        known = self.kept(at) if keeps else np.zeros(len(at.key), dtype=np.uint8)
        asof = self.asof(at.moments)
        for stage, definition in self.ways.definitions.items():
            known[asof.holds(definition.when, at)] |= sum(FLAGS[stage])
        return known

    def kept(self, at: Moving) -> NDArray[np.uint8]:
        """How what keeps a stage reads."""
        known, asof = np.zeros(len(at.key), dtype=np.uint8), self.asof(at.moments)
        for stage, definition in self.ways.definitions.items():
            if definition.keep is not None:
                known[asof.holds(definition.keep, at)] |= FLAGS[stage][1]
        return known

    def asof(self, moments: Moments) -> AsOf:
        """To read at these moments."""
        return AsOf(self.history, self.part, moments)

    def cents(self, moments: Moments, *, today: bool = True) -> tuple[Ints, Ints, tuple[Ints, Ints]]:
        """fit, engagement, and what of both comes back. today: with what became known on the day."""
        *cents, fit, engagement = (_added([one.at(moments, today) for one in slot], moments) for slot in self.sums)
        whom = moments.person + self.part.low
        given = [c if own is None else c + own.take(whom) for c, own in zip(cents, self.ways.profile, strict=True)]
        total = _axes(self.ways.model, given)
        return total[0] + fit, total[1] + engagement, (fit, engagement)

    def owed(self, moments: Moments) -> tuple[Ints, Ints]:
        """Of both axes what comes back."""
        fit, engagement = (_added([one.at(moments, True) for one in slot], moments) for slot in self.sums[-len(AXES) :])
        return fit, engagement

    def fresh(self, moments: Moments) -> tuple[Ints, Ints, tuple[Ints, Ints]]:
        """At least what became known on the days: fit and engagement as if there were no ceilings, and what comes back."""
        *cents, fit, engagement = (_added([one.fresh(moments) for one in slot], moments) for slot in self.sums)
        total = _axes(self.ways.model, cents, capped=False)
        return total[0] + fit, total[1] + engagement, (fit, engagement)

    def _grades(self, fit: Ints, engagement: Ints, out: Truths, moments: Moments,
                before: NDArray[np.str_] | None) -> NDArray[np.str_]:  # fmt: skip
        grades = self.ways.model.grades
        if not grades:
            return np.full(len(out), "", dtype="<U2")
        if before is None:
            return grading(grades, fit, engagement, out, moments)
        return falling(grades, fit, engagement, out, before)

    @cached_property
    def looked(self) -> Ints:
        """The days on which something happened after which a definition is looked at."""
        up = [key for key, rule in zip(self.keys, self.ways.model.rules, strict=True) if rule.points > 0]
        return distinct([*up, *self.asked])

    @cached_property
    def asked(self) -> list[Ints]:
        """The days of what the definitions ask about."""
        return self._did(d.when for d in self.ways.definitions.values())

    @cached_property
    def own(self) -> Ints:
        """The days on which people did anything themselves."""
        return distinct([self.part.keys(self.part.own)])

    def among(self, days: Ints) -> Ints:
        """Of days of everybody those of these people."""
        low, last = self.part.low, int(self.part.person[-1]) + 1
        first, end = np.searchsorted(days, [low << DAY_BITS, last << DAY_BITS])
        there = np.zeros(last - low, dtype=bool)
        there[self.part.person - low] = True
        mine = days[first:end] - (low << DAY_BITS)
        return np.asarray(mine[there[mine >> DAY_BITS]], dtype=np.int32)

    def _moments(self, evenings: Sequence[Ints]) -> Ints:
        """With a margin of grades, the evenings before them too."""
        others = [*(one.when for one in self.ways.model.exclude),
                  *(d.keep for d in self.ways.definitions.values() if d.keep is not None)]  # fmt: skip
        down = [key for key, rule in zip(self.keys, self.ways.model.rules, strict=True) if rule.points <= 0]
        found = distinct([self.looked, *down, *self._did(others), *evenings])
        grades = self.ways.model.grades
        if grades and grades.margin and len(found):
            later = np.ones(len(found), dtype=bool)
            later[starts(found >> DAY_BITS)] = False
            found = distinct([found, found[later] - np.int32(1)])
        return found

    def _did(self, asked: Any) -> list[Ints]:
        """The days of what these conditions ask about; consent may have been given then, or withdrawn."""
        parts = [leaf for one in asked for leaf in leaves(one)]
        dids = {leaf for leaf in parts if isinstance(leaf, Did)}
        dids |= set(CONSENT) if any(isinstance(leaf, Is) and leaf.field == "consent" for leaf in parts) else set()
        return [self.part.keys(self.part.heard(source)) for source in {Source.of(leaf) for leaf in dids}]


def place_of(keys: Ints, of: Ints) -> Ints:
    """Where those of these that are there stand in the sorted keys."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, of), len(keys) - 1)
    there: Ints = at[keys[at] == of]
    return there


def _added(sums: Sequence[Ints], moments: Moments) -> Ints:
    """Of those that last and those that fade."""
    first, *more = sums or [np.zeros(len(moments.key), dtype=np.int64)]
    return sum(more, first)


def _axes(model: Model, cents: Sequence[Ints], *, capped: bool = True) -> tuple[Ints, Ints]:
    """fit and engagement, under the ceilings."""
    slots = Slots(model)
    fit, engagement = cents[:2]
    for group in model.groups:
        worth = cents[2 + slots.groups[group.key]]
        worth = np.minimum(worth, group.cap * 100) if capped else worth
        if slots.axis.get(group.key) == "fit":
            fit = fit + worth
        else:
            engagement = engagement + worth
    return fit, engagement

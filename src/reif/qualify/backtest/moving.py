"""A slice of people over time under one model: their scores and grades, and how the definitions of stages read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.asof import AsOf
from reif.qualify.backtest.deeds import CONSENT, Deeds, Source
from reif.qualify.backtest.earned import earned
from reif.qualify.backtest.grading import falling, grading
from reif.qualify.backtest.ladder import DEED, KEEP_MQL, KEEP_SQL, LOOKED, MQL, SQL
from reif.qualify.backtest.series import DAY_BITS, Ints, Moments, Truths, distinct, starts
from reif.qualify.replay.sums import Slots
from reif.qualify.ways import Model
from reif.rules.predicates import Did, Is, leaves

FLAGS = {"mql": (MQL, KEEP_MQL), "sql": (SQL, KEEP_SQL)}


class Moving(NamedTuple):
    """score in whole points, grade, and what is known (the flags of `ladder`), by moment."""

    moments: Moments
    score: Ints
    grade: NDArray[np.str_]
    known: NDArray[np.uint8]


class Slice:
    """Some people and their deeds. `ways` is the model made ready."""

    def __init__(self, ways: Any, part: Deeds) -> None:
        self.ways, self.part, self.history = ways, part, ways.history
        self.given = list(earned(self.history, part, ways.model))
        self.keys = [part.keys(at) for at in self.given]
        self._days: dict[tuple[str, str], Ints] = {}

    def moving(self, evenings: Sequence[Ints] = (), *, keeps: bool = False) -> Moving:
        """Looked at on all days of rows, of what conditions ask about and of being sent back, and on these `evenings`.

        keeps: also what keeps a stage, and deeds of any kind.
        """
        return self.look(Moments(self._moments(evenings)), keeps=keeps)

    def look(self, moments: Moments, *, keeps: bool = False, before: NDArray[np.str_] | None = None) -> Moving:
        """At these moments. before: the grade that each had last, when it is not that of the moment before in the list;
        nobody does anything on such evenings.
        """
        fit, engagement = self._cents(moments, every=before is None)
        asof = AsOf(self.history, self.part, moments, self._days)
        out = np.zeros(len(moments.key), dtype=bool)
        for one in self.ways.model.exclude:
            out |= asof.holds(one.when, {})
        values: dict[str, Any] = {
            name: np.where(out, 0, _points(sums))
            for name, sums in (("fit", fit), ("engagement", engagement), ("score", fit + engagement))
        }
        grades = self.ways.model.grades
        values["grade"] = np.full(len(out), "")
        if grades:
            values["grade"] = (
                grading(grades, fit, engagement, out, moments)
                if before is None
                else falling(grades, fit, engagement, out, before)
            )
        known = self._looked(moments, fit, engagement) if before is None else np.zeros(len(out), dtype=np.uint8)
        for stage, definition in self.ways.definitions.items():
            gives, lasts = FLAGS[stage]
            holds, keep = asof.holds(definition.when, values), definition.keep
            known[holds] |= gives | lasts
            if keeps and keep is not None:
                known[asof.holds(keep, values)] |= lasts
        if keeps and self.ways.silence and before is None:
            known[_place(moments.key, self.own)] |= DEED
        return Moving(moments, values["score"], values["grade"], known)

    @cached_property
    def looked(self) -> Ints:
        """The days on which something happened after which a definition is looked at."""
        up = [key for key, rule in zip(self.keys, self.ways.model.rules, strict=True) if rule.points > 0]
        return distinct([*up, *self._did(d.when for d in self.ways.definitions.values())])

    @cached_property
    def own(self) -> Ints:
        """The days on which people did anything themselves."""
        acts, low, last = self.ways.acts, self.part.low, int(self.part.person[-1]) + 1
        first, end = np.searchsorted(acts, [low << DAY_BITS, last << DAY_BITS])
        there = np.zeros(last - low, dtype=bool)
        there[self.part.person - low] = True
        mine = acts[first:end] - (low << DAY_BITS)
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

    def _cents(self, moments: Moments, *, every: bool) -> tuple[Ints, Ints]:
        """every: whether each row has a moment on its day or after it."""
        keys, days = self.keys, [self.part.day.take(at) for at in self.given]
        if not every:
            at = [_followed(key, moments) for key in keys]
            keys, days = ([column[n] for column, n in zip(columns, at, strict=True)] for columns in (keys, days))
        cents = self.ways.worths.sums(keys, days, moments)
        whom = moments.person + self.part.low
        return _axes(self.ways.model, [c + own.take(whom) for c, own in zip(cents, self.ways.profile, strict=True)])

    def _looked(self, moments: Moments, fit: Ints, engagement: Ints) -> NDArray[np.uint8]:
        """What happened, and who rose by itself, because points below zero faded."""
        known = np.zeros(len(moments.key), dtype=np.uint8)
        known[_place(moments.key, self.looked)] |= LOOKED
        if self.ways.rising and len(known):
            same = np.diff(moments.person, prepend=-1) == 0
            rose = (np.diff(fit, prepend=0) > 0) | (np.diff(engagement, prepend=0) > 0)
            known[same & rose] |= LOOKED
        return known


def _followed(keys: Ints, moments: Moments) -> Truths:
    """Which of these have a moment of the same person on their day or after it."""
    at = np.minimum(np.searchsorted(moments.key, keys), len(moments.key) - 1)
    later: Truths = (moments.key[at] >= keys) & (moments.person[at] == keys >> DAY_BITS)
    return later


def _place(keys: Ints, of: Ints) -> Ints:
    """Where those of these that are there stand in the sorted keys."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, of), len(keys) - 1)
    there: Ints = at[keys[at] == of]
    return there


def _axes(model: Model, cents: Sequence[Ints]) -> tuple[Ints, Ints]:
    """fit and engagement under the ceilings."""
    slots = Slots(model)
    fit, engagement = cents[:2]
    for group in model.groups:
        worth = np.minimum(cents[2 + slots.groups[group.key]], group.cap * 100)
        if slots.axis.get(group.key) == "fit":
            fit = fit + worth
        else:
            engagement = engagement + worth
    return fit, engagement


def _points(cents: Ints) -> Ints:
    """Rounded half up."""
    rounded: Ints = (cents + 50) // 100
    return rounded

"""One model over history: the best that everybody had in a period, and when somebody first deserved a stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.asof import AsOf
from reif.qualify.backtest.deeds import Deeds, Source
from reif.qualify.backtest.earned import earned
from reif.qualify.backtest.grading import grading
from reif.qualify.backtest.history import NEVER, History
from reif.qualify.backtest.series import DAY, Ints, Moments, Worths, distinct, starts
from reif.qualify.replay.matching import of_the_deed
from reif.qualify.replay.sums import Slots
from reif.qualify.ways import Model, Stages
from reif.rules.columns import literal
from reif.rules.predicates import Did, Is, Predicate, leaves

OVER_TIME = ("score", "fit", "engagement", "grade", "consent")
"""What is read as of each moment."""


@dataclass(frozen=True)
class Standings:
    """By person, a place for everybody: the highest score (whole points) in the period, the first day with it, and the
    grade on it; NEVER for a day on which nothing was asked about. first: by stage, the day on which each first deserved it.
    """

    best: Ints
    day: Ints
    grade: NDArray[np.str_]
    first: dict[str, Ints]


class Moving(NamedTuple):
    """A slice of people over time: score in whole points and grade, by moment; and the truths of definitions, by stage."""

    moments: Moments
    score: Ints
    grade: NDArray[np.str_]
    holds: dict[str, NDArray[np.bool_]]


class Replay:
    """A model made ready, and what it came to so far. since, until: the first day of the period and the one after it."""

    def __init__(self, history: History, model: Model, stages: Stages, since: int = 0, until: int = NEVER) -> None:
        self.history, self.model, self.since, self.until = history, model, since, until
        self.stages = {name: d.when for name, d in (("mql", stages.mql), ("sql", stages.sql)) if d}
        self.asked: list[Predicate] = [*self.stages.values(), *(one.when for one in model.exclude)]
        history.know(_of_people(model, self.asked))
        self.worths = Worths(model, history.days + 1)
        self.profile = _profile(history, model)
        people = len(history.ids)
        self.found = Standings(
            np.zeros(people, dtype=np.int32), np.full(people, NEVER, dtype=np.int32), np.full(people, "", dtype="<U2"),
            {stage: np.full(people, NEVER, dtype=np.int32) for stage in ("mql", "sql")},
        )  # fmt: skip

    def play(self, part: Deeds) -> None:
        """Take in a slice of people."""
        moving = self.moving(part)
        if not len(moving.moments.key):
            return
        for stage, holds in moving.holds.items():
            at = np.flatnonzero(holds)[::-1]  # backwards, so that the first of them is written last
            self.found.first[stage][moving.moments.person[at] + part.low] = moving.moments.day[at]
        top = self._tops(moving)
        whom = moving.moments.person[top] + part.low
        self.found.best[whom], self.found.day[whom] = moving.score[top], moving.moments.day[top]
        self.found.grade[whom] = moving.grade[top]

    def moving(self, part: Deeds) -> Moving:
        """Everything about a slice of people, at each moment."""
        given = list(earned(self.history, part, self.model))
        keys = [part.keys(at) for at in given]
        moments = Moments(self._moments(part, keys))
        cents = self.worths.sums(keys, [part.day.take(at) for at in given], moments)
        whom = moments.person + part.low
        fit, engagement = _axes(self.model, [c + own.take(whom) for c, own in zip(cents, self.profile, strict=True)])
        asof = AsOf(self.history, part, moments)
        out = np.zeros(len(moments.key), dtype=bool)
        for one in self.model.exclude:
            out |= asof.holds(one.when, {})
        values: dict[str, Any] = {
            name: np.where(out, 0, _points(sums))
            for name, sums in (("fit", fit), ("engagement", engagement), ("score", fit + engagement))
        }
        grades = self.model.grades
        values["grade"] = grading(grades, fit, engagement, out, moments) if grades else np.full(len(out), "")
        holds = {stage: asof.holds(when, values) for stage, when in self.stages.items()}
        return Moving(moments, values["score"], values["grade"], holds)

    def _moments(self, part: Deeds, keys: Sequence[Ints]) -> Ints:
        """All days of rows, and of what conditions ask about; with a margin of grades, the evenings before them too."""
        dids = {Source.of(leaf) for one in self.asked for leaf in leaves(one) if isinstance(leaf, Did)}
        found = distinct([*keys, *(part.keys(part.heard(source)) for source in dids)])
        if self.model.grades and self.model.grades.margin and len(found):
            later = np.ones(len(found), dtype=bool)
            later[starts(found // DAY)] = False
            found = distinct([found, found[later] - np.int32(1)])
        return found

    def _tops(self, moving: Moving) -> Ints:
        """Each person's first moment with the highest score in the period, backwards."""
        inside = np.flatnonzero((moving.moments.day >= self.since) & (moving.moments.day < self.until))
        if not len(inside):
            return inside
        person, score = moving.moments.person[inside], moving.score[inside]
        own = starts(person)
        best = np.repeat(np.maximum.reduceat(score, own), np.diff(np.append(own, len(person))))
        top: Ints = inside[score == best][::-1]
        return top


def _of_people(model: Model, asked: Iterable[Predicate]) -> Iterator[Predicate]:
    """Conditions on people themselves, which are read as is known now."""
    asked = list(asked)
    if any(isinstance(leaf, Is) and leaf.field == "consent" for one in asked for leaf in leaves(one)):
        yield Is("consent", "is", True)
    yield from (rule.when for rule in model.rules if rule.when and not of_the_deed(rule.when))
    yield from (leaf for one in asked for leaf in leaves(one) if isinstance(leaf, Is) and leaf.field not in OVER_TIME)


def _profile(history: History, model: Model) -> list[Ints]:
    """Cents of fit rules by slot, for everybody, as people are known now."""
    slots = Slots(model)
    names = slots.names()
    if not model.fit:
        return [np.zeros(len(history.ids), dtype=np.int64)] * len(names)
    sql = slots.profile(literal(history.moment(history.days + 1)))
    picked = ", ".join(f"f_{name}" for name in names)
    asked = f"SELECT {picked} FROM (SELECT p.id{sql} FROM people p) f JOIN places q ON q.id = f.id ORDER BY q.place"
    got = history.lake.execute(asked).fetchnumpy()
    return [np.ascontiguousarray(got[f"f_{name}"], dtype=np.int64) for name in names]


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

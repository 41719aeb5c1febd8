"""When the engine asks somebody's definitions again: what it is told, and what it is not.

It makes a difference for those alone who deserve a stage and do not have it, because they rest after sales sent them back,
or because a condition came true by time. So it is reckoned for these only.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reif.log.fact import kind_of
from reif.qualify.backtest.asof import compare
from reif.qualify.backtest.grading import better, falling
from reif.qualify.backtest.ladder import LOOKED
from reif.qualify.backtest.learned import days_of
from reif.qualify.backtest.moving import Slice, place_of
from reif.qualify.backtest.over_time import Moving
from reif.qualify.backtest.series import Ints, Moments, Truths, distinct
from reif.qualify.concerns import ALWAYS
from reif.rules.fields import SCORES
from reif.rules.predicates import Is, leaves


class Looks:
    """A model made ready (`ways`). scores: what its definitions ask about points and grades."""

    def __init__(self, ways: Any) -> None:
        self.ways = ways
        asked = {leaf: None for one in ways.definitions.values() for part in one.asked for leaf in leaves(part)}
        self._told = (
            days_of(ways.history, [kind_of(fact) for fact in ALWAYS])
            if len(ways.sales.sent)
            else np.zeros(0, dtype=np.int64)
        )
        self.scores = [leaf for leaf in asked if isinstance(leaf, Is) and leaf.field in SCORES]

    def told(self, own: Slice) -> Ints:
        """The days on which something became known about somebody, after which everything is asked."""
        return own.among(self._told)

    def mend(self, own: Slice, found: Moving, whom: Truths, *, every: bool, steady: bool) -> None:
        """LOOKED of these people at moments in order. every: all evenings are there, so that it is seen what fades."""
        at = np.flatnonzero(whom[found.moments.person])
        if not len(at):
            return
        now, before = found.take(at), _before(found, at)
        then = self._without_today(own, now, before)
        told = _rose(then, now) & (now.known & LOOKED > 0)
        if every:
            faded = self._crossed(before, then)
            told |= faded & _rose(before, then) if steady else faded
        told &= bool(self.scores)
        told[place_of(now.key, distinct([*own.asked, self.told(own)]))] = True
        found.known[at] = np.where(told, now.known | LOOKED, now.known & ~np.uint8(LOOKED))

    def _without_today(self, own: Slice, now: Moving, before: Moving) -> Moving:
        """What time alone made of everybody by that evening."""
        fit, engagement, owed = own.cents(now.moments, today=False)
        grades = self.ways.model.grades
        grade = falling(grades, fit, engagement, now.out, before.grade) if grades else before.grade
        return Moving(now.moments, fit, engagement, owed, now.out, grade, now.known)

    def _crossed(self, before: Moving, then: Moving) -> Truths:
        """Whether the engine says that points faded: a grade changed, or a condition on points reads differently."""
        changed: Truths = before.grade != then.grade
        for leaf in self.scores:
            changed |= compare(before.value(leaf.field), leaf) != compare(then.value(leaf.field), leaf)
        return changed


def _before(found: Moving, at: Ints) -> Moving:
    """What stood before each of these, nothing where it is somebody's first."""
    had = found.take(np.maximum(at - 1, 0))
    fresh = (at == 0) | (had.moments.person != found.moments.person[at])
    none = np.where(fresh, 0, had.fit), np.where(fresh, 0, had.engagement)
    return Moving(Moments(found.key[at]), *none, had.owed, had.out & ~fresh, np.where(fresh, "", had.grade), had.known)


def _rose(before: Moving, then: Moving) -> Truths:
    """As `rose` reads it from what the engine says: more points, or a better letter or digit."""
    return np.asarray((then.score > before.score) | better(then.grade, before.grade))

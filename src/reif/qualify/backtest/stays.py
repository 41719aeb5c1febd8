"""Who stood in which stage from when to when: what a replay comes to, and what is counted from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reif.qualify.backtest.history import NEVER
from reif.qualify.backtest.series import Ints, Truths

RUNGS = {"mql": 1, "sql": 2}


@dataclass(frozen=True)
class Stays:
    """A line a stay, of each person in order. person: a place in the list of people; rung: 1 is MQL, 2 is SQL.

    since, until: days; NEVER while somebody is still there. given: by the definition, not by falling back to it.
    lost: it ended on a lower rung, not on a higher one.
    """

    person: Ints
    rung: Ints
    since: Ints
    until: Ints
    given: Truths
    lost: Truths

    @classmethod
    def joined(cls, parts: Sequence[Stays]) -> Stays:
        names = ("person", "rung", "since", "until", "given", "lost")
        none = [np.zeros(0, dtype=np.int64)]
        person, rung, since, until, given, lost = (
            np.concatenate([getattr(part, name) for part in parts] or none) for name in names
        )
        return cls(person, rung, since, until, given.astype(bool), lost.astype(bool))

    def entries(self, stage: str, first: int = 0, end: int = NEVER) -> tuple[Ints, Ints]:
        """Persons and days on which the stage was given, before `end` and from `first` on."""
        at = self._of(stage) & self.given & (self.since >= first) & (self.since < end)
        return self.person[at], self.since[at]

    def losses(self, stage: str) -> Ints:
        """The days on which somebody lost it."""
        return self.until[self._of(stage) & self.lost]

    def entered(self, stage: str, people: int, first: int = 0, end: int = NEVER) -> Truths:
        """Who was given it between these days, a truth for everybody."""
        return _mask(self.entries(stage, first, end)[0], people)

    def standing(self, stage: str, people: int, day: int) -> Truths:
        """Who stood there on the evening of this day, a truth for everybody."""
        return _mask(self.person[self._of(stage) & (self.since <= day) & (self.until > day)], people)

    def _of(self, stage: str) -> Truths:
        return np.asarray(self.rung == RUNGS[stage])


def _mask(whom: Ints, people: int) -> Truths:
    found = np.zeros(people, dtype=bool)
    found[whom] = True
    return found

"""Up and down the ladder of stages, evening by evening, as `promote` and `hold` move people: MQL and SQL are given, kept,
lost after what keeps them has failed for long enough or after silence, and given again.

All people take a step at once, those with the most evenings first, so that whoever is still there is always in front.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reif.qualify.backtest.history import NEVER
from reif.qualify.backtest.sales import AWAY, TO_MQL
from reif.qualify.backtest.series import DAY, DAY_BITS, Ints, Truths, starts
from reif.qualify.backtest.stays import Stays
from reif.qualify.ways import Definition, Stages

LONG_AGO = -DAY
MQL, SQL, KEEP_MQL, KEEP_SQL, LOOKED, DEED, WORKED = (1 << bit for bit in range(7))
"""What is known of an evening. MQL, SQL: the definition holds; KEEP: it, or what keeps the stage; LOOKED: something
happened after which a definition is asked; DEED: they did something themselves; WORKED: a deal is open."""


STATE = MQL | SQL | KEEP_MQL | KEEP_SQL | WORKED  # what stays so


class Evenings(NamedTuple):
    """key: place * DAY + day, sorted; known: the flags above, which stay so until the next evening of the same person; sent:
    where sales sent them back to; taken: by evening, the day on which sales took them over. end: the day after the last.
    """

    key: Ints
    known: Ints
    sent: Ints
    taken: Ints
    end: int


class Step(NamedTuple):
    """Somebody moved: from, to a rung on a day. given: by a definition."""

    who: Ints
    day: Ints
    came_from: Ints
    to: Ints
    given: bool


def news(key: Ints, known: Ints, sent: Ints) -> Truths:
    """Which of the evenings say something that the one before did not: all others may be left out."""
    state, asked = known & STATE, (known & LOOKED > 0) & (known & (MQL | SQL) > 0)
    new: Truths = asked | (known & DEED > 0) | (sent > 0)
    new[:1] = True
    new[1:] |= (state[1:] != state[:-1]) | (key[1:] >> DAY_BITS != key[:-1] >> DAY_BITS)
    return new


def climb(seen: Evenings, stages: Stages) -> Stays:
    """What comes of these evenings."""
    if not len(seen.key):
        return Stays.joined([])
    walk = _Walk(seen, stages)
    for step, here in enumerate(walk.left):
        walk.evening(step, here)
    return _stays(walk)


class _Walk:
    """Everybody's place: rung; since when; the last own deed; since when in doubt; the day of being sent back; whether
    they were silent and have not done anything since; whether they are away for good."""

    def __init__(self, seen: Evenings, stages: Stages) -> None:
        place = seen.key >> DAY_BITS
        own = starts(place)
        lengths = np.diff(np.append(own, len(seen.key)))
        order = np.argsort(-lengths, kind="stable")
        self.seen, self.stages = seen, stages
        self.first, self.place = own[order], place[own[order]]
        self.left = (len(order) - np.cumsum(np.bincount(lengths)))[:-1].tolist()
        day = seen.key & (DAY - 1)
        self.next = np.append(np.where(place[1:] == place[:-1], day[1:], seen.end), seen.end).astype(np.int32)
        n = len(order)
        self.rung, self.since = np.zeros(n, dtype=np.int8), np.zeros(n, dtype=np.int32)
        self.last, self.doubt, self.sent = (np.full(n, LONG_AGO, dtype=np.int32) for _ in range(3))
        self.silent, self.away = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
        self.steps: list[Step] = []

    def evening(self, step: int, here: int) -> None:
        """Of those in front, who have so many evenings: up, sent back, down."""
        at = self.first[:here] + step
        known, day = self.seen.known[at], (self.seen.key[at] & (DAY - 1)).astype(np.int32)
        did = known & DEED > 0
        self.last[:here][did] = day[did]
        looked = (known & LOOKED > 0) | (self.silent[:here] & did)
        self.silent[:here] &= ~did
        worked = known & WORKED > 0
        self._up(known, day, looked & ~worked & ~self.silent[:here] & ~self.away[:here])
        self._sent(self.seen.sent[at], day)
        until = np.minimum(self.next[at], self.seen.taken[at])
        self._down(known, day, np.where(worked, day, until))

    def _up(self, known: Ints, day: Ints, asked: Truths) -> None:
        """Who deserves both on one evening comes to SQL by way of MQL."""
        goes = []
        for rung, flag, definition in ((1, MQL, self.stages.mql), (2, SQL, self.stages.sql)):
            whom = np.flatnonzero(asked & (known & flag > 0) & (self.rung[: len(day)] < rung))
            rest = definition.rest_days if definition else 0
            goes.append((whom[day[whom] - self.sent[whom] >= rest], rung))
        for whom, rung in goes:
            self._move(whom, day, rung, given=True)

    def _sent(self, to: Ints, day: Ints) -> None:
        for target in range(1, AWAY + 1) if to.any() else ():
            rung = 1 if target == TO_MQL else 0
            whom = np.flatnonzero((to == target) & (self.rung[: len(day)] > rung))
            self._move(whom, day, rung)
            self.sent[whom] = day[whom]
            self.away[whom] |= target == AWAY

    def _down(self, known: Ints, day: Ints, until: Ints) -> None:
        """On this evening, or on a later one before `until`."""
        for rung, flag, definition in ((2, KEEP_SQL, self.stages.sql), (1, KEEP_MQL, self.stages.mql)):
            if definition is not None and definition.may_be_lost:
                inside = np.flatnonzero(self.rung[: len(day)] == rung)
                faded = self._faded(inside, known[inside] & flag > 0, day[inside], until[inside], definition)
                quiet = self._quiet(inside, day[inside], definition)
                due = np.minimum(faded, quiet)
                lost = np.flatnonzero(due < until[inside])
                gone = inside[lost]
                day[gone] = due[lost]
                to = (known[gone] & KEEP_MQL > 0).astype(np.int8) if rung > 1 else np.zeros(len(gone), dtype=np.int8)
                self._move(gone, day, to)
                self.silent[gone] = quiet[lost] < faded[lost]

    def _faded(self, inside: Ints, fine: Truths, day: Ints, until: Ints, definition: Definition) -> Ints:
        """When what keeps it has failed for long enough; NEVER while it has not. Who is safe is not asked."""
        if definition.keep is None:
            return np.full(len(inside), NEVER)
        asked = day < until
        doubt = np.where(fine, LONG_AGO, np.where(self.doubt[inside] == LONG_AGO, day, self.doubt[inside]))
        self.doubt[inside[asked]] = doubt[asked]
        return np.where(fine | ~asked, NEVER, np.maximum(doubt + definition.drop_after, day))

    def _quiet(self, inside: Ints, day: Ints, definition: Definition) -> Ints:
        """When they have been silent for long enough."""
        if definition.silence_days is None:
            return np.full(len(inside), NEVER)
        due: Ints = np.maximum(np.maximum(self.last[inside], self.since[inside]) + definition.silence_days, day)
        return due

    def _move(self, whom: Ints, day: Ints, to: Ints | int, *, given: bool = False) -> None:
        if len(whom):
            rungs = np.full(len(whom), to, dtype=np.int8) if isinstance(to, int) else to
            self.steps.append(Step(whom, day[whom], self.rung[whom], rungs, given))
            self.rung[whom], self.since[whom] = rungs, day[whom]
            self.doubt[whom] = self.sent[whom] = LONG_AGO
            self.silent[whom] = False


def _stays(walk: _Walk) -> Stays:
    """Each step ends a stay and begins another."""
    steps = walk.steps
    if not steps:
        return Stays.joined([])
    who, day, came_from, to = (np.concatenate([getattr(s, name) for s in steps]) for name in Step._fields[:4])
    given = np.repeat([s.given for s in steps], [len(s.who) for s in steps])
    order = np.argsort(who, kind="stable")
    who, day, came_from, to, given = (column[order] for column in (who, day, came_from, to, given))
    goes_on = np.append(who[1:] == who[:-1], False)
    until = np.where(goes_on, np.append(day[1:], NEVER), NEVER)
    lost = goes_on & (np.append(to[1:], 0) < to)
    stay = to > 0
    return Stays(walk.place[who][stay], to[stay], day[stay], until[stay], given[stay], lost[stay])

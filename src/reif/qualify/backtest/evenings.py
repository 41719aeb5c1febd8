"""Which evenings have to be looked at because time alone takes a stage from somebody, or gives it anew.

Between two deeds sums only fall and spans of days only end, so that what keeps a stage fails once, if at all: it is asked on
the evening before the next deed, and where it has failed by then, the day is found by halving. People with points below
zero that fade may also rise, and some conditions turn true with time; of those who had a stage once, every evening is looked
at then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.ladder import KEEP_MQL, KEEP_SQL, LOOKED, MQL, SQL
from reif.qualify.backtest.moving import Moving, Slice
from reif.qualify.backtest.series import DAY, DAY_BITS, Ints, Moments, Truths, distinct, starts
from reif.qualify.concerns import only_falls
from reif.qualify.ways import Definition
from reif.rules.predicates import Did, leaves

AT_ONCE = 1_000_000
"""So many evenings at most are worked on together."""
NO_DAY = DAY
Seen = tuple[Ints, NDArray[np.uint8]]


class Watch:
    """A model made ready (`ways`). loses: whether a stage may be lost. steady: whether what is
    asked can only become false with time. span: so many days after the last deed nothing changes by itself any more.
    """

    def __init__(self, ways: Any) -> None:
        given: list[Definition] = list(ways.definitions.values())
        asked = [part for one in given for part in one.asked]
        out = [leaf for one in ways.model.exclude for leaf in leaves(one.when)]
        self.ways, self.days = ways, ways.history.days
        self.loses = any(one.may_be_lost for one in given)
        self.steady = all(map(only_falls, asked)) and not any(
            isinstance(x, Did) and x.within_days is not None for x in out
        )
        self.flags = _flags(ways.definitions)
        self.span = _span(ways, given)
        self.taken = np.minimum(ways.history.accepted, ways.history.won)

    def seen(self, own: Slice, moving: Moving) -> Iterator[Seen]:
        """Of everybody who may get or lose a stage, the evenings that matter, with what is known of them."""
        held = _first_held(own, moving)
        whose = held < NO_DAY
        if not self.loses:
            yield _coming(moving, whose & ~self._worked(own), whose)
            return
        every = whose & (self._may_rise(own) if self.steady else np.full(len(held), True))
        if (few := whose & ~every).any():
            yield self._few(Slice(self.ways, own.part.of(few)), moving, held, few)
        for some, evenings in self._groups(own, np.where(every, held, NO_DAY)):
            again = Slice(self.ways, own.part.of(some)).moving([evenings], keeps=True)
            yield again.moments.key, again.known

    def _worked(self, own: Slice) -> Truths:
        """Whom sales sent back, or opened a deal with."""
        people = np.zeros(_people(own), dtype=bool)
        for keys in self.ways.sales.days(own.part.low, own.part.low + len(people)):
            people[keys >> DAY_BITS] = True
        return people

    def _may_rise(self, own: Slice) -> Truths:
        """Who did something that took points off which come back with time."""
        people = np.zeros(_people(own), dtype=bool)
        for n in self.ways.rising:
            people[own.keys[n] >> DAY_BITS] = True
        return people

    def _few(self, own: Slice, moving: Moving, held: Ints, whose: Truths) -> Seen:
        """The evenings of deeds, those before them, the last one, and those on which what keeps a stage begins to fail."""
        key = moving.moments.key[whose[moving.moments.person]]
        grades = self.ways.model.grades
        if not (grades and grades.margin):
            key = key[(key & (DAY - 1)) >= held[key >> DAY_BITS]]
        key = distinct([key, own.own] if self.ways.silence else [key])
        later = np.ones(len(key), dtype=bool)
        later[starts(key >> DAY_BITS)] = False
        key = distinct([key, key[later] - np.int32(1), self._ends(own, np.flatnonzero(whose))])
        found = own.look(Moments(key), keeps=True)
        more = [self._flips(own, found, flag) for flag in self.flags]
        keys = np.concatenate([key, *(k for k, _known in more)])
        known = np.concatenate([found.known, *(k for _key, k in more)])
        order = np.argsort(keys, kind="stable")
        keys, known = keys[order], known[order]
        once = starts(keys)
        return keys[once], known[once]

    def _flips(self, own: Slice, found: Moving, flag: int) -> Seen:
        """The first evenings without the flag, where it is there on one evening and gone on the next that was looked at."""
        key = found.moments.key
        has = found.known & flag > 0
        at = np.flatnonzero(has[:-1] & ~has[1:] & (key[:-1] >> DAY_BITS == key[1:] >> DAY_BITS))
        low, high, before = key[at].copy(), key[at + 1].copy(), found.grade[at]
        known = found.known[at + 1].copy()
        whose = np.zeros(_people(own), dtype=bool)
        whose[low >> DAY_BITS] = True
        own = Slice(self.ways, own.part.of(whose)) if len(at) else own
        while len(wide := np.flatnonzero(high - low > 1)):
            middle = (low[wide] + high[wide]) // 2
            there = own.look(Moments(middle), keeps=True, before=before[wide]).known
            gone = there & flag == 0
            high[wide[gone]], known[wide[gone]] = middle[gone], there[gone]
            low[wide[~gone]] = middle[~gone]
        return high, known

    def _ends(self, own: Slice, whom: Ints) -> Ints:
        """The last evening of each of these on which something may have changed by itself."""
        last = _last(own)
        if self.ways.silence:
            np.maximum.at(last, own.own >> DAY_BITS, own.own & (DAY - 1))
        end = np.minimum(last[whom] + self.span, self.days - 1)
        end = np.minimum(end, self.taken[whom + own.part.low])
        ends: Ints = ((whom << DAY_BITS) + end).astype(np.int32)
        return ends

    def _groups(self, own: Slice, first: Ints) -> Iterator[tuple[Truths, Ints]]:
        """Whom to look at every evening from their first day on, a truth for each person, and these evenings."""
        whom = np.flatnonzero(first < NO_DAY)
        if not len(whom):
            return
        end = np.maximum(self._ends(own, whom) & (DAY - 1), first[whom])
        many = end - first[whom] + 1
        for some in np.split(np.arange(len(whom)), np.flatnonzero(np.diff(np.cumsum(many) // AT_ONCE)) + 1):
            mine = np.zeros(len(first), dtype=bool)
            mine[whom[some]] = True
            offset = np.arange(many[some].sum()) - np.repeat(np.cumsum(many[some]) - many[some], many[some])
            yield mine, (np.repeat((whom[some] << DAY_BITS) + first[whom[some]], many[some]) + offset).astype(np.int32)


def _people(own: Slice) -> int:
    return int(own.part.person[-1]) - own.part.low + 1


def _first_held(own: Slice, moving: Moving) -> Ints:
    """By person, the first day on which a definition held."""
    first = np.full(_people(own), NO_DAY, dtype=np.int64)
    held = np.flatnonzero(moving.known & (MQL | SQL))[::-1]
    first[moving.moments.person[held]] = moving.moments.day[held]
    return first


def _coming(moving: Moving, once: Truths, whose: Truths) -> Seen:
    """Of people who lose nothing (`once`) the evenings on which each stage comes; of all others of `whose` all evenings."""
    person, known = moving.moments.person, moving.known
    kept = (whose & ~once)[person]
    for flag in (MQL, SQL):
        at = np.flatnonzero((known & flag > 0) & (known & LOOKED > 0) & once[person])
        kept[at[starts(person[at])]] = True
    return moving.moments.key[kept], known[kept]


def _last(own: Slice) -> Ints:
    """By person, the day of the last deed."""
    last = np.zeros(_people(own), dtype=np.int64)
    begin = starts(own.part.person)
    last[own.part.person[begin] - own.part.low] = np.maximum.reduceat(own.part.known, begin)
    return last


def _flags(given: dict[str, Definition]) -> list[int]:
    """Which of them somebody asks for: to stay, or to fall no further than MQL."""
    sql, mql = given.get("sql"), given.get("mql")
    flags = [KEEP_SQL] if sql and sql.keep is not None else []
    return [*flags, KEEP_MQL] if (mql and mql.keep is not None) or (mql and sql and sql.may_be_lost) else flags


def _span(ways: Any, given: list[Definition]) -> int:
    """Days until all points have faded, all spans of conditions have ended, and all patience is over."""
    spans = [leaf.within_days or 0 for one in ways.asked for leaf in leaves(one) if isinstance(leaf, Did)]
    fading = ways.worths.table[ways.worths.fades].any(axis=0) if any(ways.worths.fades) else np.zeros(1, dtype=bool)
    life = int(np.flatnonzero(fading)[-1]) + 1 if fading.any() else 0
    patience = max((max(d.drop_after, d.silence_days or 0) for d in given), default=0)
    return max(spans, default=0) + life + patience + 1

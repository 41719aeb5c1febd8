"""Which evenings have to be looked at because time alone takes a stage from somebody, or gives it.

Whom nothing but points that fade can move is looked at where something happens between two deeds (see `between`). Every
evening is looked at of the few whose evenings depend on the one before, or where conditions come true with time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.between import GIVES, between
from reif.qualify.backtest.early import NO_DAY, early, first_held, people_of
from reif.qualify.backtest.ladder import DEED, KEEP_MQL, KEEP_SQL, LOOKED, MQL, SQL
from reif.qualify.backtest.looks import Looks
from reif.qualify.backtest.moving import Slice, place_of
from reif.qualify.backtest.over_time import Moving
from reif.qualify.backtest.series import DAY, DAY_BITS, Ints, Moments, Truths, distinct, starts
from reif.qualify.concerns import only_falls
from reif.qualify.ways import Definition
from reif.rules.predicates import Did, leaves

AT_ONCE = 1_000_000
"""So many evenings at most are worked on together."""
Seen = tuple[Ints, NDArray[np.uint8]]


class Watch:
    """A model made ready (`ways`). loses: whether a stage may be lost. steady: whether what is asked can only become false
    while points fade. span: so many days after the last deed nothing changes by itself any more.
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
        grades = ways.model.grades
        self.path = bool(grades and grades.margin)  # a grade depends on the one before
        self.flags = _flags(ways.definitions)
        self.span = _span(ways, given)
        self.taken = np.minimum(ways.history.accepted, ways.history.won)
        self.looks = Looks(ways)

    def seen(self, own: Slice, moving: Moving) -> Iterator[Seen]:
        """Of everybody who may get or lose a stage, the evenings that matter, with what is known of them."""
        held, sent, end = first_held(own, moving, GIVES), self._sent(own), self._ends(own)
        soon = early(own, moving, end, steady=self.steady) if self.ways.rising else np.full(len(held), NO_DAY)
        first = np.minimum(held, soon)
        whose = first < NO_DAY
        rises = self._owing(own, moving)
        every = whose & ((self.loses and not self.steady) | (rises & (sent | self.path | (not self.steady))))
        once = whose & ~every & ~self._worked(own) & (soon == NO_DAY) & (not self.loses)
        if once.any():
            yield _coming(moving, once)
        if (some := whose & ~every & ~once).any():
            watched = self._watched(own, moving, soon)
            yield self._some(own, moving, np.where(some, first, NO_DAY), end, watched, sent)
        for few, evenings in self._groups(np.where(every, first, NO_DAY), end):
            base = moving.key[few[moving.moments.person]]
            again = own.look(Moments(distinct([base, evenings])), keeps=True)
            again.known[place_of(again.key, own.looked)] |= LOOKED
            yield self._told(own, again, np.full(len(held), True), every=True)

    def _some(self, own: Slice, moving: Moving, first: Ints, end: Ints, watched: Ints, sent: Truths) -> Seen:
        """From each person's first day on, the days of deeds, and what happens between them."""
        days = moving.moments.day
        found = moving.take(np.flatnonzero(days >= first[moving.moments.person]))
        if self.flags:
            found.known[:] |= own.kept(found)
        more = [own.own] if self.ways.silence else []
        more += [known[sent[known >> DAY_BITS]] for known in [self.looks.told(own)] if len(known)]
        if more:
            extra = distinct(more)
            extra = extra[(extra & (DAY - 1)) >= first[extra >> DAY_BITS]]
            at = np.searchsorted(found.key, extra, "right") - 1
            fresh = np.flatnonzero(found.key[at] != extra)
            looked = own.look(Moments(extra[fresh]), keeps=True, before=found.grade[at[fresh]])
            found = Moving.joined([found, looked])
            found = found.take(np.argsort(found.key, kind="stable"))
        return self._told(own, between(own, found, end, watched), sent)

    def _told(self, own: Slice, found: Moving, exactly: Truths, *, every: bool = False) -> Seen:
        """With what people did themselves, and, where it matters, only with what the engine would be told."""
        if self.ways.silence:
            found.known[place_of(found.key, own.own)] |= DEED
        if exactly.any():
            self.looks.mend(own, found, exactly, every=every, steady=self.steady)
        return found.key, found.known

    def _watched(self, own: Slice, moving: Moving, soon: Ints) -> NDArray[np.uint8]:
        """By person, which flags make a difference when they fall."""
        watched = np.full(people_of(own), sum(self.flags), dtype=np.uint8)
        if KEEP_SQL in self.flags:
            watched[(first_held(own, moving, SQL) == NO_DAY) & (soon == NO_DAY)] = sum(self.flags) - KEEP_SQL
        return watched

    def _sent(self, own: Slice) -> Truths:
        """Whom sales sent back."""
        return self._those(own, self.ways.sales.days(own.part.low, own.part.low + people_of(own))[:1])

    def _worked(self, own: Slice) -> Truths:
        """Whom sales sent back, or opened a deal with."""
        return self._those(own, self.ways.sales.days(own.part.low, own.part.low + people_of(own)))

    @staticmethod
    def _those(own: Slice, days: list[Ints]) -> Truths:
        people = np.zeros(people_of(own), dtype=bool)
        for keys in days:
            people[keys >> DAY_BITS] = True
        return people

    def _owing(self, own: Slice, moving: Moving) -> Truths:
        """Who has ever had points below zero that come back."""
        return self._those(own, [moving.key[moving.owes]])

    def _ends(self, own: Slice) -> Ints:
        """By person, the last evening on which something may have changed by itself."""
        last = np.zeros(people_of(own), dtype=np.int64)
        begin = starts(own.part.person)
        last[own.part.person[begin] - own.part.low] = np.maximum.reduceat(own.part.known, begin)
        end = np.minimum(last + self.span, self.days - 1)
        ends: Ints = np.minimum(end, self.taken[own.part.low : own.part.low + len(last)])
        return ends

    def _groups(self, first: Ints, end: Ints) -> Iterator[tuple[Truths, Ints]]:
        """Whom to look at every evening from their first day on, a truth for each person, and these evenings."""
        whom = np.flatnonzero(first < NO_DAY)
        if not len(whom):
            return
        many = np.maximum(end[whom], first[whom]) - first[whom] + 1
        for some in np.split(np.arange(len(whom)), np.flatnonzero(np.diff(np.cumsum(many) // AT_ONCE)) + 1):
            mine = np.zeros(len(first), dtype=bool)
            mine[whom[some]] = True
            offset = np.arange(many[some].sum()) - np.repeat(np.cumsum(many[some]) - many[some], many[some])
            yield mine, (np.repeat((whom[some] << DAY_BITS) + first[whom[some]], many[some]) + offset).astype(np.int32)


def _coming(moving: Moving, once: Truths) -> Seen:
    """Of people who lose nothing, the evenings on which each stage comes."""
    person, known = moving.moments.person, moving.known
    kept = np.zeros(len(known), dtype=bool)
    for flag in (MQL, SQL):
        at = np.flatnonzero((known & flag > 0) & (known & LOOKED > 0) & once[person])
        kept[at[starts(person[at])]] = True
    return moving.key[kept], known[kept]


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

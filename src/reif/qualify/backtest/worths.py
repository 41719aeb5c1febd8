"""Somebody's sums over time: at the end of each day on which something was done, to the cent.

At the end of a day (UTC) the age of a row is the difference of two days, so rows of one person, day and rule are one
number, and a score is a sum over the days before. Rows that never fade are added up along the way; those that fade are
taken lag by lag: the last day before every moment, then the one before it, until nothing is left that counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from reif.qualify.backtest.deeds import Deeds
from reif.qualify.backtest.earned import Earned
from reif.qualify.backtest.series import AXES, DAY, DAY_BITS, RULE, RULE_BITS, Ints, Moments, smaller
from reif.qualify.replay.sums import Slots
from reif.qualify.replay.worth import worth
from reif.qualify.ways import Model


class Worths:
    """What rows of a model are worth by age, and where they add up: in a slot of `Slots`, or, for points below zero that
    fade, in one of two more, for fit and for engagement. span: days of all history.
    """

    def __init__(self, model: Model, span: int) -> None:
        slots = Slots(model)
        names = [*slots.names(), *(f"{axis} coming back" for axis in AXES)]
        slot = [
            f"{r.axis} coming back" if r.fades and r.points < 0 else slots.of(r.group, r.axis, r.points)
            for r in model.rules
        ]
        self.model = model
        self.table = np.array([worth(rule, span) for rule in model.rules], dtype=np.int32)
        self.table = self.table.reshape(len(model.rules), span + 1)
        self.fades = [rule.fades for rule in model.rules]
        self.slots = [[n for n in range(len(slot)) if slot[n] == name] for name in names]

    def sums_of(self, part: Deeds, earned: Sequence[Earned]) -> list[list[Sums]]:
        """By slot, made ready to be added up at any moment. earned: by rule. The same for models that agree in a slot."""
        found = []
        for slot in self.slots:
            kinds = ([n for n in slot if self.fades[n] is fades and len(earned[n].keys)] for fades in (False, True))
            found.append([self._sums(part, earned, mine) for mine in kinds if mine])
        return found

    def _sums(self, part: Deeds, earned: Sequence[Earned], mine: Sequence[int]) -> Sums:
        given = [earned[n] for n in mine]
        heard = tuple(one.hearing for one in given)
        rows = part.once(("rows", heard), partial(Rows.of, given, self.table.shape[1]))
        worths = tuple((rule.points, rule.decay, rule.expires) for rule in (self.model.rules[n] for n in mine))
        return part.once(("sums", heard, worths), partial(Sums, rows, self.table[mine], self.fades[mine[0]]))


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of some rules, whatever they are worth. when: person * DAY + the day each was known, sorted; base: where its
    worth at day 0 would stand in a table of worths by rule and age, so that its worth on a day stands so many places further.
    """

    when: Ints
    base: Ints

    @classmethod
    def of(cls, earned: Sequence[Earned], width: int) -> Rows:
        """width: of the table."""
        packed = np.concatenate(
            [(one.keys.astype(np.int64) * DAY + one.days) * RULE + n for n, one in enumerate(earned)]
        )
        packed.sort()
        left = packed >> RULE_BITS
        base = (packed & (RULE - 1)) * width - (left & (DAY - 1))
        return cls((left >> DAY_BITS).astype(np.int32), base.astype(np.int32))

    @cached_property
    def end(self) -> Ints:
        """After each row the last day that its person can have."""
        return self.when | (DAY - 1)

    def steps(self, moments: Moments, life: int, today: bool) -> Steps:
        """The way back from moments, over rows that are worth something for so many days."""
        asked = self, life, today
        if asked not in moments.kept:
            last = smaller(self.when, moments.key, equal=today)
            behind = last - self._gone(moments, life)
            few = behind.max(initial=0) < 1 << 15  # small numbers are sorted many times faster
            order = np.argsort((-behind).astype(np.int16 if few else np.int64), kind="stable")
            left = (len(order) - np.cumsum(np.bincount(behind)))[:-1].tolist()
            row, day = (last - 1).take(order).astype(np.int32), moments.day.take(order).astype(np.int32)
            moments.kept[asked] = Steps(order, row, day, left)
        steps: Steps = moments.kept[asked]
        return steps

    def _gone(self, moments: Moments, life: int) -> Ints:
        """How many are of others before, or too old; like `smaller`, it looks up the shorter list."""
        if len(moments.key) < len(self.when):
            return np.searchsorted(self.when, moments.key - np.minimum(moments.day, life))
        return smaller(np.minimum(self.when + np.int32(life), self.end), moments.key)


class Steps(NamedTuple):
    """Moments with the most rows behind them come first, so that those which are not done yet are always the first ones.

    order: of the moments; row: the last row before each; day: of each; left: how many have more than so many rows behind.
    """

    order: Ints
    row: Ints
    day: Ints
    left: list[int]


class Sums:
    """Rows and what they are worth. table: by rule and age; fades: whether any age matters."""

    def __init__(self, rows: Rows, table: Ints, fades: bool) -> None:
        self.rows, self.worths, self.fades = rows, table.reshape(-1), fades
        self.life = int(np.flatnonzero(table.any(axis=0))[-1]) if table.any() else 0

    def at(self, moments: Moments, today: bool) -> Ints:
        """Cents at each moment of what was earned by then. today: what became known on the day counts."""
        asked = self, today
        if asked not in moments.kept:
            moments.kept[asked] = (self._faded if self.fades else self._kept)(moments, today)
        found: Ints = moments.kept[asked]
        return found

    def fresh(self, moments: Moments) -> Ints:
        """Cents of what became known on the day of each moment, as they are worth then."""
        first, end = (smaller(self.rows.when, moments.key, equal=equal) for equal in (False, True))
        return np.asarray(self._along.take(end) - self._along.take(first))

    def _kept(self, moments: Moments, today: bool) -> Ints:
        end, first = smaller(self.rows.when, moments.key, equal=today), smaller(self.rows.end, moments.key)
        return np.asarray(self._along.take(end) - self._along.take(first))

    def _faded(self, moments: Moments, today: bool) -> Ints:
        """What each row is worth at each of the moments after it, added up one step back at a time."""
        order, row, day, left = self.rows.steps(moments, self.life, today)
        sums = np.zeros(len(order), dtype=np.int32)
        for back, here in enumerate(left):
            sums[:here] += self.worths.take(self.rows.base.take(row[:here] - np.int32(back)) + day[:here])
        found = np.empty_like(sums)
        found[order] = sums
        return found

    @cached_property
    def _along(self) -> Ints:
        """The cents of all rows before each, as they were worth when they were known, and at the end of all."""
        cents = self.worths.take(self.rows.base + (self.rows.when & (DAY - 1)))
        return np.concatenate([[0], np.cumsum(cents, dtype=np.int64)])

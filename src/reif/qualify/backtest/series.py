"""Somebody's sums over time: at the end of each day on which something was done, to the cent.

At the end of a day (UTC) the age of a row is the difference of two days, so rows of one person, day and rule are one
number, and a score is a sum over the days before. Rows that never fade are added up along the way; those that fade are
taken lag by lag: the last day before every moment, then the one before it, until nothing is left that counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reif.qualify.replay.sums import Slots
from reif.qualify.replay.worth import worth
from reif.qualify.ways import Model

Ints = NDArray[np.integer[Any]]
Truths = NDArray[np.bool_]
DAY_BITS, RULE_BITS = 13, 10
DAY, RULE = 1 << DAY_BITS, 1 << RULE_BITS
"""So many days (22 years) and rules fit into a number, beside 131,000 people of a slice: person, day on which a deed was
known, day on which it was done, rule."""


@dataclass(frozen=True)
class Moments:
    """The days to look at: `key` is person * DAY + day, sorted, each once; a person is a place in a slice of people."""

    key: Ints

    @cached_property
    def person(self) -> Ints:
        return self.key >> DAY_BITS

    @cached_property
    def day(self) -> Ints:
        return self.key & (DAY - 1)

    @cached_property
    def own(self) -> Ints:
        """Where each person begins."""
        return starts(self.person)

    def of_each(self, values: Ints) -> Ints:
        """A value a person, for each of their moments."""
        return np.repeat(values, np.diff(np.append(self.own, len(self.key))))


class Worths:
    """What rows of a model are worth by age, and where they add up. span: days of all history."""

    def __init__(self, model: Model, span: int) -> None:
        slots = Slots(model)
        names = slots.names()
        self.slots = len(names)
        self.slot = [names.index(slots.of(r.group, r.axis, r.points)) for r in model.rules]
        self.fades = [rule.fades for rule in model.rules]
        self.table = np.array([worth(rule, span) for rule in model.rules], dtype=np.int32)
        self.table = self.table.reshape(len(model.rules), span + 1)
        self.life = int(np.flatnonzero(self.table.any(axis=0))[-1]) if self.table.any() else 0

    def sums(self, keys: Sequence[Ints], days: Sequence[Ints], moments: Moments) -> list[Ints]:
        """Cents by slot (see `Slots`), a number for each moment, of what was earned by then.

        keys, days: by rule, person * DAY + the day on which each row was known, and the day on which it was done.
        """
        found: list[Ints] = []
        for slot in range(self.slots):
            total = np.zeros(len(moments.key), dtype=np.int64)
            mine = [n for n, own in enumerate(self.slot) if own == slot and len(keys[n])]
            if lasting := [n for n in mine if not self.fades[n]]:
                total += self._lasting([keys[n] for n in lasting], lasting, moments)
            if fading := [n for n in mine if self.fades[n]]:
                packed = [(keys[n].astype(np.int64) * DAY + days[n]) * RULE + n for n in fading]
                total += self._fading(Given.of(np.concatenate(packed)), moments)
            found.append(total)
        return found

    def _lasting(self, keys: list[Ints], rules: list[int], moments: Moments) -> Ints:
        """A running sum over all rows; what stood there before somebody's first moment is taken off."""
        given = np.zeros(len(moments.key), dtype=np.int64)
        for key, rule in zip(keys, rules, strict=True):
            at = np.searchsorted(moments.key, key)
            given += np.bincount(at, minlength=len(given)) * int(self.table[rule, 0])
        along = np.cumsum(given)
        before = (along - given).take(moments.own)
        sums: Ints = along - moments.of_each(before)
        return sums

    def _fading(self, given: Given, moments: Moments) -> Ints:
        """What each row is worth at each of the moments after it, added up one step back at a time.

        Moments with the most rows behind them come first, so that those which are not done yet are always the first ones.
        """
        at = np.searchsorted(moments.key, given.when)
        newest = np.cumsum(np.bincount(at, minlength=len(moments.key))) - 1
        oldest = moments.key - np.minimum(moments.day, self.life)
        behind = newest + 1 - np.searchsorted(given.when, oldest, "left")
        few = behind.max(initial=0) < 1 << 15  # small numbers are sorted many times faster
        order = np.argsort((-behind).astype(np.int16 if few else np.int64), kind="stable")
        row, now = newest.take(order).astype(np.int32), moments.day.take(order).astype(np.int32)
        base, worths = (given.rule * self.table.shape[1] - given.day).astype(np.int32), self.table.reshape(-1)
        sums = np.zeros(len(order), dtype=np.int64)
        left = len(order) - np.cumsum(np.bincount(behind))  # how many have more than so many rows behind them
        for here in left[:-1].tolist():
            sums[:here] += worths.take(base.take(row[:here]) + now[:here]) * given.many.take(row[:here])
            row[:here] -= 1
        found = np.empty_like(sums)
        found[order] = sums
        return found


@dataclass(frozen=True)
class Given:
    """Rows of one model: `many` of a rule, that happened on `day`. when: person * DAY + the day it was known, sorted."""

    when: Ints
    day: Ints
    rule: Ints
    many: Ints

    @classmethod
    def of(cls, packed: Ints) -> Given:
        """From ((person * DAY + known) * DAY + day) * RULE + rule, in any order."""
        packed.sort()
        fresh = starts(packed)
        many = np.diff(np.append(fresh, len(packed)))
        packed = packed[fresh]
        left = packed >> RULE_BITS
        return cls((left >> DAY_BITS).astype(np.int32), left & (DAY - 1), packed & (RULE - 1), many)


def starts(ordered: Ints) -> Ints:
    """Where each value begins in a sorted column."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([[0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1])


def distinct(parts: Sequence[Ints]) -> Ints:
    """The values, sorted, once each; numpy's `unique` hashes, which is many times slower here."""
    found = np.concatenate([np.zeros(0, dtype=np.int32), *parts])
    found.sort()
    return found[starts(found)]

"""Everybody's scores over time: at the end of each day on which somebody did something, to the cent.

At the end of a day (UTC) the age of a row is the difference of two days, so rows of one person, day and rule are one
number, and a score is a sum over the days before. Rows that never fade are added up along the way; those that fade are
taken lag by lag: the last day before every moment, then the one before it, until nothing is left that counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reif.qualify.replay.sums import Slots
from reif.qualify.replay.worth import worth
from reif.qualify.ways import Model

Ints = NDArray[np.int64]
DAY_BITS, RULE_BITS = 13, 10
DAY, RULE = 1 << DAY_BITS, 1 << RULE_BITS
"""So many days (22 years) and rules, and 134 million people fit into one number: person, day on which a deed was known, day on which it was done, rule."""
AT_ONCE = 100_000  # moments, so that what is worked on stays near the processor


@dataclass(frozen=True)
class Moments:
    """The days to look at: `key` is person * DAY + day, sorted; a person is a place in the list of people."""

    key: Ints

    @cached_property
    def person(self) -> Ints:
        return self.key >> DAY_BITS

    @cached_property
    def day(self) -> Ints:
        return self.key & (DAY - 1)


@dataclass(frozen=True)
class Given:
    """Rows of one model: `many` of a rule, that happened on `day`. when: person * DAY + the day it was known, sorted."""

    when: Ints
    day: Ints
    rule: Ints
    many: Ints

    @classmethod
    def of(cls, packed: Ints) -> Given:
        """From numbers of `pack`, in any order."""
        packed.sort()
        fresh = starts(packed)
        many = np.diff(np.append(fresh, len(packed)))
        packed = packed[fresh]
        left = packed >> RULE_BITS
        return cls(left >> DAY_BITS, left & (DAY - 1), packed & (RULE - 1), many)

    def only(self, rules: NDArray[np.bool_]) -> Given:
        """The rows of some rules."""
        chosen = np.flatnonzero(rules[self.rule])
        return Given(*(column.take(chosen) for column in (self.when, self.day, self.rule, self.many)))


def starts(ordered: Ints) -> Ints:
    """Where each value begins in a sorted column."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([[0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1])


def distinct(ordered: Ints) -> Ints:
    """The values of a sorted column, once each; numpy's `unique` hashes, which is many times slower here."""
    return ordered[starts(ordered)]


def pack(person: str, known: str, day: str, rule: str) -> str:
    """SQL of one number for a row."""
    return f"((({person})::BIGINT * {DAY} + {known}) * {DAY} + {day}) * {RULE} + {rule}"


def slot_sums(model: Model, given: Given, moments: Moments, span: int) -> Ints:
    """Cents by moment and slot (see `Slots`), of what was earned by then. span: days of all history."""
    slots = Slots(model)
    names = slots.names()
    slot = np.array([names.index(slots.of(r.group, r.axis, r.points)) for r in model.rules], dtype=np.int64)
    table = np.array([worth(rule, span) for rule in model.rules], dtype=np.int64).reshape(len(model.rules), span + 1)
    fading = np.array([rule.fades for rule in model.rules], dtype=bool)
    total = np.zeros((len(moments.day), len(names)), dtype=np.int64)
    if not len(given.day) or not len(moments.key):
        return total
    for n in range(len(names)):
        if (lasting := ~fading & (slot == n)).any():
            total[:, n] += _lasting(given.only(lasting), table, moments)
        if (fades := fading & (slot == n)).any():
            gone = given.only(fades)
            for start in range(0, len(moments.key) if len(gone.day) else 0, AT_ONCE):
                part = slice(start, start + AT_ONCE)
                total[part, n] += _fading(gone, table, moments.key[part])
    return total


def _lasting(given: Given, table: Ints, moments: Moments) -> Ints:
    """A running sum over all rows; what stood there before somebody's first row is taken off."""
    along = np.concatenate([[0], np.cumsum(table[:, 0].take(given.rule) * given.many)])
    until = np.searchsorted(given.when, moments.key, "right")
    own = starts(moments.person)
    since = np.searchsorted(given.when, moments.person[own] << DAY_BITS, "left")
    sums: Ints = along[until] - np.repeat(along[since], np.diff(np.append(own, len(moments.key))))
    return sums


def _fading(given: Given, table: Ints, key: Ints) -> Ints:
    """What each row is worth at each of these moments after it, added up one step back at a time.

    Moments with the most rows behind them come first, so that those which are not done yet are always the first ones.
    """
    life = int(np.flatnonzero(table.any(axis=0))[-1])
    day = key & (DAY - 1)
    mine = slice(*np.searchsorted(given.when, [key[0] - day[0], key[-1] + 1]))
    when = given.when[mine]
    newest = np.searchsorted(when, key, "right") - 1
    behind = newest + 1 - np.searchsorted(when, key - np.minimum(day, life), "left")
    order = np.argsort(-behind, kind="stable")
    row, now = newest[order].astype(np.int32), day[order].astype(np.int32)
    base = (given.rule[mine] * table.shape[1] - given.day[mine]).astype(np.int32)
    many, worths = given.many[mine].astype(np.int32), table.reshape(-1).astype(np.int32)
    sums = np.zeros(len(order), dtype=np.int64)
    left = len(order) - np.cumsum(np.bincount(behind))  # how many have more than so many rows behind them
    for here in left[:-1].tolist():
        sums[:here] += worths.take(base.take(row[:here]) + now[:here]) * many.take(row[:here])
        row[:here] -= 1
    found = np.empty_like(sums)
    found[order] = sums
    return found

"""Everybody's scores over time: at the end of each day on which somebody did something, to the cent.

At the end of a day (UTC) the age of a row is the difference of two days, so rows of one person, day and rule are one
number, and a score is a sum over the days before. Rows that never fade are added up along the way; those that fade are
taken lag by lag: the last day before every moment, then the one before it, until nothing is left that counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reif.qualify.replay.sums import Slots
from reif.qualify.replay.worth import worth
from reif.qualify.ways import Model

Ints = NDArray[np.int64]
DAY_BITS, RULE_BITS = 13, 10
DAY, RULE = 1 << DAY_BITS, 1 << RULE_BITS
"""So many days (22 years) and rules, and 134 million people fit into one number: person, day on which a deed was known, day on which it was done, rule."""
AT_ONCE = 400_000  # moments


@dataclass(frozen=True)
class Moments:
    """The days to look at, sorted: `person` is a place in the list of people."""

    person: Ints
    day: Ints

    @classmethod
    def of(cls, keys: Ints) -> Moments:
        """From unique, sorted person * DAY + day."""
        return cls(keys >> DAY_BITS, keys & (DAY - 1))


@dataclass(frozen=True)
class Given:
    """Rows of one model, sorted: `many` of a rule, that happened on `day` and were known on `known`."""

    person: Ints
    known: Ints
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
        day, known = (packed >> RULE_BITS) & (DAY - 1), (packed >> RULE_BITS + DAY_BITS) & (DAY - 1)
        return cls(packed >> RULE_BITS + 2 * DAY_BITS, known, day, packed & (RULE - 1), many)

    def only(self, chosen: NDArray[np.bool_]) -> Given:
        """Some of the rows."""
        return Given(*(column[chosen] for column in (self.person, self.known, self.day, self.rule, self.many)))


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
    if not len(given.day) or not len(moments.day):
        return total
    lasting, faded = given.only(~fading[given.rule]), given.only(fading[given.rule])
    for n in range(len(names)):
        mine, gone = lasting.only(slot[lasting.rule] == n), faded.only(slot[faded.rule] == n)
        if len(mine.day):
            total[:, n] += _lasting(mine, table, moments)
        for start in range(0, len(moments.day) if len(gone.day) else 0, AT_ONCE):
            part = slice(start, min(start + AT_ONCE, len(moments.day)))
            total[part, n] += _fading(gone, table, moments, part)
    return total


def _lasting(given: Given, table: Ints, moments: Moments) -> Ints:
    """A running sum over all rows; what stood there before somebody's first row is taken off."""
    along = np.concatenate([[0], np.cumsum(table[given.rule, 0] * given.many)])
    when = given.person * DAY + given.known
    until = np.searchsorted(when, moments.person * DAY + moments.day, "right")
    own = starts(moments.person)
    since = np.searchsorted(when, moments.person[own] * DAY, "left")
    sums: Ints = along[until] - np.repeat(along[since], np.diff(np.append(own, len(moments.person))))
    return sums


def _fading(given: Given, table: Ints, moments: Moments, chosen: slice) -> Ints:
    """What each row is worth at each of the chosen moments after it, added up one step back at a time.

    Moments with the most rows behind them come first, so that those which are not done yet are always the first ones.
    """
    life = int(np.flatnonzero(table.any(axis=0))[-1])
    person, day = moments.person[chosen], moments.day[chosen]
    mine = slice(*np.searchsorted(given.person, [person[0], person[-1] + 1]))
    when = given.person[mine] * DAY + given.known[mine]
    newest = np.searchsorted(when, person * DAY + day, "right") - 1
    behind = newest + 1 - np.searchsorted(when, person * DAY + np.maximum(day - life, 0), "left")
    order = np.argsort(-behind, kind="stable")
    deepest = behind[order]
    row, now = newest[order].astype(np.int32), day[order].astype(np.int32)
    base = (given.rule[mine] * table.shape[1] - given.day[mine]).astype(np.int32)
    many, worths = given.many[mine], table.reshape(-1)
    sums = np.zeros(len(order), dtype=np.int64)
    for _step in range(int(deepest[0])):
        left = int(np.searchsorted(-deepest, -_step, "left"))
        here = row[:left]
        sums[:left] += worths.take(base.take(here) + now[:left]) * many.take(here)
        here -= 1
    found = np.empty_like(sums)
    found[order] = sums
    return found

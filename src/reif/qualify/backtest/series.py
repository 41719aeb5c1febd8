"""Somebody's sums over time: at the end of each day on which something was done, to the cent.

At the end of a day (UTC) the age of a row is the difference of two days, so rows of one person, day and rule are one
number, and a score is a sum over the days before. Rows that never fade are added up along the way; those that fade are
taken lag by lag: the last day before every moment, then the one before it, until nothing is left that counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.replay.sums import Slots
from reif.qualify.replay.worth import worth
from reif.qualify.ways import Model

Ints = NDArray[np.integer[Any]]
Truths = NDArray[np.bool_]
AXES = ("fit", "engagement")
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


class Worths:
    """What rows of a model are worth by age, and where they add up: in a slot of `Slots`, or, for points below zero that
    fade, in one of two more, for fit and for engagement. span: days of all history.
    """

    def __init__(self, model: Model, span: int) -> None:
        slots = Slots(model)
        names = [*slots.names(), *(f"{axis} coming back" for axis in AXES)]
        self.slots = len(names)
        self.slot = [
            names.index(f"{r.axis} coming back" if r.fades and r.points < 0 else slots.of(r.group, r.axis, r.points))
            for r in model.rules
        ]
        self.fades = [rule.fades for rule in model.rules]
        self.table = np.array([worth(rule, span) for rule in model.rules], dtype=np.int32)
        self.table = self.table.reshape(len(model.rules), span + 1)
        self.life = int(np.flatnonzero(self.table.any(axis=0))[-1]) if self.table.any() else 0

    def earned(self, keys: Sequence[Ints], days: Sequence[Ints]) -> list[Earned]:
        """By slot, made ready to be added up at any moment. keys, days: by rule, person * DAY + the day on which each row
        was known, and the day on which it was done.
        """
        found = []
        for slot in range(self.slots):
            mine = [n for n, own in enumerate(self.slot) if own == slot and len(keys[n])]
            lasting = [(keys[n], int(self.table[n, 0])) for n in mine if not self.fades[n]]
            packed = [(keys[n].astype(np.int64) * DAY + days[n]) * RULE + n for n in mine if self.fades[n]]
            found.append(Earned(Lasting.of(lasting), self._given(np.concatenate(packed)) if packed else None))
        return found

    def sums(self, earned: Sequence[Earned], moments: Moments, *, today: bool = True) -> list[Ints]:
        """Cents by slot, a number for each moment, of what was earned by then. today: what became known on the day counts."""
        found = []
        for one in earned:
            total = one.lasting.sums(moments, today)
            if one.fading is not None and len(total):
                total += self._fading(one.fading, moments, today)
            found.append(total)
        return found

    def fresh(self, earned: Sequence[Earned], moments: Moments) -> list[Ints]:
        """Cents by slot of what became known on the day of each moment, as they are worth then."""
        found = []
        for one in earned:
            known = [(rows.when, rows.along) for rows in (one.lasting, one.fading) if rows is not None]
            found.append(sum((_fresh(*rows, moments) for rows in known), np.zeros(len(moments.key), dtype=np.int64)))
        return found

    def _given(self, packed: Ints) -> Given:
        """From ((person * DAY + known) * DAY + day) * RULE + rule, in any order."""
        packed.sort()
        left = packed >> RULE_BITS
        base = (packed & (RULE - 1)) * self.table.shape[1] - (left & (DAY - 1))
        when = left >> DAY_BITS
        worths = self.table.reshape(-1).take(base + (when & (DAY - 1)))
        return Given(when.astype(np.int32), base.astype(np.int32), _along(worths))

    def _fading(self, given: Given, moments: Moments, today: bool) -> Ints:
        """What each row is worth at each of the moments after it, added up one step back at a time.

        Moments with the most rows behind them come first, so that those which are not done yet are always the first ones.
        """
        end = np.searchsorted(given.when, moments.key, "right" if today else "left")
        behind = end - np.searchsorted(given.when, moments.key - np.minimum(moments.day, self.life), "left")
        few = behind.max(initial=0) < 1 << 15  # small numbers are sorted many times faster
        order = np.argsort((-behind).astype(np.int16 if few else np.int64), kind="stable")
        row, now = (end - 1).take(order).astype(np.int32), moments.day.take(order).astype(np.int32)
        base, worths = given.base, self.table.reshape(-1)
        sums = np.zeros(len(order), dtype=np.int32)
        left = len(order) - np.cumsum(np.bincount(behind))  # how many have more than so many rows behind them
        for here in left[:-1].tolist():
            sums[:here] += worths.take(base.take(row[:here]) + now[:here])
            row[:here] -= 1
        found = np.empty_like(sums)
        found[order] = sums
        return found


@dataclass(frozen=True)
class Given:
    """Rows that fade. when: person * DAY + the day each was known, sorted; base: where its worth at day 0 would stand in
    the table of worths, so that its worth on a day stands so many places further. along: see `Lasting`, of what each row
    was worth when it was known.
    """

    when: Ints
    base: Ints
    along: Ints


@dataclass(frozen=True)
class Lasting:
    """Rows that never fade. when: as above; along: the cents of all rows before each, and at the end of all."""

    when: Ints
    along: Ints

    @classmethod
    def of(cls, rows: Sequence[tuple[Ints, int]]) -> Lasting:
        """From days and cents, rule by rule."""
        when = np.concatenate([np.zeros(0, dtype=np.int32), *(key for key, _cents in rows)])
        cents = np.repeat([cents for _key, cents in rows], [len(key) for key, _cents in rows])
        order = np.argsort(when, kind="stable")
        return cls(when[order], _along(cents[order]))

    def sums(self, moments: Moments, today: bool) -> Ints:
        """What each person had by each moment."""
        if not len(self.when):
            return np.zeros(len(moments.key), dtype=np.int64)
        end = np.searchsorted(self.when, moments.key, "right" if today else "left")
        found: Ints = self.along[end] - self.along[np.searchsorted(self.when, moments.key - moments.day)]
        return found


class Earned(NamedTuple):
    """The rows of a slot: those that last, and those that fade."""

    lasting: Lasting
    fading: Given | None


def _along(cents: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(cents, dtype=np.int64)])


def _fresh(when: Ints, along: Ints, moments: Moments) -> Ints:
    if not len(when):
        return np.zeros(len(moments.key), dtype=np.int64)
    first, end = (np.searchsorted(when, moments.key, side) for side in ("left", "right"))
    return np.asarray(along[end] - along[first])


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

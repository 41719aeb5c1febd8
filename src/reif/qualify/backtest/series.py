"""Columns of people and days: sorted, and what is quick to ask of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Truths = NDArray[np.bool_]
AXES = ("fit", "engagement")
DAY_BITS, RULE_BITS = 13, 10
DAY, RULE = 1 << DAY_BITS, 1 << RULE_BITS
"""So many days (22 years) and rules fit into a number, beside 131,000 people of a slice: person, day on which a deed was
known, day on which it was done, rule."""


@dataclass(frozen=True)
class Moments:
    """The days to look at: `key` is person * DAY + day, sorted, each once; a person is a place in a slice of people.

    kept: what was reckoned for these moments, for another model that looks at the same ones.
    """

    key: Ints
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False)

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


def smaller(rows: Ints, keys: Ints, *, equal: bool = False) -> Ints:
    """By key, how many of the rows are smaller, or as large too; both are sorted, and the shorter list is looked up."""
    if len(rows) > len(keys):
        return np.searchsorted(rows, keys, "right" if equal else "left")
    first = np.searchsorted(keys, rows, "left" if equal else "right")
    counted: Ints = np.cumsum(np.bincount(first, minlength=len(keys) + 1)[:-1])
    return counted


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

"""What a row is worth at an age, in cents. The table of it is made once in Python, so no two engines round differently."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reif.qualify.ways import Rule

HALVINGS = 7  # after so many half-lives nothing is left
MILLION = 1_000_000
Cents = NDArray[np.int64]


@lru_cache(maxsize=64)
def factors(half_life: int) -> Cents:
    """Millionths of the points that are left, by age in days; 0 from seven half-lives on."""
    ages = range(HALVINGS * half_life)
    return np.array([round(MILLION * 2 ** (-age / half_life)) for age in ages] + [0], dtype=np.int64)


def worth(rule: Rule, until: int) -> Cents:
    """Cents of one row of a rule at each age from 0 to `until` days."""
    ages = np.arange(until + 1, dtype=np.int64)
    cents = np.int64(rule.points * 100)
    left = np.full(until + 1, cents)
    if rule.decay and rule.decay.half_life:
        table = factors(rule.decay.half_life)
        left = _toward_zero(cents * table[np.minimum(ages, len(table) - 1)], MILLION)
    elif rule.decay and rule.decay.linear:
        left = _toward_zero(cents * np.maximum(0, rule.decay.linear - ages), rule.decay.linear)
    if rule.expires:
        left[ages >= rule.expires] = 0
    return left


def _toward_zero(above: Cents, below: int) -> Cents:
    toward: Cents = np.sign(above) * (np.abs(above) // below)
    return toward

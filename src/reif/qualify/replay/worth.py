"""What a row is worth at each age, as an array. The numbers are those of `qualify.scoring.worth`, so no two engines round differently."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reif.qualify.scoring import worth as staircase
from reif.qualify.ways import Rule

Cents = NDArray[np.int64]


def worth(rule: Rule, until: int) -> Cents:
    """Cents of one row of a rule at each age from 0 to `until` days."""
    fading = staircase.fading_of(rule)
    return np.array([staircase.worth(rule.points, fading, days) for days in range(until + 1)], dtype=np.int64)

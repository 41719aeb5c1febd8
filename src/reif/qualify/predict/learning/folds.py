"""Divide rows so that each part has its share of the outcome, and rows of one group are never in two parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reif.qualify.predict.learning.encoded import Floats, Rows

Parts = NDArray[np.int64]


def parts(truth: Floats, groups: Rows, many: int, seed: int) -> Parts:
    """For each row the number of its part, from 0 on; rows of one group have the same."""
    firsts, place = np.unique(groups, return_inverse=True)
    came, size = np.bincount(place, truth), np.bincount(place)
    order = np.random.default_rng(seed).permutation(len(firsts))
    order = order[np.lexsort((-size[order], came[order] / size[order] < 0.5))]
    of_group = np.empty(len(firsts), dtype=np.int64)
    of_group[order] = np.arange(len(firsts)) % many
    return np.asarray(of_group[place])

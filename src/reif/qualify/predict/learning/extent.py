"""How a linear model reads a number: between its own extremes, with a gap of its own, and in steps so that it can bend."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from reif.qualify.predict.learning.encoded import BINS, Codes, Floats, Truths


class Extent(NamedTuple):
    """edges: between the steps, at most BINS of them."""

    low: float
    high: float
    mean: float
    deviation: float
    edges: Floats


def extent(values: Floats) -> Extent:
    """Of the values that are told; of none, one that says nothing."""
    told = values[np.isfinite(values)].astype(float)
    if not told.size:
        return Extent(0.0, 0.0, 0.0, 1.0, told)
    low, high = (float(q) for q in np.quantile(told, (0.01, 0.99)))
    clipped = np.clip(told, low, high)
    edges = np.unique(told)
    if edges.size > BINS:
        edges = np.unique(np.quantile(told, np.linspace(0, 1, BINS + 1)[1:-1]))
    return Extent(low, high, float(clipped.mean()), float(clipped.std()) or 1.0, edges)


def columns_of(scaled: Floats, step: Codes, gap: Truths, steps: int) -> sparse.csr_matrix:
    """The number between its extremes, whether there is a gap, and a mark for its step."""
    told = np.flatnonzero(~gap)
    marks = sparse.csr_matrix((np.ones(told.size), (told, step[told])), shape=(len(scaled), steps))
    return sparse.hstack([sparse.csr_matrix(np.column_stack([np.where(gap, 0, scaled), gap])), marks], format="csr")

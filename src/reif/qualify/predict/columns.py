"""People's columns as the members of a blend want them, and what the linear one found as plain arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reif.qualify.predict.learning.encoded import BINS, Encoded
from reif.qualify.predict.learning.extent import columns_of, extent
from reif.qualify.predict.lines import FIRST_COUNT, FIRST_NUMBER, Lines, Scale
from reif.qualify.predict.shape import CATEGORIES, NUMBERS, Floats

Whole = NDArray[np.float64]
STEPS = BINS + 1


def scale_of(rows: Floats) -> Scale:
    """How these rows' columns are read."""
    widths = [int(np.nanmax(column, initial=-1)) + 1 for column in rows[:, :FIRST_NUMBER].T]
    low, high, mean, deviation, edges = zip(*map(extent, rows[:, FIRST_NUMBER:FIRST_COUNT].T), strict=True)
    counts = np.log1p(np.maximum(np.nan_to_num(rows[:, FIRST_COUNT:]), 0)).std(0)
    return Scale(
        np.array(widths, dtype=np.int64), np.array(low), np.array(high), np.array(mean), np.array(deviation),
        np.array([np.pad(own, (0, BINS - own.size), constant_values=np.inf) for own in edges]),
        np.where(counts > 0, counts, 1.0).astype(float),
    )  # fmt: skip


def encoded(rows: Floats, scale: Scale) -> Encoded:
    """Dense for trees, sparse for the linear model; no column has so many levels that their rates would say more."""
    lines, many = np.arange(len(rows)), len(rows)
    found = [
        sparse.csr_matrix((np.ones(many), (lines, scale.code(n, rows[:, n]))), shape=(many, width + 1))
        for n, width in enumerate(scale.widths.tolist())
    ]
    for n in range(len(NUMBERS)):
        values = rows[:, FIRST_NUMBER + n]
        found.append(columns_of(*scale.number(n, values), gap=np.isnan(values), steps=STEPS))
    wide = sparse.hstack([*found, sparse.csr_matrix(scale.counts(rows))], format="csr")
    empty = np.isnan(rows).all(0)
    dense = np.where(empty, 0, rows).astype(float)
    levels = [True] * len(CATEGORIES) + [False] * (rows.shape[1] - len(CATEGORIES))
    return Encoded(dense, levels, wide, np.zeros((many, 0), dtype=np.int64))


def lines_of(weights: Whole, base: float, scale: Scale, rows: Floats) -> Lines:
    """weights: one for each column of `encoded(...).sparse`."""
    first = int((scale.widths + 1).sum())
    middle = weights[first : first + len(NUMBERS) * (STEPS + 2)].reshape(len(NUMBERS), STEPS + 2)
    counts = weights[first + middle.size :]
    lines = Lines(scale, weights[:first], middle[:, 0], middle[:, 1], middle[:, 2:], counts, np.array([base]),
                  np.zeros(rows.shape[1]))  # fmt: skip
    return lines._replace(usual=lines.adds(rows).mean(0))

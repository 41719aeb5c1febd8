"""People's columns as the members of a blend want them, and what the linear one found as plain arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reif.qualify.predict.learning.encoded import BINS, Encoded
from reif.qualify.predict.lines import FIRST_COUNT, FIRST_NUMBER, Lines, Scale
from reif.qualify.predict.shape import CATEGORIES, NUMBERS, Floats

Whole = NDArray[np.float64]
STEPS = BINS + 1


def scale_of(rows: Floats) -> Scale:
    """How these rows' columns are read."""
    widths = [int(np.nanmax(column, initial=-1)) + 1 for column in rows[:, :FIRST_NUMBER].T]
    told = [column[np.isfinite(column)].astype(float) for column in rows[:, FIRST_NUMBER:FIRST_COUNT].T]
    low, high = (np.array([np.quantile(t, q) if t.size else 0.0 for t in told]) for q in (0.01, 0.99))
    clipped = [np.clip(t, a, b) for t, a, b in zip(told, low, high, strict=True)]
    counts = np.log1p(np.maximum(np.nan_to_num(rows[:, FIRST_COUNT:]), 0)).std(0)
    return Scale(
        np.array(widths, dtype=np.int64), low, high,
        np.array([t.mean() if t.size else 0.0 for t in clipped]),
        np.array([(t.std() if t.size else 1.0) or 1.0 for t in clipped]),
        np.array([_edges(t) for t in told]), np.where(counts > 0, counts, 1.0).astype(float),
    )  # fmt: skip


def _edges(told: Whole) -> Whole:
    distinct = np.unique(told)
    few = distinct if distinct.size <= BINS else np.unique(np.quantile(told, np.linspace(0, 1, BINS + 1)[1:-1]))
    return np.concatenate([few, np.full(BINS - few.size, np.inf)])


def encoded(rows: Floats, scale: Scale) -> Encoded:
    """Dense for trees, sparse for the linear model; no column has so many levels that their rates would say more."""
    lines, many = np.arange(len(rows)), len(rows)
    found = [
        sparse.csr_matrix((np.ones(many), (lines, scale.code(n, rows[:, n]))), shape=(many, width + 1))
        for n, width in enumerate(scale.widths.tolist())
    ]
    for n in range(len(NUMBERS)):
        values = rows[:, FIRST_NUMBER + n]
        gap, (scaled, step) = np.isnan(values), scale.number(n, values)
        told = np.flatnonzero(~gap)
        marks = sparse.csr_matrix((np.ones(told.size), (told, step[told])), shape=(many, STEPS))
        found += [sparse.csr_matrix(np.column_stack([np.where(gap, 0, scaled), gap])), marks]
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

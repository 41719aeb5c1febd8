"""A linear model as plain arrays: what each column adds to the logit, asked without the library that found it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.predict.shape import CATEGORIES, NUMBERS, Floats

Whole = NDArray[np.float64]
FIRST_NUMBER, FIRST_COUNT = len(CATEGORIES), len(CATEGORIES) + len(NUMBERS)


class Scale(NamedTuple):
    """How columns are read, learned from rows: `widths` has the levels of each category, `edges` the steps of each number
    (filled up with infinity), `spread` what a count's logarithm is divided by.
    """

    widths: NDArray[np.int64]
    low: Whole
    high: Whole
    mean: Whole
    deviation: Whole
    edges: Whole
    spread: Whole

    def code(self, column: int, values: Any) -> NDArray[np.int64]:
        """Of a category: which level, and one more for a gap."""
        gap = int(self.widths[column])
        return np.where(np.isnan(values), gap, np.minimum(np.nan_to_num(values), gap)).astype(np.int64)

    def number(self, n: int, values: Any) -> tuple[Whole, NDArray[np.int64]]:
        """Of a number: between its extremes, and on which step. Both say nothing where there is a gap."""
        full = np.nan_to_num(values).astype(float)
        return (np.clip(full, self.low[n], self.high[n]) - self.mean[n]) / self.deviation[n], np.searchsorted(
            self.edges[n], full, side="right"
        )

    def counts(self, rows: Floats) -> Whole:
        """Of all counts: twice as often is one step more, not twice as much."""
        found: Whole = np.log1p(np.maximum(np.nan_to_num(rows[:, FIRST_COUNT:]), 0)) / self.spread
        return found


class Lines(NamedTuple):
    """What was found: `levels` of one category after the other, each with its gap last; `usual`: what columns add on average."""

    scale: Scale
    levels: Whole
    slopes: Whole
    gaps: Whole
    steps: Whole
    counts: Whole
    base: Whole
    usual: Whole

    def shares(self, rows: Floats) -> Whole:
        """By how much each column moves the logit, compared with the average of those it was learned from."""
        return self.adds(rows) - self.usual

    def sums(self, rows: Floats) -> Whole:
        """The logit of each row."""
        found: Whole = self.adds(rows).sum(1) + self.base[0]
        return found

    def adds(self, rows: Floats) -> Whole:
        """Rows by columns."""
        out, start = np.zeros(rows.shape), 0
        for column, width in enumerate(self.scale.widths.tolist()):
            out[:, column] = self.levels[start + self.scale.code(column, rows[:, column])]
            start += width + 1
        for n in range(len(NUMBERS)):
            values = rows[:, FIRST_NUMBER + n]
            scaled, step = self.scale.number(n, values)
            out[:, FIRST_NUMBER + n] = np.where(
                np.isnan(values), self.gaps[n], self.slopes[n] * scaled + self.steps[n][step]
            )
        out[:, FIRST_COUNT:] = self.scale.counts(rows) * self.counts
        return out

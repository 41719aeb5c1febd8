"""One column as numbers, by its kind."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from reif.qualify.predict.learning.encoded import Encoded, Floats
from reif.qualify.predict.learning.extent import Extent, columns_of, extent
from reif.qualify.predict.tables.cells import Cells
from reif.qualify.predict.tables.kinds import Kind
from reif.qualify.predict.tables.levels import Levels
from reif.qualify.predict.tables.part import Part, no_codes

FEW_GAPS = 0.002
"""Of a number of something, only whether there is one says anything, where that differs."""


class Numbers(Part):
    """Scaled between its own extremes, a gap of its own, and steps so that the linear model can bend. Words that stand
    among the numbers (`more than 1000`) are levels."""

    words: Levels | None = None
    extent: Extent

    def fit(self, cells: Cells) -> Part:
        self.extent = extent(cells.values)
        words = Levels(self.name)
        words.fit(cells)
        if words.levels:
            self.words, self.width = words, self.width + words.width
        return self

    def encode(self, cells: Cells) -> Encoded:
        first = self._encoded(cells.values)
        return first if self.words is None else _beside(first, self.words.encode(cells))

    def _encoded(self, values: Floats) -> Encoded:
        gap, own = ~np.isfinite(values), self.extent
        scaled = (np.clip(values, own.low, own.high) - own.mean) / own.deviation
        steps = np.searchsorted(own.edges, np.where(gap, 0, values), side="right")
        linear = columns_of(scaled, steps, gap, len(own.edges) + 1)
        return Encoded(np.where(gap, np.nan, values)[:, None], [False], linear, no_codes(values))


class Moments(Numbers):
    """Days, and the month, weekday and hour in which people live."""

    width = 4

    def fit(self, cells: Cells) -> Part:
        self.extent = extent(cells.values)
        return self

    def encode(self, cells: Cells) -> Encoded:
        days = cells.values
        first = self._encoded(days)
        whole = np.floor(np.nan_to_num(days))
        month = whole.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
        around = np.column_stack([month, (whole + 3) % 7, np.floor((np.nan_to_num(days) % 1) * 24)]).astype(float)
        around[~np.isfinite(days)] = np.nan
        return Encoded(np.column_stack([first.dense, around]), [False] * 4, first.sparse, first.codes)


class Spans(Numbers):
    """Days between two dates."""

    def __init__(self, first: Moments, second: Moments) -> None:
        super().__init__(f"{first.name} → {second.name}")
        self.first, self.second = first, second

    def fit_two(self, first: Cells, second: Cells) -> Part:
        """Learn how far they usually lie apart."""
        self.extent = extent(second.values - first.values)
        return self

    def encode_two(self, first: Cells, second: Cells) -> Encoded:
        """Of any rows."""
        return self._encoded(second.values - first.values)


class Texts(Part):
    """Words by their hash, and how much was written."""

    def fit(self, cells: Cells) -> Part:
        return self

    def encode(self, cells: Cells) -> Encoded:
        length, words = cells.length, cells.words
        if length is None or words is None:
            raise ValueError(f"{self.name} was not read as a text")
        gap = np.isnan(length)
        marks = sparse.csr_matrix(np.column_stack([gap, np.log1p(np.nan_to_num(length)) / 5]))
        linear = sparse.hstack([marks, words], format="csr")
        return Encoded(length[:, None], [False], linear, no_codes(length), [words])


class Filled(Part):
    """Of what is another in each row, whether there is one: an offer's number, a coupon, a card."""

    said = False

    def fit(self, cells: Cells) -> Part:
        self.said = FEW_GAPS <= float(cells.there.mean()) <= 1 - FEW_GAPS
        self.width = int(self.said)
        return self

    def encode(self, cells: Cells) -> Encoded:
        there = cells.there[:, None].astype(float)[:, : self.width]
        return Encoded(there, [False] * self.width, sparse.csr_matrix(there), no_codes(there))


def _beside(first: Encoded, second: Encoded) -> Encoded:
    return Encoded(
        np.column_stack([first.dense, second.dense]), [*first.levels, *second.levels],
        sparse.hstack([first.sparse, second.sparse], format="csr"), np.column_stack([first.codes, second.codes]),
        coded=[first.dense.shape[1] + place for place in second.coded],
    )  # fmt: skip


PARTS: dict[Kind, type[Part]] = {
    Kind.NUMBER: Numbers, Kind.DATE: Moments, Kind.CATEGORY: Levels, Kind.ADDRESS: Levels, Kind.TEXT: Texts,
    Kind.IDENTIFIER: Filled,
}  # fmt: skip

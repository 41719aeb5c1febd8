"""A table as numbers, twice: dense with gaps for trees, sparse and scaled for the linear model. Learned from training rows only."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from scipy import sparse

from reif.qualify.predict.encoded import Encoded
from reif.qualify.predict.kinds import Kind, kind_of
from reif.qualify.predict.parts import PARTS, Moments, Part, Spans
from reif.qualify.predict.table import Column, Table

MOST_DATES = 4
"""So many columns of dates are compared with each other: days between two of them often say more than either."""


@dataclass
class Encoder:
    """Learns from `fit`, then says the same of any rows. kinds: what each column was taken for."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    _parts: list[Part] = field(default_factory=list)

    def fit(self, table: Table) -> Encoder:
        """Decide on kinds, levels and scales."""
        for name, column in table.columns.items():
            self.kinds[name] = kind = kind_of(column, name)
            part = PARTS.get(kind)
            if part is not None:
                self._parts.append(part(name).fit(column))
        dates = [part for part in self._parts if isinstance(part, Moments)][:MOST_DATES]
        for first, second in combinations(dates, 2):
            apart = Spans(first, second)
            self._parts.append(apart.fit_two(table.columns[first.name], table.columns[second.name]))
        return self

    def encode(self, table: Table) -> Encoded:
        """Rows in both shapes; columns that were not there in training are ignored, missing ones are gaps."""
        gaps: Column = [None] * table.height

        def column(name: str) -> Column:
            return table.columns.get(name, gaps)

        done = [
            part.encode_two(column(part.first.name), column(part.second.name)) if isinstance(part, Spans)
            else part.encode(column(part.name)) for part in self._parts
        ]  # fmt: skip
        if not done:
            empty = np.zeros((table.height, 1))
            return Encoded(empty, [False], sparse.csr_matrix(empty), np.zeros((table.height, 0), dtype=np.int64))
        return Encoded(
            np.column_stack([one.dense for one in done]), [level for one in done for level in one.levels],
            sparse.hstack([one.sparse for one in done], format="csr"), np.column_stack([one.codes for one in done]),
        )  # fmt: skip

    def names(self) -> list[str]:
        """The column behind each dense feature."""
        return [part.name for part in self._parts for _ in range(part.width)]

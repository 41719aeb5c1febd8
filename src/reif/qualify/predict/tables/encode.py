"""A table as numbers, twice: dense with gaps for trees, sparse and scaled for the linear model. Learned from training rows only."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, combinations

import numpy as np
from scipy import sparse

from reif.qualify.predict.learning.encoded import Encoded
from reif.qualify.predict.tables.cells import Cells, Leads, Reader, gaps, leads_of
from reif.qualify.predict.tables.kinds import Kind
from reif.qualify.predict.tables.part import Part
from reif.qualify.predict.tables.parts import PARTS, Moments, Spans
from reif.qualify.predict.tables.table import Table

MOST_DATES = 4
"""So many columns of dates are compared with each other: days between two of them often say more than either."""


@dataclass
class Encoder:
    """Learns from `fit`, then says the same of any rows. kinds: what each column was taken for."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    _readers: dict[str, Reader] = field(default_factory=dict)
    _parts: list[Part] = field(default_factory=list)

    def fit(self, table: Table | Leads) -> Encoder:
        """Decide on levels and scales."""
        leads = leads_of(table)
        self.kinds, self._readers = leads.kinds(), {name: leads.readers[name] for name in leads.columns}
        for name, cells in leads.columns.items():
            part = PARTS.get(cells.kind)
            if part is not None:
                self._parts.append(part(name).fit(cells))
        dates = [part for part in self._parts if isinstance(part, Moments)][:MOST_DATES]
        for first, second in combinations(dates, 2):
            apart = Spans(first, second)
            self._parts.append(apart.fit_two(leads.columns[first.name], leads.columns[second.name]))
        return self

    def encode(self, table: Table | Leads) -> Encoded:
        """Rows in both shapes; columns that were not there in training are ignored, missing ones are gaps."""
        leads = leads_of(table, self._readers)

        def cells(name: str) -> Cells:
            return leads.columns.get(name) or gaps(self._readers[name], leads.height)

        done = [
            part.encode_two(cells(part.first.name), cells(part.second.name)) if isinstance(part, Spans)
            else part.encode(cells(part.name)) for part in self._parts
        ]  # fmt: skip
        if not sum(one.dense.shape[1] for one in done):
            empty = np.zeros((leads.height, 1))
            return Encoded(empty, [False], sparse.csr_matrix(empty), np.zeros((leads.height, 0), dtype=np.int64))
        return Encoded(
            np.column_stack([one.dense for one in done]), [level for one in done for level in one.levels],
            sparse.hstack([one.sparse for one in done], format="csr"), np.column_stack([one.codes for one in done]),
            [words for one in done for words in one.texts],
            [start + place for start, one in zip(_starts(done), done, strict=True) for place in one.coded],
        )  # fmt: skip

    def names(self) -> list[str]:
        """The column behind each dense feature."""
        return [part.name for part in self._parts for _ in range(part.width)]


def _starts(done: list[Encoded]) -> list[int]:
    """At which dense column each of them begins."""
    return list(accumulate((one.dense.shape[1] for one in done[:-1]), initial=0))

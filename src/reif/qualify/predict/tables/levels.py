"""A column of levels as numbers: codes by frequency, a share, a mark for each."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from reif.qualify.predict.learning.encoded import Codes, Encoded, Floats
from reif.qualify.predict.tables.cells import Cells
from reif.qualify.predict.tables.part import Part, no_codes

TREE_LEVELS, LINEAR_LEVELS = 250, 200
MANY_LEVELS, MOST_LEVELS = 12, 20_000
"""A column with more levels than the first is also told by how often each came through."""


class Levels(Part):
    """Codes by frequency for trees, a mark for each frequent level otherwise; rare ones share one."""

    width = 2

    def fit(self, cells: Cells) -> Part:
        rows = len(cells.codes)
        many = np.bincount(cells.codes[cells.codes >= 0], minlength=len(cells.names))
        order = np.lexsort((np.arange(len(many)), -many))[:MOST_LEVELS].tolist()
        least = 2 if rows < 1000 else 5
        self.levels = {cells.names[n]: code for code, n in enumerate(order[:TREE_LEVELS]) if many[n] >= least}
        self.all = {cells.names[n]: code for code, n in enumerate(order) if many[n] >= 2}
        self.share = {cells.names[n]: many[n] / max(1, rows) for n in order[: len(self.levels)]}
        return self

    def encode(self, cells: Cells) -> Encoded:
        rare, names, told = len(self.levels), cells.names, cells.codes
        codes = _placed(told, [float(self.levels.get(name, rare)) for name in names], np.nan)
        share = _placed(told, [self.share.get(name, 0.0) for name in names], 0.0)
        width = min(rare, LINEAR_LEVELS) + 2
        marks = np.where(np.isnan(codes), width - 1, np.minimum(np.nan_to_num(codes), width - 2)).astype(int)
        linear = sparse.csr_matrix((np.ones(len(told)), (np.arange(len(told)), marks)), shape=(len(told), width))
        dense = np.column_stack([codes, share])
        if len(self.all) <= MANY_LEVELS:
            return Encoded(dense, [True, False], linear, no_codes(share))
        many = _placed(told, [self.all.get(name, -2) + 1.0 for name in names], 0.0).astype(np.int64)
        return Encoded(dense, [True, False], linear, many[:, None], coded=[0])


def _placed(told: Codes, by_name: list[float], gap: float) -> Floats:
    """The value of each row's level."""
    return np.array([*by_name, gap], dtype=float)[told]

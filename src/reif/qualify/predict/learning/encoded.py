"""Rows as members of a blend want them, whatever they were before."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Codes = NDArray[np.int64]
Truths = NDArray[np.bool_]
BINS = 8
"""So many steps a number has, so that the linear model can bend."""


@dataclass
class Encoded:
    """dense: rows by features with NaN for gaps. levels: which dense features are codes. sparse: for the linear model.

    codes: of the columns with many levels, which one a row has; 0 for a gap, -1 for one that was rare. coded: where in `dense`
    each of these has its frequent levels. texts: words by hash.
    """

    dense: Floats
    levels: list[bool]
    sparse: sparse.csr_matrix
    codes: Codes
    texts: list[sparse.csr_matrix] = field(default_factory=list)
    coded: list[int] = field(default_factory=list)

    def among(self, rows: Rows) -> Encoded:
        """These rows."""
        texts = [words[rows] for words in self.texts]
        return Encoded(self.dense[rows], self.levels, self.sparse[rows], self.codes[rows], texts, self.coded)

"""A model that can be asked, without the library that taught it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.predict.shape import Floats
from reif.qualify.predict.trees import Trees

Whole = NDArray[np.float64]


class Learned(NamedTuple):
    """trees, and how what they say is bent so that of those at 20 % a fifth come through: slope and base of the logit."""

    trees: Trees
    slope: float
    base: float

    def logit(self, rows: Floats) -> Whole:
        """Bent already."""
        return self.slope * self.trees.logit(rows) + self.base

    def chance(self, rows: Floats) -> Whole:
        """Between 0 and 1."""
        return 1 / (1 + np.exp(-self.logit(rows)))

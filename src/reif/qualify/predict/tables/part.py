"""What every part of the encoding does: learn from the training rows of one column, and say any rows as numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from reif.qualify.predict.learning.encoded import Codes, Encoded, Floats
from reif.qualify.predict.tables.cells import Cells


class Part(ABC):
    """One column."""

    width = 1

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def fit(self, cells: Cells) -> Part:
        """Learn from the training rows."""

    @abstractmethod
    def encode(self, cells: Cells) -> Encoded:
        """Any rows, in both shapes."""


def no_codes(values: Floats) -> Codes:
    """For columns without many levels."""
    return np.zeros((len(values), 0), dtype=np.int64)

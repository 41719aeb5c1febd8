"""A table of past leads, learned from: whatever its columns are, they become numbers, and a blend learns from those."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from reif.qualify.predict.learning.blend import Blend
from reif.qualify.predict.learning.encoded import Floats, Rows
from reif.qualify.predict.tables.cells import Leads, leads_of
from reif.qualify.predict.tables.encode import Encoder
from reif.qualify.predict.tables.table import Table


class TooFewOutcomes(ValueError):
    """Not enough of either outcome to learn from."""


@dataclass
class Model:
    """Learned from past leads; `chance` says the probability of the outcome for each row."""

    encoder: Encoder = field(default_factory=Encoder)
    blend: Blend = field(default_factory=Blend)

    def fit(self, table: Table | Leads, outcome: Floats, groups: Rows | None = None) -> Model:
        """outcome: 1 where it came true; ten of each at least. groups: rows with the same number are one lead."""
        if min(outcome.sum(), len(outcome) - outcome.sum()) < 10:
            raise TooFewOutcomes("At least ten leads with the outcome and ten without are needed.")
        alike = np.arange(len(outcome)) if groups is None else groups
        leads = leads_of(table)
        encoded = self.encoder.fit(leads).encode(leads)
        del table, leads  # half of the memory while it learns
        self.blend.fit(encoded, outcome, alike)
        return self

    def chance(self, table: Table | Leads) -> Floats:
        """Between 0 and 1, one for each row."""
        return self.blend.chance(self.encoder.encode(table))

"""A model that can be asked, without the libraries that taught it: what `blend.Blend` found, as plain arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.predict.learning.mix import SUREST, mixed, safe_logit
from reif.qualify.predict.lines import Lines
from reif.qualify.predict.shape import Floats
from reif.qualify.predict.trees import Trees

Whole = NDArray[np.float64]


class Learned(NamedTuple):
    """The members there are, in this order, and their weights as in `Blend`. The trees of a forest say chances, others logits."""

    lines: Lines
    boosted: Trees | None
    forest: Trees | None
    weights: Whole

    def logit(self, rows: Floats) -> Whole:
        """How likely, as a logit: of those at 20 % a fifth come through."""
        said = np.array([one for one, _moved in self._each(rows, False)])
        found: Whole = mixed(self.weights, said) + self.weights[-1]
        return found

    def chance(self, rows: Floats) -> Whole:
        """Between 0 and 1."""
        return 1 / (1 + np.exp(-self.logit(rows)))

    def shares(self, rows: Floats) -> Whole:
        """By how much each column moved the logit away from `usual`."""
        return mixed(self.weights, np.array([moved for _said, moved in self._each(rows, True)]))

    def usual(self) -> float:
        """The logit of somebody of whom nothing special is known."""
        return float(mixed(self.weights, np.array(self._starts())) + self.weights[-1])

    def _each(self, rows: Floats, moved: bool) -> list[tuple[Whole, Whole]]:
        """Of each member its logit, held within limits; and what moved it, when that is asked, so that it adds up."""
        found = []
        for member, start in zip(self._members(), self._starts(), strict=True):
            raw = member.sums(rows)
            said = np.clip(safe_logit(raw) if member is self.forest else raw, -SUREST, SUREST)
            shares = member.shares(rows) if moved else np.zeros((0, 0))
            if moved:
                sums = shares.sum(1)
                plain = np.abs(sums) < 1e-9
                shares = shares * np.where(plain, 1.0, (said - start) / np.where(plain, 1.0, sums))[:, None]
            found.append((said, shares))
        return found

    def _members(self) -> list[Lines | Trees]:
        return [member for member in (self.lines, self.boosted, self.forest) if member is not None]

    def _starts(self) -> list[float]:
        starts = [float(self.lines.base[0] + self.lines.usual.sum())]
        if self.boosted is not None:
            starts.append(self.boosted.usual())
        if self.forest is not None:
            starts.append(float(safe_logit(np.array([self.forest.usual()]))[0]))
        return starts

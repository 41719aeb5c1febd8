"""What a model says of a slice of people at moments of the past, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.series import Ints, Moments, Truths

POINTS = ("score", "fit", "engagement", "grade")
"""What is read of a model as of each moment."""


@dataclass(frozen=True)
class Moving:
    """By moment: cents on both axes, what of them is below zero and comes back with time, who is left out, the grade, and
    what is known (the flags of `ladder`).
    """

    moments: Moments
    fit: Ints
    engagement: Ints
    owed: tuple[Ints, Ints]
    out: Truths
    grade: NDArray[np.str_]
    known: NDArray[np.uint8]

    @property
    def key(self) -> Ints:
        return self.moments.key

    @cached_property
    def score(self) -> Ints:
        """Whole points."""
        return np.where(self.out, 0, points(self.fit + self.engagement))

    @cached_property
    def owes(self) -> Truths:
        """Whether points come back with time."""
        return np.asarray((self.owed[0] != 0) | (self.owed[1] != 0))

    def value(self, field: str) -> Any:
        """What a condition on points or grades reads."""
        if field == "grade":
            return self.grade
        return self.score if field == "score" else np.where(self.out, 0, points(getattr(self, field)))

    def take(self, at: Ints | Truths) -> Moving:
        """Some of the moments, in this order."""
        owed = (self.owed[0][at], self.owed[1][at])
        return Moving(
            Moments(self.key[at]), self.fit[at], self.engagement[at], owed, self.out[at], self.grade[at], self.known[at]
        )

    @classmethod
    def joined(cls, parts: Sequence[Moving]) -> Moving:
        """One list after the other."""
        key, fit, engagement, out, grade, known = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("key", "fit", "engagement", "out", "grade", "known")
        )
        owed = (np.concatenate([part.owed[0] for part in parts]), np.concatenate([part.owed[1] for part in parts]))
        return cls(Moments(key), fit, engagement, owed, out, grade, known)


def points(cents: Ints) -> Ints:
    """Rounded half up."""
    rounded: Ints = (cents + 50) // 100
    return rounded

"""Learn from examples: the same blend as for tables, measured on the newest ones, which it has not seen."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.predict.columns import encoded, lines_of, scale_of
from reif.qualify.predict.learned import Learned
from reif.qualify.predict.learning.blend import Blend
from reif.qualify.predict.learning.folds import parts
from reif.qualify.predict.learning.members import GAP, SEED, Boosted, Forest, Linear, Member
from reif.qualify.predict.lines import Scale
from reif.qualify.predict.shape import Floats
from reif.qualify.predict.trees import boosted_of, forest_of

Whole = NDArray[np.float64]
Truth = NDArray[np.bool_]
NEWEST, ENOUGH = 0.3, 15
"""The newest part of the examples is for measuring; with fewer outcomes than `ENOUGH` on either side there is no split."""


class Split(NamedTuple):
    """How examples were divided for measuring. edge: the moment of the division in microseconds, None for by people."""

    learn: Truth
    check: Truth
    edge: int | None


def split(at: NDArray[np.int64], people: NDArray[np.int64], truth: Whole, span: int) -> Split:
    """By time: nothing is learned whose end was not known when the newest were asked about. By people when that is too few."""
    for newest in (NEWEST, 0.4, 0.5):
        edge = int(np.quantile(at, 1 - newest))
        halves = Split(at + span <= edge, at > edge, edge)
        if all(_both(truth[half]) for half in halves[:2]):
            return halves
    part = parts(truth, people, 4, SEED)
    return Split(part > 0, part == 0, None)


class Taught(NamedTuple):
    """learned: what can be asked and kept. blend: what it is made of, to be taught again."""

    learned: Learned
    blend: Blend


def learn(rows: Floats, truth: Whole, people: NDArray[np.int64]) -> Taught:
    """How strong each member is, and how to bend what they say, is told by people who were not learned from."""
    scale = scale_of(rows)
    blend = Blend().fit(encoded(rows, scale), truth, people)
    return Taught(_plain(blend, scale, rows), blend)


def learn_from_all(rows: Floats, truth: Whole, people: NDArray[np.int64], like: Taught) -> Learned:
    """With the newest examples too: the same members, weights and sizes as what was learned from a part."""
    scale = scale_of(rows)
    return _plain(like.blend.again(encoded(rows, scale), truth, people), scale, rows)


def _plain(blend: Blend, scale: Scale, rows: Floats) -> Learned:
    line, boosted, forest = (_found(blend, kind) for kind in (Linear, Boosted, Forest))
    return Learned(
        lines_of(line.coef_[0], float(line.intercept_[0]), scale, rows),
        boosted_of(boosted) if boosted else None, forest_of(forest, GAP) if forest else None, blend.weights,
    )  # fmt: skip


def _found(blend: Blend, kind: type[Member]) -> Any:
    """What the member of that kind learned; None where the blend has none."""
    return next((member.model for member in blend.members if isinstance(member, kind)), None)


def _both(truth: Whole, least: int = ENOUGH) -> bool:
    return len(truth) > 0 and least <= truth.sum() <= len(truth) - least

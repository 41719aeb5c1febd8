"""What is known about a model, kept with it: data, period, quality, and what it looks at."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from reif.qualify.predict.learned import Learned
from reif.qualify.predict.learning.measure import TOP, Quality, quality
from reif.qualify.predict.shape import Floats, Shape, subject_of

Whole = NDArray[np.float64]
PARTS, BINS = 10, 10
SHIFTED, FAR = 0.1, 0.25
"""From this stability index on a column has moved a little, or far (the usual limits of the population stability index)."""


class Point(msgspec.Struct, frozen=True):
    """A tenth of the people: what was said on average, what came true, and how many they were."""

    said: float
    true: float
    people: int


class Weight(msgspec.Struct, frozen=True):
    """How much a column moves what the model says, as a share of all that moves it."""

    name: str
    share: float


class Spread(msgspec.Struct, frozen=True):
    """How values lay when the model learned: edges between parts, and the share of each part (the last: gaps)."""

    edges: list[float]
    shares: list[float]


class Card(msgspec.Struct, frozen=True):
    """quality, calibration and lift: of the newest examples, unseen. edge: from when on, empty when divided by people.

    lift: how many times more often than by chance, in the best tenth, the second and so on. spread: for drift.
    """

    rows: int
    people: int
    with_outcome: int
    since: str
    until: str
    edge: str
    days: int
    quality: Quality
    calibration: list[Point]
    lift: list[float]
    weights: list[Weight]
    spread: dict[str, Spread]
    seconds: float = 0.0


def calibration(chance: Whole, truth: Whole) -> list[Point]:
    """In tenths of equal size, the lowest first."""
    parts = np.array_split(np.argsort(chance, kind="stable"), PARTS)
    return [Point(float(chance[p].mean()), float(truth[p].mean()), len(p)) for p in parts if len(p)]


def lift(chance: Whole, truth: Whole) -> list[float]:
    """By tenths, the highest first. Of people with the same chance each counts as their mean, so that their order is nothing."""
    base = float(truth.mean()) or 1.0
    _chances, group = np.unique(chance, return_inverse=True)
    alike = np.bincount(group, truth) / np.bincount(group)
    edges = [round(n * len(chance) / PARTS) for n in range(1, PARTS)]
    return [float(alike[group[p]].mean()) / base for p in np.split(np.argsort(-chance, kind="stable"), edges) if len(p)]


def measured(chance: Whole, truth: Whole) -> tuple[Quality, list[Point], list[float]]:
    """What was said of rows that were not learned from."""
    return quality(chance, truth), calibration(chance, truth), lift(chance, truth)


def weights(learned: Learned, rows: Floats, shape: Shape, most: int = 2000) -> list[Weight]:
    """The heaviest first; windows of one sort of deed together."""
    some = rows[:: max(1, len(rows) // most)]
    moved = np.abs(learned.shares(some)).mean(0)
    total = float(moved.sum()) or 1.0
    by: dict[str, float] = {}
    for name, share in zip(shape.names, moved.tolist(), strict=True):
        subject = subject_of(name)
        by[subject] = by.get(subject, 0.0) + share / total
    ordered = sorted(by.items(), key=lambda item: -item[1])
    return [Weight(name, share) for name, share in ordered if share > 0]


def spreads(rows: Floats, shape: Shape, chance: Whole) -> dict[str, Spread]:
    """Of every column, and of the chance itself under the name `chance`."""
    found = {name: _spread(rows[:, n].astype(float)) for n, name in enumerate(shape.names)}
    return found | {"chance": _spread(chance)}


def _spread(values: Whole) -> Spread:
    told = values[np.isfinite(values)]
    edges = np.unique(np.quantile(told, np.linspace(0, 1, BINS + 1)[1:-1])) if told.size else np.zeros(0)
    return Spread(edges.tolist(), _shares(values, edges))


def _shares(values: Whole, edges: Whole) -> list[float]:
    gap = ~np.isfinite(values)
    at = np.where(gap, len(edges) + 1, np.searchsorted(edges, np.where(gap, 0, values), side="right"))
    return [float(n) / max(1, len(values)) for n in np.bincount(at, minlength=len(edges) + 2)]


def drift(spread: Spread, values: Whole) -> float:
    """The population stability index of values against how they lay in training: 0 for the same."""
    before = np.array(spread.shares) + 1e-4
    after = np.array(_shares(values, np.array(spread.edges))) + 1e-4
    return float(np.sum((after - before) * np.log(after / before)))


__all__ = ["TOP", "Card", "Quality", "calibration", "drift", "lift", "measured", "spreads", "weights"]

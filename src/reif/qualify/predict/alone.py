"""What one column tells by itself: in groups of alike values, each group's rate learned from the other rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from reif.qualify.predict.dates import date_reader
from reif.qualify.predict.encoded import Floats
from reif.qualify.predict.kinds import Kind
from reif.qualify.predict.numerals import number_reader
from reif.qualify.predict.table import Column

GROUPS, SMOOTH, FEWEST = 20, 5.0, 8
Parts = NDArray[np.int64]


@dataclass(frozen=True)
class Alone:
    """auc: on rows that the rates were not learned from. values: what each group stands for; hits, many: in each."""

    auc: float
    values: list[str | None]
    hits: Floats
    many: Floats
    ordered: Floats


def alone(column: Column, kind: Kind, truth: Floats, fold: Parts) -> Alone:
    """fold: the part of each row; alike rows are in the same one."""
    ordered = ordered_values(column, kind)
    groups, values = _groups(column, ordered)
    folds = int(fold.max()) + 1
    hits, many = np.zeros((len(values), folds)), np.zeros((len(values), folds))
    np.add.at(hits, (groups, fold), truth)
    np.add.at(many, (groups, fold), 1)
    every, all_ = hits.sum(1), many.sum(1)
    rate = (every[:, None] - hits + SMOOTH * truth.mean()) / (all_[:, None] - many + SMOOTH)
    return Alone(float(roc_auc_score(truth, rate[groups, fold])), values, every, all_, ordered)


def ordered_values(column: Column, kind: Kind) -> Floats:
    """As numbers, with NaN for gaps; none at all where the kind has no order."""
    if kind not in (Kind.NUMBER, Kind.DATE, Kind.IDENTIFIER):
        return np.zeros(0)
    say = date_reader(column) if kind is Kind.DATE else number_reader(column)
    return np.array([np.nan if v is None or (x := say(v)) is None else x for v in column], dtype=float)


def _groups(column: Column, ordered: Floats) -> tuple[Parts, list[str | None]]:
    """Levels as they are; ordered values in twenty parts, but frequent ones by themselves; gaps are alike."""
    told = ordered[np.isfinite(ordered)]
    if told.size:
        distinct = np.unique(told)
        edges = (
            distinct[1:]
            if distinct.size <= GROUPS
            else np.unique(np.quantile(told, np.linspace(0, 1, GROUPS + 1)[1:-1]))
        )
        at = np.where(np.isfinite(ordered), np.searchsorted(edges, np.nan_to_num(ordered), "right") + 1, 0)
        names: list[str | None] = [None, *(_range(ordered[at == n]) for n in range(1, len(edges) + 2))]
        return at, names
    codes: dict[str | None, int] = defaultdict(lambda: len(codes))
    return np.array([codes[v] for v in column]), list(codes)


def _range(values: Floats) -> str:
    if not values.size:
        return ""
    low, high = float(values.min()), float(values.max())
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"

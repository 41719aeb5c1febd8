"""What one column tells by itself: in groups of alike values, each group's rate learned from the other rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from reif.qualify.predict.learning.encoded import Floats
from reif.qualify.predict.tables.cells import Cells

GROUPS, SMOOTH, FEWEST = 20, 5.0, 8
Parts = NDArray[np.int64]


@dataclass(frozen=True)
class Alone:
    """auc: on rows that the rates were not learned from. values: what each group stands for; hits, many: in each.

    sliced: groups are ranges of many numbers.
    """

    auc: float
    values: list[str | None]
    hits: Floats
    many: Floats
    ordered: Floats
    sliced: bool = False


def alone(cells: Cells, truth: Floats, fold: Parts) -> Alone:
    """fold: the part of each row; alike rows are in the same one."""
    groups, values, sliced = _groups(cells)
    folds = int(fold.max()) + 1
    hits, many = np.zeros((len(values), folds)), np.zeros((len(values), folds))
    np.add.at(hits, (groups, fold), truth)
    np.add.at(many, (groups, fold), 1)
    every, all_ = hits.sum(1), many.sum(1)
    rate = (every[:, None] - hits + SMOOTH * truth.mean()) / (all_[:, None] - many + SMOOTH)
    auc = float(roc_auc_score(truth, rate[groups, fold]))
    return Alone(auc, values, every, all_, cells.values, sliced)


def _groups(cells: Cells) -> tuple[Parts, list[str | None], bool]:
    """Gaps are alike, levels as they are; ordered values in twenty parts, but frequent ones by themselves."""
    told = cells.values[np.isfinite(cells.values)]
    at, names, sliced = cells.codes + 1, list[str | None]([None, *cells.names]), False
    if told.size:
        distinct = np.unique(told)
        sliced = distinct.size > GROUPS
        edges = distinct[1:] if not sliced else np.unique(np.quantile(told, np.linspace(0, 1, GROUPS + 1)[1:-1]))
        part = np.searchsorted(edges, np.nan_to_num(cells.values), "right") + len(names)
        at = np.where(np.isfinite(cells.values), part, at)
        names += [_range(cells.values[at == n]) for n in range(len(names), len(names) + len(edges) + 1)]
    return at, names, sliced


def _range(values: Floats) -> str:
    if not values.size:
        return ""
    low, high = float(values.min()), float(values.max())
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"

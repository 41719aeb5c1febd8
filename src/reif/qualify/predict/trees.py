"""Trees as plain arrays: asked without the library that grew them, explained along the way, kept without code.

The nodes of all trees lie one after another. A gap goes where it went in training; a category goes left when its bit is set.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.predict.shape import Floats

Whole = NDArray[np.float64]
Places = NDArray[np.int32]
CELLS = 2_000_000
"""Rows times trees that are walked at once."""


class Trees(NamedTuple):
    """One entry a node, but `roots` (one a tree) and `bits` (eight words for each split by category)."""

    start: Whole
    roots: Places
    column: Places
    edge: Whole
    gap_left: NDArray[np.bool_]
    left: Places
    right: Places
    leaf: NDArray[np.bool_]
    value: Whole
    mean: Whole
    set_of: Places
    bits: NDArray[np.uint32]

    def usual(self) -> float:
        """What they say together before anything is known: the mean of all rows of training."""
        return float(self.start[0] + self.mean[self.roots].sum())

    def sums(self, rows: Floats) -> Whole:
        """What all trees say together, one for each row."""
        said = np.full(len(rows), float(self.start[0]))
        step = max(1, CELLS // max(1, len(self.roots)))
        for begin in range(0, len(rows), step):
            some = rows[begin : begin + step]
            said[begin : begin + step] += self.value[self._leaves(some)].sum(1)
        return said

    def shares(self, rows: Floats) -> Whole:
        """By how much each column moved the sum: at each split, the change of the mean of all that came this way."""
        moved = np.zeros(rows.shape)
        lines = np.arange(len(rows))[:, None]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        while not self.leaf[at].all():
            inner = ~self.leaf[at]
            below = self._below(rows, lines, at)
            step = np.where(inner, self.mean[below] - self.mean[at], 0.0)
            np.add.at(moved, (np.broadcast_to(lines, at.shape)[inner], self.column[at][inner]), step[inner])
            at = np.where(inner, below, at)
        return moved

    def _leaves(self, rows: Floats) -> Places:
        lines = np.arange(len(rows))[:, None]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        while not (done := self.leaf[at]).all():
            at = np.where(done, at, self._below(rows, lines, at))
        return at

    def _below(self, rows: Floats, lines: NDArray[np.int64], at: Places) -> Places:
        value = rows[lines, self.column[at]]
        gap = np.isnan(value)
        sets = self.set_of[at]
        left = value <= self.edge[at]
        if len(self.bits):
            code = np.where(gap, 0, value).astype(np.int64).clip(0, 255)
            word = self.bits[np.maximum(sets, 0), code >> 5]
            left = np.where(sets >= 0, (word >> (code & 31).astype(np.uint32)) & 1 == 1, left)
        left = np.where(gap, self.gap_left[at], left)
        return np.where(left, self.left[at], self.right[at])


def boosted_of(model: Any) -> Trees:
    """From a fitted HistGradientBoostingClassifier of two classes; together they say a logit."""
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in Trees._fields}
    base = sets = 0
    for (grown,) in model._predictors:
        nodes, bits = grown.nodes, grown.raw_left_cat_bitsets
        by_set = nodes["is_categorical"].astype(bool)
        parts["roots"].append(np.array([base]))
        parts["column"].append(nodes["feature_idx"])
        parts["edge"].append(nodes["num_threshold"])
        parts["gap_left"].append(nodes["missing_go_to_left"].astype(bool))
        parts["left"].append(nodes["left"].astype(np.int64) + base)
        parts["right"].append(nodes["right"].astype(np.int64) + base)
        parts["leaf"].append(nodes["is_leaf"].astype(bool))
        parts["value"].append(nodes["value"])
        parts["mean"].append(_means(nodes))
        parts["set_of"].append(np.where(by_set, nodes["bitset_idx"].astype(np.int64) + sets, -1))
        parts["bits"].append(bits.reshape(-1, 8))
        base, sets = base + len(nodes), sets + len(bits)
    parts["start"] = [np.ravel(model._baseline_prediction)[:1]]
    return _together(parts)


def forest_of(model: Any, gap: float) -> Trees:
    """From a fitted ExtraTreesClassifier of two classes; together they say a chance. gap: what stood for one in training."""
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in Trees._fields}
    base = 0
    for grown in model.estimators_:
        tree = grown.tree_
        leaf, chance = tree.children_left < 0, tree.value[:, 0, 1] / tree.value[:, 0].sum(1) / len(model.estimators_)
        parts["roots"].append(np.array([base]))
        parts["column"].append(np.where(leaf, 0, tree.feature))
        parts["edge"].append(tree.threshold)
        parts["gap_left"].append(tree.threshold >= gap)
        parts["left"].append(tree.children_left + base)
        parts["right"].append(tree.children_right + base)
        parts["leaf"].append(leaf)
        parts["value"].append(chance)
        parts["mean"].append(chance)
        parts["set_of"].append(np.full(len(leaf), -1))
        base += len(leaf)
    parts["start"], parts["bits"] = [np.zeros(1)], [np.zeros((0, 8), dtype=np.uint32)]
    return _together(parts)


def _together(parts: dict[str, list[NDArray[Any]]]) -> Trees:
    whole = {name: np.concatenate(some) if some else np.zeros(0) for name, some in parts.items()}
    small = {name: whole[name].astype(np.int32) for name in ("roots", "column", "left", "right", "set_of")}
    ready: dict[str, Any] = whole | small
    return Trees(**ready)


def _means(nodes: NDArray[Any]) -> Whole:
    """The mean of what the leaves below say, weighted by the rows of training that they held. Children come later."""
    mean = nodes["value"].astype(float).copy()
    for n in range(len(nodes) - 1, -1, -1):
        if not nodes[n]["is_leaf"]:
            left, right = nodes[n]["left"], nodes[n]["right"]
            of_left, of_right = float(nodes[left]["count"]), float(nodes[right]["count"])
            mean[n] = (mean[left] * of_left + mean[right] * of_right) / max(1.0, of_left + of_right)
    return mean

"""Learn from examples: how many trees, how sure, and how good on the newest ones, which it has not seen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.ensemble import HistGradientBoostingClassifier

from reif.qualify.predict.learned import Learned
from reif.qualify.predict.shape import CATEGORIES, Floats
from reif.qualify.predict.trees import trees_of

Whole = NDArray[np.float64]
Truth = NDArray[np.bool_]
MOST_TREES, PATIENCE, RATE, SEED = 240, 20, 0.06, 11
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
        parts = Split(at + span <= edge, at > edge, edge)
        if all(_both(truth[part]) for part in parts[:2]):
            return parts
    fold = _folds(people, 4)
    return Split(fold > 0, fold == 0, None)


def learn(rows: Floats, truth: Whole, people: NDArray[np.int64]) -> Learned:
    """Two fits: how many trees are right is told by people who were not learned from; so is how to bend."""
    held = _folds(people, 4) == 0
    if not (_both(truth[held], 5) and _both(truth[~held], 5)):
        held = np.arange(len(truth)) % 4 == 0
    first = _grow(rows[~held], truth[~held], MOST_TREES, (rows[held], truth[held]))
    said = list(first.staged_decision_function(rows[held]))
    trees = max(10, int(np.argmin([_loss(step, truth[held]) for step in said])) + 1)
    slope, base = _bend(np.ravel(said[min(trees, len(said)) - 1]), truth[held])
    return Learned(trees_of(_grow(rows, truth, trees)), slope, base)


def learn_from_all(rows: Floats, truth: Whole, like: Learned) -> Learned:
    """One fit: as many trees and the same bend as what was learned from a part, with the newest examples too."""
    return Learned(trees_of(_grow(rows, truth, len(like.trees.roots))), like.slope, like.base)


def _grow(
    rows: Floats, truth: Whole, trees: int, until: tuple[Floats, Whole] | None = None
) -> HistGradientBoostingClassifier:
    """until: rows on which further trees have to help, else it stops."""
    rarer = min(truth.sum(), len(truth) - truth.sum())
    model = HistGradientBoostingClassifier(
        learning_rate=RATE, max_iter=trees, max_leaf_nodes=int(np.clip(rarer / 25, 4, 16)), l2_regularization=10.0,
        min_samples_leaf=int(np.clip(len(truth) / 200, 8, 60)), max_features=0.4,
        early_stopping=until is not None, n_iter_no_change=PATIENCE,
        categorical_features=list(range(len(CATEGORIES))), random_state=SEED,
    )  # fmt: skip
    full = _without_empty(rows)
    return model.fit(full, truth, X_val=until[0], y_val=until[1]) if until else model.fit(full, truth)


def _without_empty(rows: Floats) -> Floats:
    """Columns with gaps only say nothing, and cannot be cut into parts: noughts are the same to trees."""
    empty = np.isnan(rows).all(0)
    return np.where(empty, 0, rows) if empty.any() else rows


def _bend(said: Whole, truth: Whole) -> tuple[float, float]:
    """Slope and base with the least loss, held near 1 and 0 when there are few outcomes to tell."""

    def loss(point: Whole) -> float:
        pull = ((point[0] - 1) ** 2 + 0.1 * point[1] ** 2) / len(truth)
        return _loss(point[0] * said + point[1], truth) + float(pull)

    found = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(0.05, 3), (-3, 3)]).x
    return float(found[0]), float(found[1])


def _loss(logit: Whole, truth: Whole) -> float:
    said = np.ravel(logit)
    return float(np.mean(np.logaddexp(0, said) - truth * said))


def loss_of(logit: Whole, truth: Whole) -> float:
    """Mean log loss; less is better."""
    return _loss(logit, truth)


def _folds(people: NDArray[np.int64], many: int) -> NDArray[np.int64]:
    """All moments of one person in one fold, the same in every run."""
    return (people * 2_654_435_761 >> 7) % many


def _both(truth: Whole, least: int = ENOUGH) -> bool:
    return len(truth) > 0 and least <= truth.sum() <= len(truth) - least

"""Models that err differently: a linear one, boosted trees (in two sizes), a forest at random."""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from reif.qualify.predict.learning.encoded import Encoded, Floats, Rows
from reif.qualify.predict.learning.folds import parts
from reif.qualify.predict.learning.loss import loss

SEED = 20260901
MOST_TREES, STOP = 600, 25
GAP = -1e6
"""What stands for a gap where trees know none."""


class Member(ABC):
    """found: what an earlier fit on fewer rows found out, and a later one need not search again. model: as the library has it."""

    found: float | None = None
    model: Any

    @abstractmethod
    def fit(self, encoded: Encoded, outcome: Floats, groups: Rows) -> Member:
        """Learn from the training rows."""

    @abstractmethod
    def chance(self, encoded: Encoded) -> Floats:
        """Between 0 and 1, one for each row."""


class Linear(Member):
    """Logistic regression with the strength of its penalty chosen on rows it has not seen."""

    def fit(self, encoded: Encoded, outcome: Floats, groups: Rows) -> Member:
        if self.found is None:
            held = parts(outcome, groups, 4, SEED) == 0
            strengths = (0.01, 0.04, 0.15, 0.6)
            model, losses = self._learner(strengths[0]), []
            learn, check = encoded.sparse[~held], encoded.sparse[held]
            for strength in strengths:  # each begins where the weaker one ended
                self._learn(model.set_params(C=strength), learn, outcome[~held])
                losses.append(loss(model.predict_proba(check)[:, 1], outcome[held]))
            self.found = strengths[int(np.argmin(losses))]
        self.model = self._learn(self._learner(self.found), encoded.sparse, outcome)
        return self

    def _learner(self, strength: float) -> LogisticRegression:
        return LogisticRegression(C=strength, max_iter=200, tol=1e-3, warm_start=True)

    def _learn(self, model: LogisticRegression, rows: sparse.csr_matrix, outcome: Floats) -> LogisticRegression:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return model.fit(rows, outcome)

    def chance(self, encoded: Encoded) -> Floats:
        return np.asarray(self.model.predict_proba(encoded.sparse)[:, 1])


class Boosted(Member):
    """Gradient boosted trees, which find what depends on what; levels and gaps as they are."""

    patience, least = STOP, 1e-7
    """So many trees without that much less loss are the end."""

    def fit(self, encoded: Encoded, outcome: Floats, groups: Rows) -> Member:
        if self.found is None:
            held = parts(outcome, groups, 5, SEED + 1) == 0
            model = self._grower(encoded, outcome, MOST_TREES, early=True)
            self.model = model.fit(encoded.dense[~held], outcome[~held], X_val=encoded.dense[held], y_val=outcome[held])
            self.found = float(max(10, self.model.n_iter_ - self.patience))
            return self
        self.model = self._grower(encoded, outcome, round(self.found * 1.1), early=False).fit(encoded.dense, outcome)
        return self

    def _grower(self, encoded: Encoded, outcome: Floats, trees: int, early: bool) -> HistGradientBoostingClassifier:
        rows, rarer = len(outcome), min(outcome.sum(), len(outcome) - outcome.sum())
        rate, leaves = self._steps(rows, rarer)
        return HistGradientBoostingClassifier(
            learning_rate=rate, max_iter=trees, max_leaf_nodes=int(leaves), min_samples_leaf=max(5, min(40, rows // 150)),
            l2_regularization=5.0, max_features=0.5, categorical_features=encoded.levels, early_stopping=early,
            n_iter_no_change=self.patience, tol=self.least, random_state=SEED,
        )  # fmt: skip

    def _steps(self, rows: int, rarer: float) -> tuple[float, float]:
        """By how much each tree corrects the ones before it, and how many leaves it has."""
        return 0.06 if rows > 3000 else 0.04, np.clip(rarer / 40, 5, 24)

    def chance(self, encoded: Encoded) -> Floats:
        return np.asarray(self.model.predict_proba(encoded.dense)[:, 1])


class Hasty(Boosted):
    """The same for very many rows: fewer and larger trees learn as much there, in less than half the time."""

    patience, least = 12, 3e-5

    def _steps(self, rows: int, rarer: float) -> tuple[float, float]:
        return 0.15, np.clip(rarer / 200, 24, 128)


class Forest(Member):
    """Many shallow guesses at random, which keep their head when there is little to learn from."""

    def fit(self, encoded: Encoded, outcome: Floats, groups: Rows) -> Member:
        rows = len(outcome)
        leaf, trees = max(3, min(40, rows // 250)), 150 if rows <= 2000 else 80
        self.model = ExtraTreesClassifier(trees, min_samples_leaf=leaf, max_features=0.4, random_state=SEED).fit(
            self._filled(encoded.dense), outcome
        )
        return self

    def chance(self, encoded: Encoded) -> Floats:
        return np.asarray(self.model.predict_proba(self._filled(encoded.dense))[:, 1])

    def _filled(self, dense: Floats) -> Floats:
        return np.where(np.isfinite(dense), dense, GAP).astype(np.float32)

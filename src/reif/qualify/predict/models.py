"""Three models that err differently, blended and calibrated on rows that none of them has seen."""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, StratifiedShuffleSplit
from threadpoolctl import threadpool_limits

from reif.qualify.predict.encode import Encoded, Encoder, Floats, Rows
from reif.qualify.predict.table import Table

MANY, FEW_OUTCOMES = 8_000, 60
WORTH_THREADS = 4_000_000
"""Cells from which a second thread wins more than it costs: the threads of trees wait for each other by spinning."""
SEED = 20260901


class TooFewOutcomes(ValueError):
    """Not enough of either outcome to learn from."""


@dataclass
class Model:
    """Learned from past leads; `chance` says the probability of the outcome for each row."""

    encoder: Encoder = field(default_factory=Encoder)
    members: list[_Member] = field(default_factory=list)
    weights: Floats = field(default_factory=lambda: np.zeros(0))

    def fit(self, table: Table, outcome: Floats) -> Model:
        """outcome: 1 where it came true. Needs ten of each."""
        if min(outcome.sum(), len(outcome) - outcome.sum()) < 10:
            raise TooFewOutcomes("At least ten leads with the outcome and ten without are needed.")
        encoded = self.encoder.fit(table).encode(table)
        kinds = _members(len(outcome), int(min(outcome.sum(), len(outcome) - outcome.sum())))
        with threadpool_limits(1 if encoded.dense.size < WORTH_THREADS else None):
            unseen, truth = _unseen(kinds, encoded, outcome)
            self.weights = _blend(unseen, truth)
            self.members = [kind().fit(encoded, outcome) for kind in kinds]
        return self

    def chance(self, table: Table) -> Floats:
        """Between 0 and 1, one for each row."""
        encoded = self.encoder.encode(table)
        said = np.column_stack([_safe_logit(member.chance(encoded)) for member in self.members])
        return _mixed(self.weights, said)


class _Member(ABC):
    @abstractmethod
    def fit(self, encoded: Encoded, outcome: Floats) -> _Member:
        """Learn from the training rows."""

    @abstractmethod
    def chance(self, encoded: Encoded) -> Floats:
        """Between 0 and 1, one for each row."""


class _Linear(_Member):
    """Logistic regression with the strength of its penalty chosen on rows it has not seen."""

    def fit(self, encoded: Encoded, outcome: Floats) -> _Member:
        strengths = (0.02, 0.1, 0.5) if len(outcome) > 500 else (0.02, 0.1)
        learn, check = next(StratifiedShuffleSplit(1, test_size=0.25, random_state=SEED).split(outcome, outcome))
        losses = []
        for strength in strengths:
            model = self._learn(encoded.sparse[learn], outcome[learn], strength)
            losses.append(_loss(model.predict_proba(encoded.sparse[check])[:, 1], outcome[check]))
        self.model = self._learn(encoded.sparse, outcome, strengths[int(np.argmin(losses))])
        return self

    def _learn(self, rows: object, outcome: Floats, strength: float) -> LogisticRegression:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return LogisticRegression(C=strength, max_iter=300, tol=1e-3).fit(rows, outcome)

    def chance(self, encoded: Encoded) -> Floats:
        return np.asarray(self.model.predict_proba(encoded.sparse)[:, 1])


class _Boosted(_Member):
    """Gradient boosted trees, which find what depends on what; levels and gaps as they are."""

    def fit(self, encoded: Encoded, outcome: Floats) -> _Member:
        n = len(outcome)
        self.model = HistGradientBoostingClassifier(
            learning_rate=0.06 if n > 3000 else 0.04, max_iter=500, max_leaf_nodes=24 if n > 5000 else 10,
            min_samples_leaf=max(5, min(40, n // 150)), l2_regularization=5.0, max_features=0.5,
            categorical_features=encoded.levels, early_stopping=True, n_iter_no_change=20, validation_fraction=0.15,
            random_state=SEED,
        ).fit(encoded.dense, outcome)  # fmt: skip
        return self

    def chance(self, encoded: Encoded) -> Floats:
        return np.asarray(self.model.predict_proba(encoded.dense)[:, 1])


class _Forest(_Member):
    """Many shallow guesses at random, which keep their head when there is little to learn from."""

    def fit(self, encoded: Encoded, outcome: Floats) -> _Member:
        leaf = max(3, min(20, len(outcome) // 400))
        self.model = ExtraTreesClassifier(250, min_samples_leaf=leaf, max_features=0.4, random_state=SEED).fit(
            self._filled(encoded.dense), outcome
        )
        return self

    def chance(self, encoded: Encoded) -> Floats:
        return np.asarray(self.model.predict_proba(self._filled(encoded.dense))[:, 1])

    def _filled(self, dense: Floats) -> Floats:
        return np.where(np.isfinite(dense), dense, -1e6).astype(np.float32)


def _members(rows: int, rarer: int) -> list[type[_Member]]:
    """Few outcomes carry a simple model alone; very many rows need no forest."""
    if rarer < FEW_OUTCOMES:
        return [_Linear, _Forest]
    return [_Linear, _Boosted, _Forest] if rows <= 40_000 else [_Linear, _Boosted]


def _unseen(kinds: list[type[_Member]], encoded: Encoded, outcome: Floats) -> tuple[Floats, Floats]:
    """What each member says of rows it has not learned from, as logits, and what came true."""
    if len(outcome) > MANY:
        splits = StratifiedShuffleSplit(1, test_size=0.25, random_state=SEED).split(outcome, outcome)
    else:
        splits = StratifiedKFold(4, shuffle=True, random_state=SEED).split(outcome, outcome)
    said, truth = [], []
    for learn, check in splits:
        some, others = _rows(encoded, learn), _rows(encoded, check)
        members = [kind().fit(some, outcome[learn]) for kind in kinds]
        said.append(np.column_stack([_safe_logit(member.chance(others)) for member in members]))
        truth.append(outcome[check])
    return np.vstack(said), np.concatenate(truth)


def _rows(encoded: Encoded, which: Rows) -> Encoded:
    return Encoded(encoded.dense[which], encoded.levels, encoded.sparse[which])


def _blend(said: Floats, truth: Floats) -> Floats:
    """Shares of the members (softmax), a slope and a base: what fits the unseen rows best. This is the calibration too."""
    start = np.zeros(said.shape[1] + 2)

    def loss(point: Floats) -> float:
        ridge = 0.5 * float(np.sum(point[:-1] ** 2)) / len(truth)
        return _loss(_mixed(point, said), truth) + ridge

    return np.asarray(minimize(loss, start, method="L-BFGS-B").x)


def _mixed(point: Floats, said: Floats) -> Floats:
    shares = np.exp(point[:-2] - point[:-2].max())
    mixed = said @ (shares / shares.sum())
    return np.asarray(expit(np.exp(point[-2]) * mixed + point[-1]))


def _safe_logit(chance: Floats) -> Floats:
    return np.asarray(logit(np.clip(chance, 1e-4, 1 - 1e-4)))


def _loss(chance: Floats, truth: Floats) -> float:
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    return float(-np.mean(truth * np.log(sure) + (1 - truth) * np.log(1 - sure)))

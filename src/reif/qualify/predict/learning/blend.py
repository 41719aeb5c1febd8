"""Members that err differently, blended and calibrated on rows that none of them has seen: how every model here learns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit
from threadpoolctl import threadpool_limits

from reif.qualify.predict.learning.encoded import Encoded, Floats, Rows
from reif.qualify.predict.learning.folds import parts
from reif.qualify.predict.learning.loss import loss
from reif.qualify.predict.learning.members import SEED, Boosted, Forest, Hasty, Linear, Member
from reif.qualify.predict.learning.mix import mixed, safe_logit
from reif.qualify.predict.learning.rates import Rates
from reif.qualify.predict.learning.wordings import Wordings

FEW_OUTCOMES, INNER = 60, 4
FOREST = 1_500_000
"""Cells up to which a forest is worth its time: where there are many, it adds nothing to the other two."""
MANY = 50_000
"""Rows from which larger trees are grown."""
TEXTS = 500
"""Rows from which trees are told what words say; fewer know too little of them, and the linear model has them anyway."""
WORTH_THREADS = 4_000_000
"""Cells from which a second thread wins more than it costs: the threads of trees wait for each other by spinning."""

Kinds = list[type[Member]]


@dataclass
class Hindsight:
    """What levels and words told of the outcome, as further columns."""

    rates: Rates = field(default_factory=Rates)
    wordings: Wordings = field(default_factory=Wordings)

    def fit(self, encoded: Encoded, outcome: Floats, groups: Rows) -> Encoded:
        """Learn, and return the training rows with what the others told."""
        fold = parts(outcome, groups, 5, SEED + 2)
        rates = self.rates.fit(encoded.codes, outcome, fold)
        texts = encoded.texts if len(outcome) >= TEXTS else []
        return _wider(self._heard(encoded), rates, self.wordings.fit(texts, outcome, fold))

    def of(self, encoded: Encoded) -> Encoded:
        """Any rows."""
        words = self.wordings.of(encoded.texts if self.wordings.odds else [])
        return _wider(self._heard(encoded), self.rates.of(encoded.codes), words)

    def _heard(self, encoded: Encoded) -> Encoded:
        """Trees would learn the levels of a silent column by heart."""
        silent = [encoded.coded[n] for n in self.rates.silent]
        if not silent:
            return encoded
        dense = encoded.dense.copy()
        dense[:, silent] = 0.0
        return replace(encoded, dense=dense)


@dataclass
class Blend:
    """weights: a share of each member as a softmax, then the logarithm of a slope, and a base."""

    hindsight: Hindsight = field(default_factory=Hindsight)
    members: list[Member] = field(default_factory=list)
    weights: Floats = field(default_factory=lambda: np.zeros(0))

    def fit(self, encoded: Encoded, outcome: Floats, groups: Rows) -> Blend:
        """outcome: 1 where it came true. groups: rows with the same number are never on both sides of a division."""
        kinds = _members(encoded, int(min(outcome.sum(), len(outcome) - outcome.sum())))
        with _threads(encoded):
            unseen, truth, found = _unseen(kinds, encoded, outcome, groups)
            self.weights = _blend(unseen, truth)
            self.members = _taught(kinds, self.hindsight, encoded, outcome, groups, found)
        return self

    def again(self, encoded: Encoded, outcome: Floats, groups: Rows) -> Blend:
        """From more rows, with the same members, weights and whatever the members found out."""
        hindsight, found = Hindsight(), [member.found for member in self.members]
        with _threads(encoded):
            members = _taught([type(m) for m in self.members], hindsight, encoded, outcome, groups, found)
        return Blend(hindsight, members, self.weights)

    def chance(self, encoded: Encoded) -> Floats:
        """Between 0 and 1, one for each row."""
        return _chance(self.weights, _said(self.members, self.hindsight.of(encoded)))


def _threads(encoded: Encoded) -> threadpool_limits:
    return threadpool_limits(1 if encoded.dense.size < WORTH_THREADS else None)


def _members(encoded: Encoded, rarer: int) -> Kinds:
    """Few outcomes carry a simple model alone; very many rows need no forest."""
    if rarer < FEW_OUTCOMES:
        return [Linear, Forest]
    trees = Boosted if len(encoded.dense) < MANY else Hasty
    return [Linear, trees, Forest] if encoded.dense.size <= FOREST else [Linear, trees]


def _taught(
    kinds: Kinds, hindsight: Hindsight, encoded: Encoded, outcome: Floats, groups: Rows, found: list[float | None]
) -> list[Member]:
    told = hindsight.fit(encoded, outcome, groups)
    members = [kind() for kind in kinds]
    for member, known in zip(members, found, strict=True):
        member.found = known
        member.fit(told, outcome, groups)
    return members


def _unseen(kinds: Kinds, encoded: Encoded, outcome: Floats, groups: Rows) -> tuple[Floats, Floats, list[float | None]]:
    """What each member says of rows it has not learned from, as logits, what came true, and what members found out."""
    part, rows = parts(outcome, groups, INNER, SEED), len(outcome)
    said, truth, found = [], [], []
    for n in range(INNER if rows <= 2000 else 2 if rows <= 5000 else 1):
        learn, check, hindsight = np.flatnonzero(part != n), np.flatnonzero(part == n), Hindsight()
        members = _taught(kinds, hindsight, encoded.among(learn), outcome[learn], groups[learn], [None] * len(kinds))
        said.append(_said(members, hindsight.of(encoded.among(check))))
        truth.append(outcome[check])
        found.append([member.found for member in members])
    middle = [None if None in each else float(np.median(each)) for each in zip(*found, strict=True)]
    return np.vstack(said), np.concatenate(truth), middle


def _wider(encoded: Encoded, rates: Floats, words: Floats) -> Encoded:
    """With further columns; the linear model has the words already."""
    dense = [encoded.dense, *(one for one in (rates, words) if one.shape[1])]
    levels = [*encoded.levels, *[False] * (rates.shape[1] + words.shape[1])]
    linear = [encoded.sparse, sparse.csr_matrix(rates)] if rates.shape[1] else [encoded.sparse]
    return replace(encoded, dense=np.hstack(dense), levels=levels, sparse=sparse.hstack(linear, format="csr"))


def _said(members: list[Member], encoded: Encoded) -> Floats:
    return np.column_stack([safe_logit(member.chance(encoded)) for member in members])


def _blend(said: Floats, truth: Floats) -> Floats:
    """Shares of the members (softmax), a slope and a base: what fits the unseen rows best. This is the calibration too."""
    start = np.zeros(said.shape[1] + 2)

    def cost(point: Floats) -> float:
        return loss(_chance(point, said), truth) + 0.5 * float(np.sum(point[:-1] ** 2)) / len(truth)

    return np.asarray(minimize(cost, start, method="L-BFGS-B").x)


def _chance(weights: Floats, said: Floats) -> Floats:
    return np.asarray(expit(mixed(weights, said.T) + weights[-1]))

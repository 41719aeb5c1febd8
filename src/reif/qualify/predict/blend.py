"""Members that err differently, blended and calibrated on rows that none of them has seen: how every model here learns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit, logit
from threadpoolctl import threadpool_limits

from reif.qualify.predict.encoded import Encoded, Floats, Rows
from reif.qualify.predict.folds import parts
from reif.qualify.predict.loss import loss
from reif.qualify.predict.members import SEED, Boosted, Forest, Linear, Member
from reif.qualify.predict.rates import Rates

FEW_OUTCOMES, INNER = 60, 4
WORTH_THREADS = 4_000_000
"""Cells from which a second thread wins more than it costs: the threads of trees wait for each other by spinning."""


Kinds = list[type[Member]]


@dataclass
class Blend:
    """weights: a share of each member as a softmax, then the logarithm of a slope, and a base."""

    rates: Rates = field(default_factory=Rates)
    members: list[Member] = field(default_factory=list)
    weights: Floats = field(default_factory=lambda: np.zeros(0))

    def fit(self, encoded: Encoded, outcome: Floats, groups: Rows) -> Blend:
        """outcome: 1 where it came true. groups: rows with the same number are never on both sides of a division."""
        kinds = _members(len(outcome), int(min(outcome.sum(), len(outcome) - outcome.sum())))
        with _threads(encoded):
            unseen, truth, found = _unseen(kinds, encoded, outcome, groups)
            self.weights = _blend(unseen, truth)
            self.members = _taught(kinds, self.rates, encoded, outcome, groups, found)
        return self

    def again(self, encoded: Encoded, outcome: Floats, groups: Rows) -> Blend:
        """From more rows, with the same members, weights and whatever the members found out."""
        rates, found = Rates(), [member.found for member in self.members]
        with _threads(encoded):
            members = _taught([type(m) for m in self.members], rates, encoded, outcome, groups, found)
        return Blend(rates, members, self.weights)

    def chance(self, encoded: Encoded) -> Floats:
        """Between 0 and 1, one for each row."""
        return _mixed(self.weights, _said(self.members, _rated(encoded, self.rates.of(encoded.codes))))


def _threads(encoded: Encoded) -> threadpool_limits:
    return threadpool_limits(1 if encoded.dense.size < WORTH_THREADS else None)


def _members(rows: int, rarer: int) -> Kinds:
    """Few outcomes carry a simple model alone; very many rows need no forest."""
    if rarer < FEW_OUTCOMES:
        return [Linear, Forest]
    return [Linear, Boosted, Forest] if rows <= 40_000 else [Linear, Boosted]


def _taught(
    kinds: Kinds, rates: Rates, encoded: Encoded, outcome: Floats, groups: Rows, found: list[float | None]
) -> list[Member]:
    rated = _rated(encoded, rates.fit(encoded.codes, outcome, parts(outcome, groups, 5, SEED + 2)))
    members = [kind() for kind in kinds]
    for member, known in zip(members, found, strict=True):
        member.found = known
        member.fit(rated, outcome, groups)
    return members


def _unseen(kinds: Kinds, encoded: Encoded, outcome: Floats, groups: Rows) -> tuple[Floats, Floats, list[float | None]]:
    """What each member says of rows it has not learned from, as logits, what came true, and what members found out."""
    part, rows = parts(outcome, groups, INNER, SEED), len(outcome)
    said, truth, found = [], [], []
    for n in range(INNER if rows <= 2000 else 2 if rows <= 5000 else 1):
        learn, check, rates = np.flatnonzero(part != n), np.flatnonzero(part == n), Rates()
        members = _taught(kinds, rates, encoded.among(learn), outcome[learn], groups[learn], [None] * len(kinds))
        others = encoded.among(check)
        said.append(_said(members, _rated(others, rates.of(others.codes))))
        truth.append(outcome[check])
        found.append([member.found for member in members])
    middle = [None if None in each else float(np.median(each)) for each in zip(*found, strict=True)]
    return np.vstack(said), np.concatenate(truth), middle


def _rated(encoded: Encoded, rates: Floats) -> Encoded:
    """With the rates of levels as further columns."""
    if not rates.shape[1]:
        return encoded
    return replace(
        encoded, dense=np.hstack([encoded.dense, rates]), levels=[*encoded.levels, *[False] * rates.shape[1]],
        sparse=sparse.hstack([encoded.sparse, sparse.csr_matrix(rates)], format="csr"),
    )  # fmt: skip


def _said(members: list[Member], encoded: Encoded) -> Floats:
    return np.column_stack([_safe_logit(member.chance(encoded)) for member in members])


def _blend(said: Floats, truth: Floats) -> Floats:
    """Shares of the members (softmax), a slope and a base: what fits the unseen rows best. This is the calibration too."""
    start = np.zeros(said.shape[1] + 2)

    def cost(point: Floats) -> float:
        return loss(_mixed(point, said), truth) + 0.5 * float(np.sum(point[:-1] ** 2)) / len(truth)

    return np.asarray(minimize(cost, start, method="L-BFGS-B").x)


def _mixed(point: Floats, said: Floats) -> Floats:
    shares = np.exp(point[:-2] - point[:-2].max())
    mixed = said @ (shares / shares.sum())
    return np.asarray(expit(np.exp(point[-2]) * mixed + point[-1]))


def _safe_logit(chance: Floats) -> Floats:
    return np.asarray(logit(np.clip(chance, 1e-4, 1 - 1e-4)))

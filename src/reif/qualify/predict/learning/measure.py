"""How good are these chances? The usual figures, and none that flatters."""

from __future__ import annotations

import msgspec
import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from reif.qualify.predict.learning.encoded import Floats

TOP = 0.1


class Quality(msgspec.Struct, frozen=True):
    """auc: area under the ROC curve; auc_low to auc_high: where it lies in 19 of 20 such samples. average_precision: area
    under precision and recall; base_rate is what guessing gets. lift_10, precision_10: among the tenth with the highest
    chance. brier: mean squared error; brier_base: that of saying the base rate to everybody. calibration_error: mean
    distance of said and true in ten groups of equal size.
    """

    auc: float
    average_precision: float
    lift_10: float
    precision_10: float
    recall_10: float
    brier: float
    brier_base: float
    calibration_error: float
    log_loss: float
    base_rate: float
    rows: int
    positives: int
    auc_low: float = 0.0
    auc_high: float = 1.0


def quality(chance: Floats, truth: Floats) -> Quality:
    """chance: said; truth: 1 where it came true. Both outcomes must occur."""
    base = float(truth.mean())
    top = _top(chance, truth)
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    auc = float(roc_auc_score(truth, chance))
    low, high = _range(auc, float(truth.sum()), float(len(truth) - truth.sum()))
    return Quality(
        auc=auc, auc_low=low, auc_high=high, average_precision=float(average_precision_score(truth, chance)),
        lift_10=top / base, precision_10=top, recall_10=top * _many(truth) / float(truth.sum()),
        brier=float(np.mean((chance - truth) ** 2)), brier_base=base * (1 - base),
        calibration_error=_calibration(chance, truth),
        log_loss=float(-np.mean(truth * np.log(sure) + (1 - truth) * np.log(1 - sure))),
        base_rate=base, rows=len(truth), positives=int(truth.sum()),
    )  # fmt: skip


def _range(auc: float, having: float, lacking: float) -> tuple[float, float]:
    """Two standard errors either way. Source: Hanley and McNeil, Radiology 143 (1982)."""
    one, two = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    spread = auc * (1 - auc) + (having - 1) * (one - auc * auc) + (lacking - 1) * (two - auc * auc)
    error = 1.96 * float(np.sqrt(max(0.0, spread) / (having * lacking)))
    return max(0.0, auc - error), min(1.0, auc + error)


def _many(truth: Floats) -> int:
    return max(1, round(TOP * len(truth)))


def _top(chance: Floats, truth: Floats) -> float:
    """The share that came true in the top tenth; ties at its edge count by their mean, so that their order is nothing."""
    many = _many(truth)
    edge = np.sort(chance)[-many]
    above, at = chance > edge, chance == edge
    return float((truth[above].sum() + truth[at].mean() * (many - above.sum())) / many)


def _calibration(chance: Floats, truth: Floats) -> float:
    order = np.argsort(chance, kind="stable")
    groups = np.array_split(order, 10)
    return float(sum(len(g) * abs(chance[g].mean() - truth[g].mean()) for g in groups if len(g)) / len(truth))

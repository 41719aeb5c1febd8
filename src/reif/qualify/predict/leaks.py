"""Columns that look as if they were filled in afterwards: they predict the past perfectly, and the future not at all."""

from __future__ import annotations

import re
from collections import defaultdict

import msgspec
import numpy as np
from sklearn.metrics import roc_auc_score

from reif.qualify.predict.encode import Floats
from reif.qualify.predict.kinds import Kind, day_first, kind_of, moment, number
from reif.qualify.predict.table import Column, Table

FOLDS, GROUPS, SMOOTH = 5, 20, 5.0
SURE, HIGH, ODD = 0.95, 0.85, 0.72
AFTERWARDS = re.compile(
    r"(^|[\W_])(clos(e|ed|ing)|won|lost|loss|win|outcome|result|reason|status|stage|converted|conversion|convert|tags?|"
    r"duration|last|final|end(ed)?|contract|order(s|ed)?|revenue|amount|paid|payment|invoice|churn(ed)?|deal|opportunity|"
    r"quality|rating|disposition|follow[ _-]?up|gewonnen|verloren|abschluss|grund|vertrag|umsatz|status|stufe|dauer)([\W_]|$)",
    re.I,
)


class Suspect(msgspec.Struct, frozen=True):
    """A column with its evidence. auc: what it reaches alone, on rows that it has not seen. sure: drop it before use."""

    column: str
    auc: float
    evidence: list[str]
    sure: bool


def suspects(table: Table, truth: Floats, at: Floats | None = None) -> list[Suspect]:
    """The suspicious columns, the strongest first. at: when each lead was asked about, in days, to find later dates."""
    found = []
    kinds = {name: kind_of(column) for name, column in table.columns.items()}
    alone = {name: (_alone(column, kinds[name], truth), kinds[name]) for name, column in table.columns.items()}
    usual = float(np.quantile([auc for auc, _kind in alone.values()], 0.8)) if alone else 0.5
    for name, column in table.columns.items():
        auc, kind = alone[name]
        evidence = [*_perfect(column, truth), *_filled(column, truth), *_later(column, kind, at)]
        sure = bool(evidence) or auc >= SURE
        if auc >= SURE:
            evidence.append(f"It reaches an AUC of {auc:.3f} alone.")
        elif auc >= HIGH and auc > usual + 0.1:
            evidence.append(
                f"It reaches an AUC of {auc:.3f} alone, far more than four fifths of the columns ({usual:.2f})."
            )
        if auc >= ODD and AFTERWARDS.search(_spaced(name)):
            evidence.append(f"Its name sounds like something known only afterwards, and it reaches {auc:.3f} alone.")
        if kind is Kind.IDENTIFIER and auc >= 0.6:
            evidence.append("Its values are numbers of rows, and they go with the outcome: the file is sorted by it.")
        if evidence:
            found.append(Suspect(name, auc, evidence, sure))
    return sorted(found, key=lambda s: (not s.sure, -s.auc))


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def _alone(column: Column, kind: Kind, truth: Floats) -> float:
    """The AUC of the outcome's rate among alike values, each rate learned from the other rows."""
    groups = _groups(column, kind)
    fold = np.random.default_rng(7).permutation(len(truth)) % FOLDS
    hits = np.zeros((groups.max() + 1, FOLDS))
    many = np.zeros_like(hits)
    np.add.at(hits, (groups, fold), truth)
    np.add.at(many, (groups, fold), 1)
    base = truth.mean()
    others_hits, others = hits.sum(1, keepdims=True) - hits, many.sum(1, keepdims=True) - many
    rate = (others_hits + SMOOTH * base) / (others + SMOOTH)
    return float(roc_auc_score(truth, rate[groups, fold]))


def _groups(column: Column, kind: Kind) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The same number for alike values: levels as they are, ordered values in twenty parts; gaps are alike."""
    if kind in (Kind.NUMBER, Kind.DATE, Kind.IDENTIFIER):
        values = _ordered(column, kind)
        told = values[np.isfinite(values)]
        if told.size:
            edges = np.unique(np.quantile(told, np.linspace(0, 1, GROUPS + 1)[1:-1]))
            return np.where(np.isfinite(values), np.searchsorted(edges, np.nan_to_num(values), "right") + 1, 0)
    codes: dict[str | None, int] = defaultdict(lambda: len(codes))
    return np.array([codes[v] for v in column])


def _ordered(column: Column, kind: Kind) -> Floats:
    european = day_first(column) if kind is Kind.DATE else False
    say = (lambda v: moment(v, european)) if kind is Kind.DATE else number
    return np.array([np.nan if v is None or (x := say(v)) is None else x for v in column], dtype=float)


def _perfect(column: Column, truth: Floats) -> list[str]:
    """A value that stands for one outcome only, in many rows, where the outcome is not that common."""
    by: dict[str | None, list[float]] = defaultdict(list)
    for value, one in zip(column, truth, strict=True):
        by[value].append(one)
    base, evidence = float(truth.mean()), []
    for value, ones in sorted(by.items(), key=lambda item: -len(item[1]))[:200]:
        rate, covers = sum(ones) / len(ones), sum(ones) / max(1.0, float(truth.sum()))
        if rate >= 0.98 and base <= 0.7 and covers >= 0.2 and len(ones) >= 30:
            evidence.append(f"{_said(value)} means the outcome in {rate:.1%} of {len(ones)} rows (all: {base:.1%}).")
    return evidence[:3]


def _filled(column: Column, truth: Floats) -> list[str]:
    filled = np.array([v is not None for v in column], dtype=float)
    if not 0 < filled.mean() < 1:
        return []
    won, lost = filled[truth == 1].mean(), filled[truth == 0].mean()
    if abs(won - lost) >= 0.6:
        return [f"It is filled in {won:.0%} of the rows with the outcome and in {lost:.0%} of the others."]
    return []


def _later(column: Column, kind: Kind, at: Floats | None) -> list[str]:
    if at is None or kind is not Kind.DATE:
        return []
    days = _ordered(column, kind)
    both = np.isfinite(days) & np.isfinite(at)
    later = float((days[both] > at[both] + 1).mean()) if both.any() else 0.0
    return [f"In {later:.0%} of the rows its date lies after the moment of asking."] if later >= 0.02 else []


def _said(value: str | None) -> str:
    return "An empty cell" if value is None else f"“{value[:60]}”"

"""What one text tells by itself, and which of its words stand for one outcome nearly alone."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import roc_auc_score

from reif.qualify.predict.learning.encoded import Floats, Rows
from reif.qualify.predict.learning.wordings import Wordings
from reif.qualify.predict.tables.alone import Alone, Parts
from reif.qualify.predict.tables.cells import Cells

PURE, CHANCE, FEWEST, MOST_TEXTS = 0.95, 0.001, 8, 50_000
"""CHANCE: that some value of some column, or some word, is as pure by accident."""


def in_words(cells: Cells, truth: Floats, fold: Parts) -> Alone:
    """Three groups of rows: with words of the one outcome, with words of the other, and the rest."""
    auc = 0.5
    if cells.words is not None:
        auc = float(roc_auc_score(truth, Wordings().fit([cells.words], truth, fold)[:, 0]))
    rows = np.flatnonzero(cells.codes >= 0)
    rows = rows[:: max(1, len(rows) // MOST_TEXTS)]
    came = truth[rows]
    group, values = np.zeros(len(rows), dtype=int), list[str | None](["other words", "", ""])
    for n, (there, names) in enumerate(_pure(cells, rows, came), start=1):
        group[there & (group == 0)], values[n] = n, names
    return Alone(
        auc,
        values,
        np.bincount(group, came, 3).astype(np.float64),
        np.bincount(group, minlength=3).astype(np.float64),
        np.zeros(0),
    )


def by_chance(hits: Floats, many: Floats, base: float) -> Floats:
    """How likely so many hits are where each row hits with the chance `base`."""
    return np.where(hits > 0, betainc(np.maximum(hits, 1), np.maximum(many - hits, 0) + 1, base), 1.0)


def _pure(cells: Cells, rows: Rows, came: Floats) -> list[tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], str]]:
    """Which rows have a word of the one outcome, or of the other, and what words."""
    counter = CountVectorizer(binary=True, min_df=min(max(FEWEST, len(rows) // 500), max(1, len(rows))))
    try:
        seen = counter.fit_transform([cells.names[n] for n in cells.codes[rows]])
    except ValueError:  # no word is common enough
        return []
    words, many = counter.get_feature_names_out(), np.asarray(seen.sum(axis=0)).ravel().astype(float)
    found = []
    for truth in (came, 1 - came):
        hits = np.asarray(seen.T @ truth).ravel()
        sure = by_chance(hits, many, float(truth.mean())) * len(words) < CHANCE
        pure = np.flatnonzero(sure & (hits >= PURE * many))
        pure = pure[np.argsort(-many[pure], kind="stable")]
        found.append((np.asarray(seen[:, pure].sum(axis=1)).ravel() > 0, "”, “".join(words[pure[:3]])))
    return found

"""What the words of a text tell: of a training row told by the texts of the other rows, so that none sees its own end."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from reif.qualify.predict.learning.encoded import Codes, Floats

FIRM = 2.0
"""So much of every word is added on either side: what was written once says little."""


class Wordings:
    """One column of log odds for each text: by how much its words are commoner where the outcome came."""

    def fit(self, texts: list[sparse.csr_matrix], truth: Floats, fold: Codes) -> Floats:
        """Learn, and return what the training rows are told. fold: of each row, alike rows in the same one."""
        self.odds: list[Floats] = []
        out = np.zeros((len(truth), len(texts)))
        for n, words in enumerate(texts):
            folds = range(int(fold.max(initial=0)) + 1)
            won = [_sum(words[(fold == f) & (truth == 1)]) for f in folds]
            lost = [_sum(words[(fold == f) & (truth == 0)]) for f in folds]
            self.odds.append(_odds(np.sum(won, axis=0), np.sum(lost, axis=0)))
            for f in folds:
                odds = _odds(np.sum(won, axis=0) - won[f], np.sum(lost, axis=0) - lost[f])
                out[fold == f, n] = words[fold == f] @ odds
        return out

    def of(self, texts: list[sparse.csr_matrix]) -> Floats:
        """Of rows that were not learned from."""
        told = [words @ odds for words, odds in zip(texts, self.odds, strict=True)]
        return np.column_stack(told) if told else np.zeros((0, 0))


def _sum(words: sparse.csr_matrix) -> Floats:
    return np.asarray(words.sum(axis=0)).ravel()


def _odds(won: Floats, lost: Floats) -> Floats:
    return np.asarray(np.log((won + FIRM) / (won.sum() + FIRM)) - np.log((lost + FIRM) / (lost.sum() + FIRM)))

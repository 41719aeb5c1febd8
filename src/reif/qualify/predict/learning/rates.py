"""How often each of many levels came through: of a training row told by the other rows, so that none sees its own end."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from reif.qualify.predict.learning.encoded import Codes, Floats
from reif.qualify.predict.learning.loss import loss

FIRM = 12.0
"""So many rows of the mean are added to each level: what was seen twice says little."""
SELDOM = 50
"""Levels that are seen less often on the mean have to prove that they say something: a surname does not, a campaign may."""


class Rates:
    """One column of logits for each column of codes; 0 is the mean of all. silent: columns of codes that say nothing."""

    def fit(self, codes: Codes, truth: Floats, fold: Codes) -> Floats:
        """Learn, and return what the training rows are told. fold: of each row, alike rows in the same one."""
        self.base = float(np.clip(truth.mean(), 1e-3, 1 - 1e-3))
        self.told: list[Floats] = []
        self.silent: list[int] = []
        out, folds = np.zeros(codes.shape), int(fold.max(initial=0)) + 1
        for n in range(codes.shape[1]):
            level = codes[:, n] + 1
            width = int(level.max(initial=0)) + 1
            hits, many = np.zeros((width, folds)), np.zeros((width, folds))
            np.add.at(hits, (level, fold), truth)
            np.add.at(many, (level, fold), 1)
            every_hit, every = hits.sum(1), many.sum(1)
            self.told.append(self._logit(every_hit, every))
            out[:, n] = self._logit(every_hit[:, None] - hits, every[:, None] - many)[level, fold]
            if len(level) < SELDOM * width and self._says_nothing(out[:, n], truth):
                self.silent.append(n)
                self.told[n], out[:, n] = np.zeros(width), 0.0
        return out

    def _says_nothing(self, told: Floats, truth: Floats) -> bool:
        """What the other rows tell of a level is no better than the mean of all."""
        base = np.log(self.base / (1 - self.base))
        return loss(expit(base + told), truth) >= loss(np.full(len(truth), self.base), truth)

    def of(self, codes: Codes) -> Floats:
        """Of rows that were not learned from."""
        out = np.zeros(codes.shape)
        for n, told in enumerate(self.told):
            level = codes[:, n] + 1
            known = level < len(told)
            out[known, n] = told[level[known]]
        return out

    def _logit(self, hits: Floats, many: Floats) -> Floats:
        rate = (hits + FIRM * self.base) / (many + FIRM)
        return np.asarray(np.log(rate / (1 - rate)) - np.log(self.base / (1 - self.base)))

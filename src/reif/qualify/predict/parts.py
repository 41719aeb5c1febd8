"""One column as numbers, by its kind."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from reif.qualify.predict.dates import date_reader
from reif.qualify.predict.encoded import BINS, Codes, Encoded, Floats
from reif.qualify.predict.kinds import Kind, levels_of
from reif.qualify.predict.numerals import Say, number_reader
from reif.qualify.predict.table import Column

TREE_LEVELS, LINEAR_LEVELS = 250, 200
MANY_LEVELS, MOST_LEVELS = 12, 20_000
"""A column with more levels than the first is also told by how often each came through."""
TEXT_WIDTH = 2**11


class Part(ABC):
    """One column."""

    width = 1

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def fit(self, column: Column) -> Part:
        """Learn from the training rows."""

    @abstractmethod
    def encode(self, column: Column) -> Encoded:
        """Any rows, in both shapes."""


class Numbers(Part):
    """Scaled between its own extremes, a gap of its own, and steps so that the linear model can bend."""

    say: Say

    def fit(self, column: Column) -> Part:
        self.say = number_reader(column)
        self._scale(self.values(column))
        return self

    def encode(self, column: Column) -> Encoded:
        return self._encoded(self.values(column))

    def values(self, column: Column) -> Floats:
        """With NaN for gaps."""
        found = (None if v is None else self.say(v) for v in column)
        return np.array([np.nan if v is None else v for v in found], dtype=float)

    def _scale(self, values: Floats) -> None:
        told = values[np.isfinite(values)]
        self.low, self.high = (float(q) for q in np.quantile(told, (0.01, 0.99))) if told.size else (0.0, 0.0)
        clipped = np.clip(told, self.low, self.high)
        self.mean = float(clipped.mean()) if told.size else 0.0
        self.deviation = float(clipped.std() if told.size else 1.0) or 1.0
        distinct = np.unique(told)
        self.edges = (
            distinct if distinct.size <= BINS else np.unique(np.quantile(told, np.linspace(0, 1, BINS + 1)[1:-1]))
        )

    def _encoded(self, values: Floats) -> Encoded:
        gap = ~np.isfinite(values)
        scaled = (np.clip(values, self.low, self.high) - self.mean) / self.deviation
        scaled[gap] = 0
        steps = np.searchsorted(self.edges, np.where(gap, 0, values), side="right")
        told = np.flatnonzero(~gap)
        marks = sparse.csr_matrix((np.ones(told.size), (told, steps[told])), shape=(len(values), len(self.edges) + 1))
        linear = sparse.hstack([sparse.csr_matrix(np.column_stack([scaled, gap])), marks], format="csr")
        return Encoded(np.where(gap, np.nan, values)[:, None], [False], linear, _no_codes(values))


class Moments(Numbers):
    """Days, and the month, weekday and hour in which people live."""

    width = 4

    def fit(self, column: Column) -> Part:
        self.say = date_reader(column)
        self._scale(self.values(column))
        return self

    def encode(self, column: Column) -> Encoded:
        days = self.values(column)
        first = self._encoded(days)
        whole = np.floor(np.nan_to_num(days))
        month = whole.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
        around = np.column_stack([month, (whole + 3) % 7, np.floor((np.nan_to_num(days) % 1) * 24)]).astype(float)
        around[~np.isfinite(days)] = np.nan
        return Encoded(np.column_stack([first.dense, around]), [False] * 4, first.sparse, first.codes)


class Spans(Numbers):
    """Days between two dates."""

    def __init__(self, first: Moments, second: Moments) -> None:
        super().__init__(f"{first.name} → {second.name}")
        self.first, self.second = first, second

    def fit_two(self, first: Column, second: Column) -> Part:
        """Learn how far they usually lie apart."""
        self._scale(self.second.values(second) - self.first.values(first))
        return self

    def encode_two(self, first: Column, second: Column) -> Encoded:
        """Of any rows."""
        return self._encoded(self.second.values(second) - self.first.values(first))


class Levels(Part):
    """Codes by frequency for trees, a mark for each frequent level otherwise; rare ones share one."""

    width = 2

    def told(self, column: Column) -> Column:
        """What is compared."""
        return column

    def fit(self, column: Column) -> Part:
        told = self.told(column)
        least = 2 if len(told) < 1000 else 5
        self.levels = levels_of(told, TREE_LEVELS, least)
        self.all = levels_of(told, MOST_LEVELS, 2)
        counts = dict.fromkeys(self.levels, 0)
        for value in told:
            if value in counts:
                counts[value] += 1
        self.share = {level: n / max(1, len(told)) for level, n in counts.items()}
        return self

    def encode(self, column: Column) -> Encoded:
        told = self.told(column)
        rare = len(self.levels)
        codes = np.array([np.nan if v is None else self.levels.get(v, rare) for v in told], dtype=float)
        share = np.array([0.0 if v is None else self.share.get(v, 0.0) for v in told])
        width = min(rare, LINEAR_LEVELS) + 2
        marks = np.where(np.isnan(codes), width - 1, np.minimum(np.nan_to_num(codes), width - 2)).astype(int)
        linear = sparse.csr_matrix((np.ones(len(told)), (np.arange(len(told)), marks)), shape=(len(told), width))
        many = np.array([0 if v is None else self.all.get(v, -2) + 1 for v in told], dtype=np.int64)[:, None]
        dense = np.column_stack([codes, share])
        return Encoded(dense, [True, False], linear, many if len(self.all) > MANY_LEVELS else _no_codes(share))


class Domains(Levels):
    """Of an address, the part after the @."""

    def told(self, column: Column) -> Column:
        return [None if v is None else v.rpartition("@")[2].lower() for v in column]


class Texts(Part):
    """Words by their hash, and how much was written."""

    def fit(self, column: Column) -> Part:
        self.words = HashingVectorizer(n_features=TEXT_WIDTH, alternate_sign=False, norm="l2", ngram_range=(1, 2))
        return self

    def encode(self, column: Column) -> Encoded:
        length = np.array([np.nan if v is None else len(v) for v in column], dtype=float)
        gap = np.isnan(length)
        marks = sparse.csr_matrix(np.column_stack([gap, np.log1p(np.nan_to_num(length)) / 5]))
        linear = sparse.hstack([marks, self.words.transform(v or "" for v in column)], format="csr")
        return Encoded(length[:, None], [False], linear, _no_codes(length))


def _no_codes(values: Floats) -> Codes:
    return np.zeros((len(values), 0), dtype=np.int64)


PARTS: dict[Kind, type[Part]] = {
    Kind.NUMBER: Numbers, Kind.DATE: Moments, Kind.CATEGORY: Levels, Kind.ADDRESS: Domains, Kind.TEXT: Texts,
}  # fmt: skip

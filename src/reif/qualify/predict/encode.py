"""Columns as numbers, twice: dense with gaps for trees, sparse and scaled for the linear model. Learned from training rows only."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from reif.qualify.predict.kinds import Kind, day_first, kind_of, levels_of, moment, number
from reif.qualify.predict.table import Column, Table

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
TREE_LEVELS, LINEAR_LEVELS, BINS = 250, 200, 8
TEXT_WIDTH = 2**11


@dataclass
class Encoded:
    """dense: rows by features with NaN for gaps. levels: which dense features are codes. sparse: for the linear model."""

    dense: Floats
    levels: list[bool]
    sparse: sparse.csr_matrix


@dataclass
class Encoder:
    """Learns from `fit`, then says the same of any rows. kinds: what each column was taken for."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    _parts: list[_Part] = field(default_factory=list)

    def fit(self, table: Table) -> Encoder:
        """Decide on kinds, levels and scales."""
        for name, column in table.columns.items():
            self.kinds[name] = kind = kind_of(column)
            part = _PARTS.get(kind)
            if part is not None:
                self._parts.append(part(name).fit(column))
        return self

    def encode(self, table: Table) -> Encoded:
        """Rows in both shapes; columns that were not there in training are ignored, missing ones are gaps."""
        gaps: Column = [None] * table.height
        done = [part.encode(table.columns.get(part.name, gaps)) for part in self._parts]
        if not done:
            empty = np.zeros((table.height, 1))
            return Encoded(empty, [False], sparse.csr_matrix(empty))
        return Encoded(
            np.column_stack([one.dense for one in done]),
            [level for one in done for level in one.levels],
            sparse.hstack([one.sparse for one in done], format="csr"),
        )

    def names(self) -> list[str]:
        """The column behind each dense feature."""
        return [part.name for part in self._parts for _ in range(part.width)]


class _Part(ABC):
    """One column."""

    width = 1

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def fit(self, column: Column) -> _Part:
        """Learn from the training rows."""

    @abstractmethod
    def encode(self, column: Column) -> Encoded:
        """Any rows, in both shapes."""


class _Numbers(_Part):
    """Scaled between its own extremes, a gap of its own, and steps so that the linear model can bend."""

    def values(self, column: Column) -> Floats:
        found = (None if v is None else number(v) for v in column)
        return np.array([np.nan if v is None else v for v in found], dtype=float)

    def fit(self, column: Column) -> _Part:
        values = self.values(column)
        told = values[np.isfinite(values)]
        self.low = float(np.quantile(told, 0.01)) if told.size else 0.0
        self.high = float(np.quantile(told, 0.99)) if told.size else 0.0
        clipped = np.clip(told, self.low, self.high)
        self.mean = float(clipped.mean()) if told.size else 0.0
        self.deviation = float(clipped.std() if told.size else 1.0) or 1.0
        distinct = np.unique(told)
        edges = distinct if distinct.size <= BINS else np.unique(np.quantile(told, np.linspace(0, 1, BINS + 1)[1:-1]))
        self.edges = edges
        return self

    def encode(self, column: Column) -> Encoded:
        values = self.values(column)
        gap = ~np.isfinite(values)
        scaled = (np.clip(values, self.low, self.high) - self.mean) / self.deviation
        scaled[gap] = 0
        steps = np.searchsorted(self.edges, np.where(gap, 0, values), side="right")
        width = len(self.edges) + 1
        told = np.flatnonzero(~gap)
        marks = sparse.csr_matrix((np.ones(told.size), (told, steps[told])), shape=(len(values), width))
        linear = sparse.hstack([sparse.csr_matrix(np.column_stack([scaled, gap])), marks], format="csr")
        return Encoded(values[:, None], [False], linear)


class _Moments(_Numbers):
    """Days, and the month, weekday and hour in which people live."""

    width = 4

    def fit(self, column: Column) -> _Part:
        self.european = day_first(column)
        return super().fit(column)

    def values(self, column: Column) -> Floats:
        found = (None if v is None else moment(v, self.european) for v in column)
        return np.array([np.nan if v is None else v for v in found], dtype=float)

    def encode(self, column: Column) -> Encoded:
        days = self.values(column)
        first = super().encode(column)
        whole = np.floor(np.nan_to_num(days))
        month = whole.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
        around = np.column_stack([month, (whole + 3) % 7, np.floor((np.nan_to_num(days) % 1) * 24)]).astype(float)
        around[~np.isfinite(days)] = np.nan
        return Encoded(np.column_stack([first.dense, around]), [False] * 4, first.sparse)


class _Levels(_Part):
    """Codes by frequency for trees, a mark for each frequent level otherwise; rare ones share one."""

    width = 2

    def told(self, column: Column) -> Column:
        return column

    def fit(self, column: Column) -> _Part:
        told = self.told(column)
        least = 2 if len(told) < 1000 else 5
        self.levels = levels_of(told, TREE_LEVELS, least)
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
        return Encoded(np.column_stack([codes, share]), [True, False], linear)


class _Domains(_Levels):
    """Of an address, the part after the @."""

    def told(self, column: Column) -> Column:
        return [None if v is None else v.rpartition("@")[2].lower() for v in column]


class _Texts(_Part):
    """Words by their hash, and how much was written."""

    def fit(self, column: Column) -> _Part:
        self.words = HashingVectorizer(n_features=TEXT_WIDTH, alternate_sign=False, norm="l2", ngram_range=(1, 2))
        return self

    def encode(self, column: Column) -> Encoded:
        length = np.array([np.nan if v is None else len(v) for v in column], dtype=float)
        gap = np.isnan(length)
        marks = sparse.csr_matrix(np.column_stack([gap, np.log1p(np.nan_to_num(length)) / 5]))
        return Encoded(length[:, None], [False], sparse.hstack([marks, self.words.transform(v or "" for v in column)]))


_PARTS: dict[Kind, type[_Part]] = {
    Kind.NUMBER: _Numbers, Kind.DATE: _Moments, Kind.CATEGORY: _Levels, Kind.ADDRESS: _Domains, Kind.TEXT: _Texts,
}  # fmt: skip

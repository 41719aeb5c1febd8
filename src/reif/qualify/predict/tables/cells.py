"""A table as it is worked with: each column read once, as numbers, days, levels or words, and cut into parts by rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from reif.qualify.predict.learning.encoded import Codes, Floats, Rows
from reif.qualify.predict.tables.dates import date_reader
from reif.qualify.predict.tables.kinds import Kind, kind_of
from reif.qualify.predict.tables.numerals import number_reader
from reif.qualify.predict.tables.table import Column, Table

Marks = NDArray[np.bool_]
TEXT_WIDTH = 2**11
_ORDERED = (Kind.NUMBER, Kind.DATE, Kind.IDENTIFIER)
_PLAIN = re.compile(r"(?:-?\d{1,15}(?:\.\d{1,15})?\n)+")


@dataclass(frozen=True)
class Cells:
    """One column. there: what is no gap. values: numbers or days, NaN for gaps; empty where the kind has no order.

    codes: which of `names`, -1 for a gap; of numbers, only what is none. words: a text by the hashes of its words.
    """

    kind: Kind
    there: Marks
    values: Floats
    codes: Codes
    names: list[str]
    length: Floats | None = None
    words: sparse.csr_matrix | None = None

    def among(self, rows: Rows) -> Cells:
        """These rows, in this order."""
        return replace(
            self, there=self.there[rows], values=self.values[rows] if self.values.size else self.values, codes=self.codes[rows],
            length=None if self.length is None else self.length[rows], words=None if self.words is None else self.words[rows],
        )  # fmt: skip


class Reader(NamedTuple):
    """How a column is read, found out from its values: as what, and how it writes numbers or dates."""

    kind: Kind
    say: Callable[[str], float | None] | None = None

    def read(self, column: Column) -> Cells:
        """Any values of that column."""
        there = np.array([v is not None for v in column], dtype=bool)
        values = self._values(column, there) if self.say else np.zeros(0)
        plain = there if not self.say else there & ~np.isfinite(values)
        told = column if self.kind is not Kind.ADDRESS else [v and v.rpartition("@")[2].lower() for v in column]
        codes, names = _coded(told, plain)
        if self.kind is not Kind.TEXT:
            return Cells(self.kind, there, values, codes, names)
        length = np.array([np.nan if v is None else len(v) for v in column], dtype=float)
        hashes = HashingVectorizer(n_features=TEXT_WIDTH, alternate_sign=False, norm="l2", ngram_range=(1, 2))
        return Cells(self.kind, there, values, codes, names, length, hashes.transform(v or "" for v in column))

    def _values(self, column: Column, there: Marks) -> Floats:
        told = [v for v in column if v is not None]
        found = np.full(len(column), np.nan)
        if self.kind is not Kind.DATE and _PLAIN.fullmatch("\n".join([*told, ""])):
            found[there] = np.array(told, dtype=float)
        elif told and self.say:
            known = {v: x for v in set(told) if (x := self.say(v)) is not None}
            found[there] = [known.get(v, np.nan) for v in told]
        return found


@dataclass(frozen=True)
class Leads:
    """Columns by name, all of one length, and how each is read."""

    columns: dict[str, Cells]
    readers: dict[str, Reader]
    height: int

    def among(self, rows: Rows) -> Leads:
        """These rows, in this order."""
        return replace(
            self, columns={name: cells.among(rows) for name, cells in self.columns.items()}, height=len(rows)
        )

    def without(self, *names: str) -> Leads:
        """The same rows with fewer columns."""
        return replace(self, columns={name: cells for name, cells in self.columns.items() if name not in names})

    def kinds(self) -> dict[str, Kind]:
        """What each column was taken for."""
        return {name: cells.kind for name, cells in self.columns.items()}


def leads_of(table: Table | Leads, readers: dict[str, Reader] | None = None) -> Leads:
    """Read a table; readers: those of another one, so that both are read alike. What they do not know is left out."""
    if isinstance(table, Leads):
        return table
    known = readers if readers is not None else {name: reader_of(c, name) for name, c in table.columns.items()}
    columns = {name: known[name].read(column) for name, column in table.columns.items() if name in known}
    return Leads(columns, known, table.height)


def reader_of(column: Column, name: str = "") -> Reader:
    """From the values of a column."""
    kind = kind_of(column, name)
    if kind not in _ORDERED:
        return Reader(kind)
    return Reader(kind, date_reader(column) if kind is Kind.DATE else number_reader(column))


def gaps(reader: Reader, rows: int) -> Cells:
    """A column of which nothing is told."""
    return reader.read([None] * rows)


def _coded(told: Column, plain: Marks) -> tuple[Codes, list[str]]:
    index: dict[str, int] = {}
    codes = np.full(len(told), -1, dtype=np.int64)
    for row in np.flatnonzero(plain).tolist():
        codes[row] = index.setdefault(str(told[row]), len(index))
    return codes, list(index)

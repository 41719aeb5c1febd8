"""Rows of a table that are alike: they are one lead, as far as anybody can tell."""

from __future__ import annotations

import numpy as np

from reif.qualify.predict.learning.encoded import Floats, Rows
from reif.qualify.predict.tables.kinds import Kind
from reif.qualify.predict.tables.table import Table

MOST, FEW, GROUPS = 0.02, 10, 20
"""Where more than that share of the rows (and than FEW) are alike, columns are coarse, and being alike means nothing."""


def twins(table: Table, kinds: dict[str, Kind], truth: Floats) -> tuple[Rows, int]:
    """Groups of rows that are alike in all that is used, and how many rows have a twin. Numbers of rows are no difference."""
    used = [column for name, column in table.columns.items() if kinds[name] is not Kind.IDENTIFIER]
    every = list(table.columns.values())
    for columns in (used, [*every, [str(t) for t in truth]]):
        seen: dict[tuple[str | None, ...], int] = {}
        groups = np.array([seen.setdefault(row, len(seen)) for row in zip(*columns, strict=True)], dtype=np.intp)
        if len(groups) == 0:
            break
        sizes = np.bincount(groups)
        if len(sizes) >= GROUPS and sizes.max() <= max(FEW, MOST * len(groups)):
            return groups, int((sizes[groups] > 1).sum())
    return np.arange(table.height), 0

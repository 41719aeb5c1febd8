"""Rows of a table that are alike: they are one lead, as far as anybody can tell."""

from __future__ import annotations

import numpy as np

from reif.qualify.predict.learning.encoded import Floats, Rows
from reif.qualify.predict.tables.kinds import Kind
from reif.qualify.predict.tables.table import Column, Table

MOST, FEW, GROUPS = 0.02, 10, 20
"""Where more than that share of the rows (and than FEW) are alike, columns are coarse, and being alike means nothing."""


def twins(table: Table, kinds: dict[str, Kind], truth: Floats) -> tuple[Rows, int]:
    """Groups of rows that are alike in all that is used, and how many rows have a twin. Numbers of rows are no difference.

    Where rows that are alike ended differently, columns are coarse, and only rows that are alike in their numbers too are copies.
    """
    used = [column for name, column in table.columns.items() if kinds[name] is not Kind.IDENTIFIER]
    every = list(table.columns.values())
    tries: list[list[Column]] = [used, [*every, [str(t) for t in truth]]]
    for columns in tries if len(every) > len(used) else tries[:1]:
        seen: dict[tuple[str | None, ...], int] = {}
        groups = np.array([seen.setdefault(row, len(seen)) for row in zip(*columns, strict=True)], dtype=np.intp)
        if len(groups) == 0:
            break
        sizes = np.bincount(groups)
        few = len(sizes) >= GROUPS and sizes.max() <= max(FEW, MOST * len(groups))
        if few and _end_alike(
            np.bincount(groups, truth).astype(np.float64), sizes.astype(np.float64), float(truth.mean())
        ):
            return groups, int((sizes[groups] > 1).sum())
    return np.arange(table.height), 0


def _end_alike(came: Floats, sizes: Floats, base: float) -> bool:
    """Copies of a lead ended alike; leads that only look alike differ as often as any two, or half as often."""
    differ, pairs = float((came * (sizes - came)).sum()), float((sizes * (sizes - 1) / 2).sum())
    return differ <= 0.5 * 2 * base * (1 - base) * pairs

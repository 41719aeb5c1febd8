"""Divide rows so that each part has its share of the outcome, and rows that are alike are never in two parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reif.qualify.predict.kinds import Kind
from reif.qualify.predict.parts import Floats, Rows
from reif.qualify.predict.table import Table

MOST, FEW, GROUPS = 0.02, 10, 20
"""Where more than that share of the rows (and than FEW) are alike, columns are coarse, and being alike means nothing."""
Parts = NDArray[np.int64]


def parts(truth: Floats, groups: Rows, many: int, seed: int) -> Parts:
    """For each row the number of its part, from 0 on; rows of one group have the same."""
    firsts, place = np.unique(groups, return_inverse=True)
    came, size = np.bincount(place, truth), np.bincount(place)
    order = np.random.default_rng(seed).permutation(len(firsts))
    order = order[np.lexsort((-size[order], came[order] / size[order] < 0.5))]
    of_group = np.empty(len(firsts), dtype=np.int64)
    of_group[order] = np.arange(len(firsts)) % many
    return np.asarray(of_group[place])


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

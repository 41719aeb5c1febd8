"""What rows of a model are worth by age, and when that changes next, as a small table for a join."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reif.qualify.replay.sums import Slots
from reif.qualify.scoring.worth import fading_of, next_step, worth
from reif.qualify.ways import Model

if TYPE_CHECKING:
    import duckdb

DAY = 86_400_000_000  # microseconds


def worths(lake: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Makes `worths` of rule, age, slot, cents and next (an age), for every age up to the one at which nothing is left;
    and `lives` of rule and life: older rows are worth what they are worth then.
    """
    slots = Slots(model)
    names, lines, lives = slots.names(), [], []
    for n, rule in enumerate(model.rules):
        fading, slot = fading_of(rule), names.index(slots.of(rule.group, rule.axis, rule.points))
        life = fading.life or 0
        lives.append((n, life))
        for age in range(life + 1):
            lines.append((n, age, slot, worth(rule.points, fading, age), next_step(rule.points, fading, age) or -1))
    _table(lake, "worths", ("rule", "age", "slot", "cents", "next"), lines)
    _table(lake, "lives", ("rule", "life"), lives)


def _table(lake: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[tuple[int, ...]]) -> None:
    numbers = np.array(rows, dtype=np.int64).reshape(len(rows), len(columns))
    lake.register("block", {column: numbers[:, n].copy() for n, column in enumerate(columns)})
    lake.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM block")
    lake.unregister("block")

"""Past people at past moments, with what came of it within the days that are looked ahead."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.crm.models import STAGES, Person
from reif.lake.open import open_lake
from reif.qualify.predict.done import DAY, Asked, Ints, micros

AGES = (0.05, 2, 5, 10, 20, 40, 70, 110, 170, 260, 365)
"""Days after somebody became known at which one would have asked, each moved a little, differently for everybody."""
MOST, SEED = 100_000, 7
BEYOND = tuple(STAGES[STAGES.index("sql"):STAGES.index("other")])  # fmt: skip


class Examples(NamedTuple):
    """truth: 1 when it came true in time. Those whose time is not over are not here, nor those who had it already."""

    asked: Asked
    truth: NDArray[np.float64]

    def among(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Examples:
        """These rows."""
        return Examples(Asked(self.asked.people[rows], self.asked.at[rows]), self.truth[rows])

    @property
    def people_with(self) -> int:
        """How many people had the outcome."""
        return len(np.unique(self.asked.people[self.truth == 1]))

    @property
    def people_without(self) -> int:
        """How many never had it, as far as we looked."""
        return len(np.unique(self.asked.people)) - self.people_with


def examples(outcome: str, days: int, now: datetime, ages: int = len(AGES)) -> Examples:
    """In order of time, at most 100,000. ages: how many of AGES are asked about; 1 for the first contact alone."""
    people, created = _people()
    reached = first_reached(outcome)
    came = np.array([reached.get(person, np.iinfo(np.int64).max) for person in people.tolist()], dtype=np.int64)
    drift = np.random.default_rng(SEED).uniform(0.75, 1.25, size=(len(people), len(AGES)))
    at = created[:, None] + (np.array(AGES) * drift * DAY).astype(np.int64)[:, :ages]
    over = at + days * DAY <= micros(now)
    open_ = over & (at < came[:, None])
    row, column = np.nonzero(open_)
    truth = came[row] <= at[row, column] + days * DAY
    return _fewer(Examples(Asked(people[row], at[row, column]), truth.astype(float)))


def first_reached(outcome: str) -> dict[int, int]:
    """When each person first had the outcome, as the log says, in microseconds."""
    kind, topics = ("deal.won", ()) if outcome == "won" else ("person.staged", BEYOND)
    with open_lake() as lake:
        rows = lake.execute(
            'SELECT person, min(epoch_us("at")) FROM events WHERE kind = ? AND person IS NOT NULL'
            " AND (len(?::VARCHAR[]) = 0 OR topic IN (SELECT unnest(?::VARCHAR[]))) GROUP BY person",
            [kind, list(topics), list(topics)],
        ).fetchall()
    return dict(rows)


def _people() -> tuple[Ints, Ints]:
    rows = list(Person.objects.living().order_by("id").values_list("id", "created_at"))
    return np.array([r[0] for r in rows], dtype=np.int64), np.array([micros(r[1]) for r in rows], dtype=np.int64)


def _fewer(found: Examples) -> Examples:
    if len(found.truth) > MOST:
        kept = np.random.default_rng(SEED).choice(len(found.truth), MOST, replace=False)
        found = found.among(kept)
    return found.among(np.argsort(found.asked.at, kind="stable"))

"""How many people reached each stage in a period, how many of those went on later, and how fast."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from reif.analyse.benchmarks import BANDS, Band
from reif.kit.clock import now
from reif.rules.within import EVERYBODY, Within

STEPS = ("lead", "mql", "sql", "opportunity", "customer")
_COUNTS, _MEDIAN = ((Path(__file__).parent / f"{name}.sql").read_text("utf-8") for name in ("funnel", "median"))
_DAYS = {
    "postgresql": "EXTRACT(EPOCH FROM onward - at)::float / 86400",
    "sqlite": "julianday(onward) - julianday(at)",
}


class Step(NamedTuple):
    """One stage of a cohort. reached: people; went_on: how many of these reached the next stage later.

    days: median from this stage to the next, of those who went on. The last stage has nowhere to go.
    """

    stage: str
    reached: int = 0
    went_on: int = 0
    days: float | None = None

    @property
    def share(self) -> float | None:
        """How many of those who reached it went on, from 0 to 1."""
        return self.went_on / self.reached if self.reached and self.onward else None

    @property
    def onward(self) -> str:
        """The next stage."""
        place = STEPS.index(self.stage)
        return STEPS[place + 1] if place + 1 < len(STEPS) else ""

    @property
    def band(self) -> Band | None:
        """What published benchmarks call usual for the step after this stage."""
        return BANDS.get(self.stage)


@dataclass(frozen=True)
class Funnel:
    """The steps of everybody, and those of each source with its steps in the same order, the largest source first."""

    steps: list[Step]
    sources: list[tuple[str, list[Step]]]

    @property
    def widest(self) -> int:
        return max((step.reached for step in self.steps), default=0)


def funnel(since: datetime, until: datetime, seen_until: datetime | None = None, within: Within = EVERYBODY,
           medians: bool = True) -> Funnel:  # fmt: skip
    """The cohort of each stage: people who reached it for the first time in [since, until), followed to `seen_until`.

    within: of those who are in a segment now. One query, and one more for the medians.
    A younger cohort has had less time to go on; compare it with an older one that was followed for as long.
    """
    moment, whose = connection.ops.adapt_datetimefield_value, within.sql("person_id")
    asked: dict[str, Any] = {"since": moment(since), "until": moment(until), "seen_until": moment(seen_until or now())}
    asked |= within.asked
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(whose=whose), asked)
        rows = [_Row(STEPS[n - 1], *rest) for n, *rest in cursor.fetchall()]
        days: dict[str, float] = {}
        if medians and (sql := _medians(rows, whose)):
            cursor.execute(sql, asked)
            days = {STEPS[n - 1]: float(middle) for n, middle in cursor.fetchall() if middle is not None}
    by_source: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    sources = [(source, _steps(part, {})) for source, part in by_source.items()]
    return Funnel(_steps(rows, days), sorted(sources, key=lambda pair: [-step.reached for step in pair[1]]))


class _Row(NamedTuple):
    """One line of the answer."""

    stage: str
    source: str
    reached: int
    went_on: int


def _medians(rows: Iterable[_Row], whose: str) -> str:
    """The question for each stage from which somebody went on: how many there are says who stands in the middle."""
    went_on = Counter[str]()
    for row in rows:
        went_on[row.stage] += row.went_on
    days = _DAYS[connection.vendor]
    parts = [
        _MEDIAN.format(rung=STEPS.index(stage) + 1, days=days, whose=whose, middles=2 - n % 2, before=(n - 1) // 2)
        for stage, n in went_on.items()
        if n
    ]
    return " UNION ALL ".join(parts)


def _steps(rows: Iterable[_Row], days: dict[str, float]) -> list[Step]:
    parts: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        parts[row.stage].append(row)
    return [
        Step(stage, sum(row.reached for row in parts[stage]), sum(row.went_on for row in parts[stage]), days.get(stage))
        for stage in STEPS
    ]

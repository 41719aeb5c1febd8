"""What a back-test says: two replays side by side, in one frozen struct that a page, a command and a record share."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Week(Struct, frozen=True):
    """How many became MQL and SQL in the week that begins on `begins`, each as often as it happened, and lost it again."""

    begins: date
    mql: int
    sql: int
    mql_lost: int = 0
    sql_lost: int = 0


class Reached(Struct, frozen=True):
    """A stage against an outcome. reached: people who got the stage in the period; of them `right` had the outcome afterwards;
    all: people who had the outcome at all.
    """

    stage: str
    outcome: str
    reached: int
    right: int
    all: int

    @property
    def precision(self) -> float | None:
        return self.right / self.reached if self.reached else None

    @property
    def recall(self) -> float | None:
        return self.right / self.all if self.all else None


class Decile(Struct, frozen=True):
    """A tenth of the people by their highest score, the first the highest: points from `low` to `high`."""

    low: int
    high: int
    people: int
    hits: int
    lift: float


class Threshold(Struct, frozen=True):
    """From so many points on: hits and misses (tp, fp), and what would be passed over rightly and wrongly (tn, fn)."""

    points: int
    tp: int
    fp: int
    fn: int
    tn: int


class GradeLine(Struct, frozen=True):
    """People by the best grade they had. days: the median from that grade to the win; None when nobody won."""

    grade: str
    people: int
    accepted: int
    won: int
    days: float | None


class Replayed(Struct, frozen=True):
    """One model over the period. deciles and thresholds are for `accepted` and `won`; auc: how well the score tells.
    standing: by stage, who is there at the end and was not taken over.
    """

    weeks: tuple[Week, ...]
    reached: tuple[Reached, ...]
    deciles: dict[str, tuple[Decile, ...]]
    thresholds: dict[str, tuple[Threshold, ...]]
    auc: dict[str, float | None]
    grades: tuple[GradeLine, ...]
    standing: dict[str, int] = {}

    def total(self, stage: str) -> int:
        """How often a stage was given in the period; with `_lost`, how often it was lost."""
        return sum(getattr(week, stage) for week in self.weeks)

    def of(self, stage: str, outcome: str) -> Reached:
        return next(r for r in self.reached if (r.stage, r.outcome) == (stage, outcome))


class Change(Struct, frozen=True):
    """Who would get a stage with the draft and does not now (enter), and the other way round. First ids; counts of all."""

    stage: str
    enter: int
    leave: int
    entering: tuple[int, ...]
    leaving: tuple[int, ...]


class Capacity(Struct, frozen=True):
    """What sellers can take a week: so many of them, with so many places, each taken for so many days."""

    sellers: int
    places: int
    days: float
    measured: bool

    @property
    def week(self) -> int:
        return round(self.places * 7 / self.days) if self.days else 0


class Comparison(Struct, frozen=True):
    """A draft beside what is in force, from `since` to before `until`. really: what happened. seconds: what it took.

    same: the draft says the same about scoring and stages as what is in force. revision: that one.
    """

    since: date
    until: date
    people: int
    events: int
    accepted: int
    won: int
    capacity: Capacity
    current: Replayed
    draft: Replayed
    really: tuple[Week, ...]
    changes: tuple[Change, ...]
    model: str = ""
    revision: int = 0
    same: bool = False
    seconds: float = 0.0

    def change(self, stage: str) -> Change:
        return next(c for c in self.changes if c.stage == stage)

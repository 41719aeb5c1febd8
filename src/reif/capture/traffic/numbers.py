"""Visits, views and people of a period. Who agreed to be recognised has visits; of who agreed to being counted alone,
arrivals are known: pages that were opened from somewhere else. The two are never added up without saying so.

Of a segment, the visits and views of its people alone: counts have nobody in them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from reif.capture.models import DailyCount, Visit
from reif.log.models import Event
from reif.rules.did import matching
from reif.rules.predicates import Did
from reif.rules.within import EVERYBODY, Within
from reif.staff.period import Period

MOST = 10
APART = ("machine", "staff", "spam")
_STAYS = {"entries": "entry", "exits": "exit", "campaigns": "campaign"}
_BOTH = {"sources": "source", "countries": "country", "devices": "device"}
Rows = list[tuple[str, int]]


@dataclass(frozen=True)
class Totals:
    """people: browsers that agreed to be recognised. arrivals: of the others. seconds, pages: of a visit on average."""

    people: int = 0
    visits: int = 0
    arrivals: int = 0
    views: int = 0
    views_counted: int = 0
    seconds: float | None = None
    pages: float | None = None
    bounced: int = 0

    @property
    def came(self) -> int:
        """Visits and arrivals together."""
        return self.visits + self.arrivals

    @property
    def bounce(self) -> float | None:
        """Visits of one page alone, from 0 to 1."""
        return self.bounced / self.visits if self.visits else None


@dataclass
class Traffic:
    """Everything on the page. days: visits, arrivals, views by day, each as long as the period."""

    totals: Totals
    days: list[date] = field(default_factory=list)
    series: dict[str, list[int]] = field(default_factory=dict)
    lists: dict[str, Rows] = field(default_factory=dict)
    apart: list[tuple[str, int, Rows]] = field(default_factory=list)
    consents: Rows = field(default_factory=list)


def totals(period: Period, within: Within = EVERYBODY) -> Totals:
    """In two questions; of a segment, whose views are those within visits, in one."""
    who = "visitor__person" if within.key else "visitor"
    stays = _visits(period, within).aggregate(
        bounced=Count("id", filter=Q(pages__lte=1)), people=Count(who, distinct=True), visits=Count("id"),
        seconds_=Avg("seconds"), pages_=Avg("pages"), views_=Sum("pages"),
    )  # fmt: skip
    stays = {name.rstrip("_"): value for name, value in stays.items()}
    seen = stays.pop("views") or 0
    if within.key:
        return Totals(**stays, views=seen)
    counts = _counts(period, "view").aggregate(
        views=Sum("number"), views_counted=Sum("number", filter=Q(level="aggregate")),
        arrivals=Sum("number", filter=Q(level="aggregate") & ~Q(source="")),
    )  # fmt: skip
    return Totals(**stays, **{name: n or 0 for name, n in counts.items()})


def traffic(period: Period, within: Within = EVERYBODY) -> Traffic:
    """All of a period, in a fixed number of questions."""
    days = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
    found = Traffic(totals(period, within), days, _series(period, days, within))
    found.lists = {
        "pages": _looked_at(period, within) if within.key else _counted(period, "path"),
        **{name: _stays(period, column, within) for name, column in _STAYS.items()},
        **{name: _both(period, column, within) for name, column in _BOTH.items()},
    }
    if within.key:
        return found
    found.apart = [_apart(period, kind) for kind in APART]
    chosen = _counts(period, "consent").order_by().values_list("path").annotate(n=Sum("number"))
    found.consents = [(level, n) for level in ("personal", "aggregate", "none") for key, n in chosen if key == level]
    return found


def _visits(period: Period, within: Within) -> QuerySet[Visit]:
    return Visit.objects.filter(within.browsers("visitor"), started_at__gte=period.since, started_at__lt=period.until)


def _counts(period: Period, kind: str) -> QuerySet[DailyCount]:
    return DailyCount.objects.filter(kind=kind, day__gte=period.first, day__lte=period.last)


def _series(period: Period, days: list[date], within: Within) -> dict[str, list[int]]:
    """By day of a visit's beginning, and of a view; the views of a segment with the visit that they were in."""
    who = "visitor__person" if within.key else "visitor"
    stays = _visits(period, within).annotate(day=TruncDate("started_at")).order_by().values_list("day")
    numbers = stays.annotate(v=Count("id"), p=Count(who, distinct=True), seen=Sum("pages"))
    by_day = {day: (visits, people, seen) for day, visits, people, seen in numbers}
    stayed = [by_day.get(day, (0, 0, 0)) for day in days]
    found = {"visits": [visits for visits, _p, _s in stayed], "people": [people for _v, people, _s in stayed]}
    if within.key:
        return found | {"arrivals": [0] * len(days), "views": [seen for _v, _p, seen in stayed]}
    views = dict(_counts(period, "view").order_by().values_list("day").annotate(n=Sum("number")))
    arrivals = _counts(period, "view").filter(level="aggregate").exclude(source="")
    came = dict(arrivals.order_by().values_list("day").annotate(n=Sum("number")))
    return found | {"arrivals": [came.get(day, 0) for day in days], "views": [views.get(day, 0) for day in days]}


def _looked_at(period: Period, within: Within) -> Rows:
    """Pages by the views of known people, from the log."""
    seen = Event.objects.filter(within.deeds(), matching(Did("page.viewed")), at__gte=period.since, at__lt=period.until)
    rows = seen.order_by().values_list("topic").annotate(n=Count("id")).order_by("-n", "topic")
    return list(rows[:MOST])


def _stays(period: Period, column: str, within: Within) -> Rows:
    rows = _visits(period, within).exclude(**{column: ""}).order_by().values_list(column).annotate(n=Count("id"))
    return list(rows.order_by("-n", column)[:MOST])


def _counted(period: Period, column: str) -> Rows:
    rows = _counts(period, "view").order_by().values_list(column).annotate(n=Sum("number"))
    return list(rows.order_by("-n", column)[:MOST])


def _both(period: Period, column: str, within: Within) -> Rows:
    """Visits, and arrivals of those who are only counted, by the same column."""
    sums: dict[str, int] = defaultdict(int)
    stays: Any = _visits(period, within).order_by().values_list(column).annotate(n=Count("id"))
    arrivals: Any = _counts(period, "view").filter(level="aggregate").exclude(source="").order_by()
    for rows in (stays, () if within.key else arrivals.values_list(column).annotate(n=Sum("number"))):
        for key, n in rows:
            sums[key] += n
    return sorted(sums.items(), key=lambda row: (-row[1], row[0]))[:MOST]


def _apart(period: Period, kind: str) -> tuple[str, int, Rows]:
    """A kind, how many pages they looked at, and what gave most of them away."""
    rows = list(
        _counts(period, kind).order_by().values_list("source").annotate(n=Sum("number")).order_by("-n", "source")
    )
    return kind, sum(n for _why, n in rows), rows[:3]

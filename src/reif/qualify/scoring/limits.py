"""How often a rule may still give points, for a batch of people: read once, then kept while points are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q

from reif.log.among import among
from reif.qualify.models import Point
from reif.qualify.ways import Model, Rule

Wish = tuple[int, Rule, date]


class Limits:
    """Counts by person and rule, on each day and in each period, in one build of the ledger."""

    def __init__(self, model: Model, build: int, wishes: Sequence[Wish]) -> None:
        self._model, self._build = model, build
        self._in_period: dict[tuple[int, str, object], int] = defaultdict(int)
        self._on_day: dict[tuple[int, str, date], int] = defaultdict(int)
        self._rules = {rule.key: rule for rule in model.rules if is_limited(rule)}
        self._read([w for w in wishes if w[1].key in self._rules])

    def allow(self, person: int, rule: Rule, day: date) -> bool:
        """Whether the rule may give its points now; counted when it may."""
        if rule.key not in self._rules:
            return True
        period = period_of(rule, day)
        if rule.per_day is not None and self._on_day[person, rule.key, day] >= rule.per_day:
            return False
        if rule.most is not None and self._in_period[person, rule.key, period] >= rule.most:
            return False
        self._on_day[person, rule.key, day] += 1
        self._in_period[person, rule.key, period] += 1
        return True

    def _read(self, wishes: Sequence[Wish]) -> None:
        if not wishes:
            return
        people = {person for person, _rule, _day in wishes}
        of_all = {rule.key for _person, rule, _day in wishes if _needs_all(rule)}
        of_days = {rule.key for _person, rule, _day in wishes if not _needs_all(rule)}
        days = {day for _person, rule, day in wishes if not _needs_all(rule)}
        counted = Q(rule__in=of_all) | Q(rule__in=of_days, day__in=days)
        rows = Point.objects.filter(counted, among("person", people), model=self._model.key, build=self._build)
        for person, key, day, count in rows.values_list("person_id", "rule", "day").annotate(n=Count("id")):
            self._on_day[person, key, day] += count
            self._in_period[person, key, period_of(self._rules[key], day)] += count


def is_limited(rule: Rule) -> bool:
    """Whether there is anything to count."""
    return rule.most is not None or rule.per_day is not None


def period_of(rule: Rule, day: date) -> object:
    """The period of a day in which a rule's times are counted: the day, the ISO week, the month, or always."""
    match rule.per:
        case "day":
            return day
        case "week":
            return day.isocalendar()[:2]
        case "month":
            return day.year, day.month
    return None


def _needs_all(rule: Rule) -> bool:
    """Rows of other days count too."""
    return rule.most is not None and rule.per != "day"

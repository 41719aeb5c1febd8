"""What the caps leave of a rule's points, for a batch of people: read once, then kept while points are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from reif.qualify.among import among
from reif.qualify.models import Point
from reif.qualify.ways import Model, Rule

Wish = tuple[int, Rule, date]


class Caps:
    """Counts by person and rule, ever and by day, and points up by person and group."""

    def __init__(self, model: Model, wishes: Sequence[Wish]) -> None:
        self._model = model
        self._caps = {group.key: group.cap for group in model.groups}
        self._capped = {r.key for r in model.rules if _limited(r) or r.group in self._caps}
        self._ever: dict[tuple[int, str], int] = defaultdict(int)
        self._on_day: dict[tuple[int, str, date], int] = defaultdict(int)
        self._up: dict[tuple[int, str], int] = defaultdict(int)
        self._read([w for w in wishes if w[1].key in self._capped])

    def grant(self, person: int, rule: Rule, day: date) -> tuple[int, str]:
        """The points that this rule gives now, counted as given, and a note when a group's cap cut them."""
        if rule.key not in self._capped:
            return rule.points, ""
        if rule.most is not None and self._ever[person, rule.key] >= rule.most:
            return 0, ""
        if rule.per_day is not None and self._on_day[person, rule.key, day] >= rule.per_day:
            return 0, ""
        points = self._under_ceiling(person, rule)
        if points:
            self._ever[person, rule.key] += 1
            self._on_day[person, rule.key, day] += 1
            self._up[person, rule.group] += max(points, 0)
        return points, "" if points == rule.points else f"cap {rule.group}: {points} of {rule.points}"

    def _under_ceiling(self, person: int, rule: Rule) -> int:
        if rule.group not in self._caps or rule.points <= 0:
            return rule.points
        return max(0, min(rule.points, self._caps[rule.group] - self._up[person, rule.group]))

    def _read(self, wishes: Sequence[Wish]) -> None:
        if not wishes:
            return
        people = {person for person, _rule, _day in wishes}
        groups = {rule.key: rule.group for rule in self._model.rules}
        for person, rule, day, count, up in self._given(people, wishes):
            self._ever[person, rule] += count
            self._on_day[person, rule, day] += count
            self._up[person, groups[rule]] += up

    def _given(self, people: set[int], wishes: Sequence[Wish]) -> QuerySet[Point, tuple[int, str, date, int, int]]:
        """Rows that count against the caps: all of rules and groups with a total, of the days asked for by others."""
        asked = {rule.key: rule for _person, rule, _day in wishes}
        grouped = {r.group for r in asked.values() if r.group in self._caps}
        ever = {k for k, r in asked.items() if r.most is not None}
        ever |= {r.key for r in self._model.rules if r.group in grouped}
        days = {day for _person, rule, day in wishes if rule.key not in ever}
        counted = Q(rule__in=ever) | Q(rule__in=set(asked) - ever, day__in=days)
        rows = Point.objects.filter(counted, among("person", people), model=self._model.key)
        return rows.values_list("person_id", "rule", "day").annotate(n=Count("id"), up=Sum(Greatest(F("points"), 0)))


def _limited(rule: Rule) -> bool:
    return rule.most is not None or rule.per_day is not None

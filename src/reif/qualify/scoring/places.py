"""Where people stand at a moment: what their rows are worth now, less what ceilings take, with the grade.

Nothing is added up over time, so nothing can drift: the ledger is read, and every row is worth what its age says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, Sum
from django.db.models.functions import Greatest

from reif.crm.models import Standing
from reif.crm.set_score import Place
from reif.log.among import among
from reif.qualify.models import Axis, Point
from reif.qualify.scoring.engine import Engine
from reif.qualify.scoring.grades import grade_of
from reif.qualify.scoring.in_force import Reckoning
from reif.qualify.scoring.worth import DAY, age, next_step, whole, worth

Whom = tuple[int, str]
"""A person in a model."""


class Before(NamedTuple):
    """Where somebody stood."""

    score: int = 0
    fit: int = 0
    engagement: int = 0
    grade: str = ""
    excluded: str = ""


class Purse:
    """What one person's rows in one model come to."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.cents: dict[str, int] = defaultdict(int)
        self.up: dict[str, int] = defaultdict(int)
        self.due: datetime | None = None

    def add(self, rule: str, cents: int, up: int) -> None:
        """up: the part above nought, which counts against ceilings."""
        self.cents[self.engine.axes.get(rule, Axis.ENGAGEMENT)] += cents
        if group := self.engine.groups.get(rule):
            self.up[group] += up

    def wait(self, moment: datetime) -> None:
        self.due = moment if self.due is None else min(self.due, moment)

    def place(self, whom: Whom, grade: str, excluded: str) -> Place:
        cents, taken = dict(self.cents), over(self.engine, self.up) if self.up else {}
        for group, too_much in taken.items():
            cents[self.engine.group_axes[group]] -= too_much
        fit, engagement = cents.get(Axis.FIT, 0), cents.get(Axis.ENGAGEMENT, 0)
        if excluded:
            return Place(*whom, fit, engagement, sum(taken.values()), excluded=excluded, due=self.due)
        grade = grade_of(self.engine.model.grades, fit, engagement, grade)
        whole_points = (whole(fit + engagement), whole(fit), whole(engagement))
        return Place(*whom, fit, engagement, sum(taken.values()), *whole_points, grade, due=self.due)


def over(engine: Engine, up: Mapping[str, int]) -> dict[str, int]:
    """By group, the cents that its ceiling takes of those above nought."""
    return {group: up[group] - cap for group, cap in engine.caps.items() if up.get(group, 0) > cap}


def places(r: Reckoning, whom: Iterable[Whom], moment: datetime, before: Mapping[Whom, Before]) -> list[Place]:
    """Where these stand, in a fixed number of queries. before: of each, for the grade so far and who is left out."""
    known = {engine.model.key: engine for engine in r.engines}
    sums: dict[Whom, Purse] = {w: Purse(known[w[1]]) for w in whom if w[1] in known}
    people = {person for person, _model in sums}
    engines = [known[key] for key in {model for _person, model in sums}]
    for person, model, rule, cents, up in _steady(r, engines, people):
        if found := sums.get((person, model)):
            found.add(rule, cents, up)
    for person, model, rule, points, given_at in _fading(r, engines, people, moment):
        if found := sums.get((person, model)):
            fading, days = found.engine.fading[rule], age(given_at, moment)
            cents = worth(points, fading, days)
            found.add(rule, cents, max(cents, 0))
            if (step := next_step(points, fading, days)) is not None:
                found.wait(given_at + step * DAY)
    none = Before()
    return [purse.place(w, (b := before.get(w, none)).grade, b.excluded) for w, purse in sums.items()]


def stood(r: Reckoning, people: Iterable[int]) -> dict[Whom, Before]:
    """Where these people stand so far, in every model. One query."""
    rows = Standing.objects.filter(among("person", people), build=r.number)
    columns = rows.values_list("person_id", "model", *Before._fields)
    return {(person, model): Before(*rest) for person, model, *rest in columns}


def _steady(r: Reckoning, engines: list[Engine], people: set[int]) -> Iterator[tuple[int, str, str, int, int]]:
    """Sums of rows that never fade: person, model, rule, cents, cents above nought."""
    chosen = Q(pk__in=())
    for engine in engines:
        fading = [rule for rule, fading in engine.fading.items() if fading.life is not None]
        chosen |= Q(model=engine.model.key) & (~Q(rule__in=fading) if fading else Q())
    rows = Point.objects.filter(chosen, among("person", people), build=r.number).order_by()
    grouped = rows.values_list("person_id", "model", "rule").annotate(n=Sum("points"), up=Sum(Greatest("points", 0)))
    for person, model, rule, points, up in grouped:
        yield person, model, rule, points * 100, up * 100


def _fading(
    r: Reckoning, engines: list[Engine], people: set[int], moment: datetime
) -> Iterator[tuple[int, str, str, int, datetime]]:
    """Rows that fade and may still be worth something."""
    chosen, any_ = Q(pk__in=()), False
    for engine in engines:
        fading = [rule for rule, fading in engine.fading.items() if fading.life is not None]
        if fading:
            alive = moment - timedelta(days=engine.fade_after)
            chosen, any_ = chosen | Q(model=engine.model.key, rule__in=fading, given_at__gt=alive), True
    if any_:
        rows = Point.objects.filter(chosen, among("person", people), build=r.number).order_by()
        yield from rows.values_list("person_id", "model", "rule", "points", "given_at")

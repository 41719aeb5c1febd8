"""Why somebody has this score: what each rule gave, and what is left of it now. The lines add up, to the cent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from reif.crm.models import Person
from reif.kit.clock import now
from reif.qualify.models import Axis, Point
from reif.qualify.scoring.in_force import live
from reif.qualify.scoring.places import over
from reif.qualify.scoring.worth import age, whole, worth
from reif.qualify.ways import Model, words_of

CAP = "cap"


@dataclass(frozen=True)
class Explained:
    """What one rule has given a person: `count` rows, `given` points together, worth `cents` now; the last at `last_at`.

    event: what earned the last of them. A ceiling's line has no event, and takes away.
    """

    rule: str
    words: str
    axis: str
    cents: int
    given: int = 0
    count: int = 0
    last_at: datetime | None = None
    event: int = 0
    sort: str = ""

    @property
    def is_fit(self) -> bool:
        return self.axis == Axis.FIT

    @property
    def is_cap(self) -> bool:
        return self.sort == CAP

    @property
    def points(self) -> int:
        """Whole points, for sentences."""
        return whole(self.cents)

    @property
    def faded(self) -> bool:
        """Whether it is worth less than was given."""
        return not self.is_cap and self.cents != self.given * 100


def explain_score(person: Person, language: str = "", model: str = "", at: datetime | None = None) -> list[Explained]:
    """The lines by rule, the most first, then what ceilings take. They add up to the score; three queries."""
    r = live()
    engine = r.engine(model or r.main)
    if engine is None:
        return []
    language, moment = language or get_language() or "de", at or now()
    rows = Point.objects.filter(person=person, build=r.number, model=engine.model.key).order_by("id")
    found: dict[str, list[tuple[int, int, datetime, int]]] = defaultdict(list)
    for rule, points, given_at, event in rows.values_list("rule", "points", "given_at", "event_id"):
        if rule in engine.fading:
            cents = worth(points, engine.fading[rule], age(given_at, moment))
            found[rule].append((points, cents, given_at, event))
    words = {rule.key: words_of(rule, language) for rule in engine.model.rules}
    words |= {one.key: words_of(one, language) for one in engine.model.fit}
    lines = [_line(rule, words[rule], engine.axes[rule], given) for rule, given in found.items()]
    lines.sort(key=lambda line: (-abs(line.cents), line.rule))
    return lines + _caps(engine.model, engine.group_axes, over(engine, _up(engine.groups, found)), language)


def _line(rule: str, words: str, axis: str, given: list[tuple[int, int, datetime, int]]) -> Explained:
    _points, _cents, last_at, event = max(given, key=lambda row: (row[2], row[3]))
    total, left = sum(row[0] for row in given), sum(row[1] for row in given)
    return Explained(rule, words, axis, left, total, len(given), last_at, event)


def _up(groups: dict[str, str], found: dict[str, list[tuple[int, int, datetime, int]]]) -> dict[str, int]:
    up: dict[str, int] = defaultdict(int)
    for rule, given in found.items():
        if group := groups.get(rule):
            up[group] += sum(max(row[1], 0) for row in given)
    return up


def _caps(model: Model, axes: dict[str, str], taken: dict[str, int], language: str) -> list[Explained]:
    words = {group.key: words_of(group, language) for group in model.groups}
    return [Explained(group, words[group], axes[group], -cents, sort=CAP) for group, cents in taken.items()]

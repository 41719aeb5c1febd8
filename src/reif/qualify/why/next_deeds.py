"""What would give somebody the points that are lacking: rules that can still give, with how much, the shortest way first.

Ceilings, limits and conditions count: what a rule cannot give this person any more, or never could, is not offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.crm.models import Person, Standing
from reif.kit.clock import now
from reif.qualify.models import Axis, Point
from reif.qualify.scoring.engine import Engine, local_day
from reif.qualify.scoring.in_force import live
from reif.qualify.scoring.limits import period_of
from reif.qualify.scoring.worth import age, worth
from reif.qualify.ways import Fit, Rule, words_of
from reif.rules.fields import SCORES
from reif.rules.memory import reader
from reif.rules.predicates import Did, Is, Predicate, leaves
from reif.rules.record import Record, records
from reif.rules.words import say

ONE, SHOWN, TIMES = 100, 3, 20


Given = tuple[str, int, datetime, date]
"""A row of the ledger: rule, points, when and on which day."""


class Gap(NamedTuple):
    """Cents that are lacking in a model, on an axis; on any for the score."""

    model: str
    axis: str
    cents: int


class Chance(NamedTuple):
    """A rule that can still give: so many cents each time, and that often at most."""

    rule: Rule | Fit
    cents: int
    times: int


def next_deeds(person: Person, open_leaves: Iterable[Predicate], language: str) -> tuple[str, ...]:
    """Sentences for the leaves about scores that do not hold; nothing when there are none. Four queries at most a model."""
    found: list[str] = []
    for gap in _gaps(person, open_leaves):
        engine = live().engine(gap.model)
        if engine is not None:
            found += _told(gap, _chances(person, engine, gap.axis), language)
    return tuple(dict.fromkeys(found))


def _gaps(person: Person, open_leaves: Iterable[Predicate]) -> list[Gap]:
    asked = [leaf for leaf in open_leaves if isinstance(leaf, Is) and leaf.field.partition(".")[0] in SCORES]
    found: dict[Gap, None] = {}
    for leaf in asked:
        column, _dot, model = leaf.field.partition(".")
        model = model or live().main
        place = Standing.objects.counting().filter(person=person, model=model).first() or Standing(model=model)
        if not place.excluded:
            found |= dict.fromkeys(g for g in _lacking(leaf, column, place) if g.cents > 0)
    return list(found)


def _lacking(leaf: Is, column: str, place: Standing) -> list[Gap]:
    """What a leaf needs that the place does not have; nothing for what is not a matter of more points."""
    if column == "grade":
        engine = live().engine(place.model)
        grades = engine.model.grades if engine else None
        if grades is None or leaf.op not in (">=", "is") or len(str(leaf.value)) != 2:
            return []
        letter, digit = "ABCD".find(str(leaf.value)[0]), "1234".find(str(leaf.value)[1])
        wants = (
            (Axis.FIT, grades.fit, letter, place.fit_cents),
            (Axis.ENGAGEMENT, grades.engagement, digit, place.engagement_cents),
        )
        return [
            Gap(place.model, axis.value, steps[n] * ONE - cents)
            for axis, steps, n, cents in wants
            if 0 <= n < len(steps)
        ]
    if leaf.op not in (">=", ">", "is") or not isinstance(leaf.value, int | float):
        return []
    wanted = int(leaf.value * ONE) - ONE // 2 + (ONE if leaf.op == ">" else 0)  # points are rounded half up
    has = {"fit": place.fit_cents, "engagement": place.engagement_cents}.get(
        column, place.fit_cents + place.engagement_cents
    )
    return [Gap(place.model, "" if column == "score" else column, wanted - has)]


def _chances(person: Person, engine: Engine, axis: str) -> list[Chance]:
    """The rules of an axis, or of both, that can still give this person anything, the most first."""
    moment = now()
    rows = Point.objects.filter(person=person, build=live().number, model=engine.model.key)
    given = list(rows.values_list("rule", "points", "given_at", "day"))
    room, has = _room(engine, given, moment), {rule for rule, *_rest in given}
    parts: list[Rule | Fit] = [*engine.model.rules, *engine.model.fit]
    asked = [rule.when for rule in parts if rule.when is not None]
    record = records([person.pk], *asked).get(person.pk) if asked else None
    found = []
    for rule in parts:
        on = Axis.FIT.value if isinstance(rule, Fit) else rule.axis
        cents = min(rule.points * ONE, room.get(rule.group, rule.points * ONE))
        if cents <= 0 or (axis and on != axis) or not _possible(rule, record, moment, has):
            continue
        if times := _times(rule, given, moment):
            found.append(Chance(rule, cents, min(times, max(1, room.get(rule.group, cents * times) // cents))))
    return sorted(found, key=lambda c: -c.cents)


def _room(engine: Engine, given: Sequence[Given], moment: datetime) -> dict[str, int]:
    """By group, the cents below its ceiling."""
    room = dict(engine.caps)
    for rule, points, given_at, _day in given:
        if (group := engine.groups.get(rule, "")) in room:
            room[group] -= max(0, worth(points, engine.fading[rule], age(given_at, moment)))
    return room


def _possible(rule: Rule | Fit, record: Record | None, moment: datetime, has: set[str]) -> bool:
    """A rule of behaviour for people like this one; a fit rule when what it asks for is not known yet."""
    if isinstance(rule, Rule):
        return rule.when is None or (record is not None and reader(rule.when)(record, moment))
    if record is None or rule.key in has:
        return False
    asked = [leaf for leaf in leaves(rule.when) if isinstance(leaf, Is)]
    return any(record.values[leaf.field] is None for leaf in asked) and not any(
        isinstance(x, Did) for x in leaves(rule.when)
    )


def _times(rule: Rule | Fit, given: Sequence[Given], moment: datetime) -> int:
    """How often it may still give, in the period that runs."""
    if isinstance(rule, Fit):
        return 1
    if rule.most is None:
        return TIMES
    today = local_day(moment)
    period = period_of(rule, today)
    used = sum(1 for key, _p, _at, day in given if key == rule.key and period_of(rule, day) == period)
    return max(0, rule.most - used)


def _told(gap: Gap, chances: list[Chance], language: str) -> list[str]:
    points = -(-gap.cents // ONE)
    enough = [c for c in reversed(chances) if c.cents >= gap.cents]
    if enough:
        return [_("%(what)s would be enough.") % {"what": _named(c, 1, language)} for c in enough[:SHOWN]]
    way, left = [], gap.cents
    for chance in chances:
        if left <= 0:
            break
        times = min(chance.times, -(-left // chance.cents))
        way.append(_named(chance, times, language))
        left -= times * chance.cents
    if left > 0:
        most = (gap.cents - left) // ONE
        sentence = ngettext("%(points)s point is lacking, and the rules can give at most %(most)s more now.",
                            "%(points)s points are lacking, and the rules can give at most %(most)s more now.", points)  # fmt: skip
        return [sentence % {"points": points, "most": most}]
    return [_("Together these would be enough: %(what)s.") % {"what": "; ".join(way)}]


def _named(chance: Chance, times: int, language: str) -> str:
    """“Price page” (+10); twice is 2 × “Price page” (+10 each)."""
    rule, points = chance.rule, chance.cents // ONE
    words = words_of(rule, language)
    if isinstance(rule, Fit):
        return _("To know that “%(what)s” (+%(points)s)") % {"what": words if words != rule.key else say(rule.when, language), "points": points}  # fmt: skip
    if times > 1:
        return _("%(times)s × “%(what)s” (+%(points)s each)") % {"times": times, "what": words, "points": points}
    return _("“%(what)s” (+%(points)s)") % {"what": words, "points": points}

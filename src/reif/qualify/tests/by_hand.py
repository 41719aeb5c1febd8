"""Scoring done by hand, one row after the other: slow, and obviously what the playbook says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from reif.qualify.ways import Model, Rule
from reif.rules.memory import reader
from reif.rules.predicates import Did, Predicate, leaves
from reif.rules.record import Record, belongs

ZONE = ZoneInfo("Europe/Zurich")


class Deed(NamedTuple):
    """Something that a known person did: known since the event `known`, at the moment `known_at`."""

    person: int
    id: int
    kind: str
    topic: str
    at: datetime
    known: int
    known_at: datetime


class Earned(NamedTuple):
    """A row of the ledger."""

    person: int
    rule: str
    event: int
    at: datetime


def rows(model: Model, deeds: Sequence[Deed], people: dict[int, Record]) -> list[Earned]:
    """What was earned, in the order of deeds."""
    counts: dict[object, int] = defaultdict(int)
    earned = []
    for deed in sorted(deeds, key=lambda d: (d.known, d.id)):
        for rule in model.rules:
            if not _hears(rule, deed) or (rule.when and not holds(rule.when, deed.person, deeds, people, deed.at)):
                continue
            day = deed.at.astimezone(ZONE).date()
            if rule.per_day is not None:
                counts[deed.person, rule.key, "day", day] += 1
                if counts[deed.person, rule.key, "day", day] > rule.per_day:
                    continue
            if rule.most is not None:
                period = {"ever": 0, "day": day, "week": day.isocalendar()[:2], "month": (day.year, day.month)}[
                    rule.per
                ]
                counts[deed.person, rule.key, "period", period] += 1
                if counts[deed.person, rule.key, "period", period] > rule.most:
                    continue
            earned.append(Earned(deed.person, rule.key, deed.id, deed.at))
    return earned


def _hears(rule: Rule, deed: Deed) -> bool:
    return deed.kind in rule.kinds and any(belongs((deed.kind, t), deed.kind, deed.topic) for t in rule.topics)


def holds(predicate: Predicate, person: int, deeds: Sequence[Deed], people: dict[int, Record], at: datetime) -> bool:
    """As of a moment, with the values that are known now."""
    keys = {(leaf.kind, leaf.topic) for leaf in leaves(predicate) if isinstance(leaf, Did)}
    record = Record(person, people[person].values, {key: [] for key in keys}, {})
    for deed in deeds:
        if deed.person == person:
            record.saw(deed.kind, deed.topic, deed.at)
    return reader(predicate)(record, at)


def cents(rule: Rule, at: datetime, moment: datetime) -> int:
    """What a row is worth at a moment."""
    age = max(0, (moment - at) // timedelta(hours=24))
    whole, sign = abs(rule.points) * 100, 1 if rule.points > 0 else -1
    if rule.expires is not None and age >= rule.expires:
        return 0
    if rule.decay and rule.decay.linear:
        return sign * (whole * max(0, rule.decay.linear - age) // rule.decay.linear)
    if rule.decay and rule.decay.half_life:
        half = rule.decay.half_life
        factor = round(1_000_000 * 2 ** (-age / half)) if age < 7 * half else 0
        return sign * (whole * factor // 1_000_000)
    return sign * whole


def sums(
    model: Model, deeds: Sequence[Deed], people: dict[int, Record], moment: datetime
) -> dict[int, tuple[int, int, int, int | None]]:
    """fit, engagement, cap in cents, and the place of the reason for exclusion, by person."""
    rules = {rule.key: rule for rule in model.rules}
    by_id = {deed.id: deed for deed in deeds}
    found = {}
    for person in people:
        axis: dict[str, int] = defaultdict(int)
        group: dict[tuple[str, str], int] = defaultdict(int)
        given = [
            (rule.axis, rule.group, cents(rule, row.at, moment))
            for row in rows(model, deeds, people)
            if row.person == person and max(row.at, by_id[row.event].known_at) <= moment
            for rule in [rules[row.rule]]
        ]
        given += [("fit", f.group, f.points * 100) for f in model.fit if holds(f.when, person, deeds, people, moment)]
        for name, of, worth in given:
            axis[name] += worth
            if of and worth > 0:
                group[name, of] += worth
        caps = {g.key: g.cap * 100 for g in model.groups}
        cut = {key: max(0, total - caps[key[1]]) for key, total in group.items()}
        for (name, _of), over in cut.items():
            axis[name] -= over
        out = [n for n, one in enumerate(model.exclude) if holds(one.when, person, deeds, people, moment)]
        found[person] = (axis["fit"], axis["engagement"], sum(cut.values()), out[0] if out else None)
    return found

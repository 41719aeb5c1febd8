"""Points for who people are, taken back when it is not so any more or was forgotten; and who is left out of a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from datetime import datetime
from typing import Any, NamedTuple

from reif.crm.models import Person
from reif.log.among import among
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft
from reif.log.event import Event
from reif.log.fact import kind_of
from reif.qualify.models import Point
from reif.qualify.scoring.engine import Engine
from reif.qualify.scoring.in_force import Reckoning
from reif.qualify.scoring.ledger import Row
from reif.qualify.scoring.places import Whom
from reif.rules.record import Record, records

IMPORTED = kind_of(PersonImported)
SEGMENTED = frozenset({kind_of(SegmentEntered), kind_of(SegmentLeft)})
Because = dict[int, tuple[int, datetime]]
"""By person, the event that made something known, and when."""


class Change(NamedTuple):
    """Rows to enter and to strike, and by person and model who is left out by what now."""

    rows: list[Row]
    strike: list[Point]
    left_out: dict[Whom, str]


def corrections(r: Reckoning, because: Because) -> Change:
    """What makes these people's rows of fit rules those of who they are now."""
    change = Change([], [], {})
    asked = [when for engine in r.engines for when in engine.profile]
    if not asked or not because:
        return change
    people = records(because, *asked)
    kept = _kept(r, people, change.strike)
    for engine in r.engines:
        for person, record in people.items():
            event, at = because[person]
            change.left_out[person, engine.model.key] = engine.left_out(record, at)
            change.rows.extend(_new(r, engine, record, event, at, kept, change.strike))
    change.strike.extend(row for rows in kept.values() for row in rows.values())
    return change


def tells_something(event: Event[Any], segments: Container[str] = ()) -> bool:
    """False for a row of a file that brought nothing new about somebody, and for a segment that nobody asks for."""
    if event.kind in SEGMENTED:
        return event.topic in segments
    return event.kind != IMPORTED or bool(event.fact.created or event.fact.fields or event.fact.joined)


def whom(events: list[Event[Any]]) -> dict[int, Event[Any]]:
    """The people these events say something about, each with the last of them; a company's are all its people."""
    concerned = {e.person: e for e in events if e.person}
    companies = {e.company: e for e in events if e.company and not e.person}
    staff = Person.objects.filter(company__in=companies).values_list("id", "company_id") if companies else ()
    for person, company in staff:
        told = companies[company]
        if person not in concerned or concerned[person].id < told.id:
            concerned[person] = told
    return concerned


def _new(
    r: Reckoning, engine: Engine, record: Record, event: int, at: datetime, kept: Kept, strike: list[Point]
) -> list[Row]:
    rows, mine = [], kept[record.id, engine.model.key]
    for rule, points in engine.worth(record, at).items():
        row = mine.pop(rule, None)
        if row is not None and row.points == points:
            continue
        if row is not None:
            strike.append(row)
        rows.append(engine.fit_row(record.id, rule, points, event, at, r.number))
    return rows


Kept = dict[Whom, dict[str, Point]]


def _kept(r: Reckoning, people: dict[int, Record], strike: list[Point]) -> Kept:
    """The rows of fit rules that these people have, by rule; of two for one rule, the older is to go."""
    rules = {rule.key for engine in r.engines for rule in engine.model.fit}
    rows = Point.objects.filter(among("person", people), build=r.number, axis="fit", rule__in=rules).order_by("id")
    kept: Kept = defaultdict(dict)
    for row in rows:
        engine = r.engine(row.model)
        if engine is None or not any(one.key == row.rule for one in engine.model.fit):
            continue
        mine = kept[row.person_id, row.model]
        if before := mine.get(row.rule):
            strike.append(before)
        mine[row.rule] = row
    return kept

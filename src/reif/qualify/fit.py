"""Give points for who people are, and take them back when it is not so any more, or when it was forgotten.

Hears person.created, person.changed, person.imported, person.erased, company.joined, company.changed. Says person.scored.
"""

from __future__ import annotations

from typing import Any

from reif.crm.models import Person
from reif.log.catalogue.imports import PersonImported
from reif.log.event import Event
from reif.log.fact import kind_of
from reif.qualify.book import Change, book
from reif.qualify.engine import Engine, engine
from reif.qualify.ledger import Row
from reif.qualify.models import Point
from reif.rules.record import records

IMPORTED = kind_of(PersonImported)


def refit(events: list[Event[Any]]) -> None:
    """Afterwards these people's rows of fit rules are those of who they are now."""
    book(corrections(events))


def corrections(events: list[Event[Any]]) -> Change:
    """The rows to enter and to strike."""
    ready = engine()
    if not ready.fit:
        return Change()
    because = whom([e for e in events if tells_something(e)])
    people = records(because, *(rule.when for rule in ready.model.fit))
    kept, strike = _standing(ready, people)
    rows: list[Row] = []
    for person, record in people.items():
        event = because[person]
        for rule, points in ready.worth(record, event.at).items():
            row = kept.pop((person, rule), None)
            if row is not None and row.points == points:
                continue
            if row is not None:
                strike.append(row)
            rows.append(ready.fit_row(person, rule, points, event.id, event.at))
    strike += kept.values()
    return Change(rows, strike, {row.person_id: because[row.person_id].id for row in strike})


def tells_something(event: Event[Any]) -> bool:
    """False for a row of a file that brought nothing new about somebody."""
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


def _standing(ready: Engine, people: dict[int, Any]) -> tuple[dict[tuple[int, str], Point], list[Point]]:
    """The rows of fit rules that these people have; of two for one rule, the older is to go."""
    rules = [rule.key for rule in ready.model.fit]
    rows = Point.objects.filter(person__in=people, model=ready.model.key, rule__in=rules).order_by("id")
    kept: dict[tuple[int, str], Point] = {}
    twice = []
    for row in rows:
        if before := kept.get((row.person_id, row.rule)):
            twice.append(before)
        kept[row.person_id, row.rule] = row
    return kept, twice

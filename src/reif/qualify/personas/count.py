"""Keep count of who is like whom and how far they came: the board reads a few hundred rows, however many people there are.

Hears what makes people known, their stages and their personas, and looks at what they are now: whatever order events come in,
and how often, the counts are right after the last one. What each counts for is kept, and taken back when it is another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from reif.crm.models import Person, StageSpell
from reif.crm.sourced import RUNGS
from reif.log.among import among
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.people import PersonChanged, PersonCreated, PersonErased, PersonStaged
from reif.log.catalogue.qualification import PersonaAssigned
from reif.log.event import Event
from reif.qualify.models import Counted, Crowd

HEARD = (PersonCreated, PersonChanged, PersonImported, PersonErased, PersonStaged, PersonaAssigned)
STEPS = {2: "mql", 3: "sql", 4: "opportunity", 5: "customer"}
ALL = 0
"""The rung of everybody, by what is lacking for a persona: nothing, a title, one that is understood, one that fits."""
FITS, NO_TITLE, STRANGE, OTHER = range(4)
PIECE, TEN_DAYS = 5000, 100
_ADD = """INSERT INTO qualify_crowd (persona, rung, tenths, people) VALUES (%s, %s, %s, %s)
ON CONFLICT (persona, rung, tenths) DO UPDATE SET people = qualify_crowd.people + excluded.people"""
Known = tuple[str, str, str, str, datetime]
"""Persona, job title, department, level, since when somebody is known."""


def keep_count(events: Iterable[Event[Any]]) -> None:
    """Those whom these events are about count for what they are now."""
    people = sorted({e.person for e in events if e.person})
    for start in range(0, len(people), PIECE):
        _recount(people[start : start + PIECE])


def empty_counts() -> None:
    """Nobody counts for anything."""
    Counted.objects.all().delete()
    Crowd.objects.all().delete()


def _recount(people: list[int]) -> None:
    before = {row.person_id: row for row in Counted.objects.filter(among("person", people))}
    after = _counted(people)
    gone = [row for person, row in before.items() if _told(row) != _told(after.get(person))]
    come = [row for person, row in after.items() if _told(row) != _told(before.get(person))]
    Counted.objects.filter(among("person", [row.person_id for row in gone])).delete()
    Counted.objects.bulk_create(come, batch_size=2000)
    _add(come, gone)


def _counted(people: list[int]) -> dict[int, Counted]:
    told = ("id", "persona", "job_title", "department", "level", "created_at")
    living = Person.objects.living().filter(among("id", people)).order_by().values_list(*told)
    spells = StageSpell.objects.filter(among("person", people)).exclude(stage="lead").order_by()
    reached: dict[int, dict[int, datetime]] = {}
    for person, stage, at in spells.values_list("person_id", "stage", "entered_at"):
        first = reached.setdefault(person, {})
        for rung in range(2, RUNGS.get(stage, 0) + 1):
            first[rung] = min(at, first.get(rung, at))
    return {person: _row(person, known, reached.get(person, {})) for person, *known in living}


def _row(person: int, known: Any, reached: dict[int, datetime]) -> Counted:
    persona, title, department, level, since = known
    lack = FITS if persona else NO_TITLE if not title else OTHER if department or level else STRANGE
    steps = {STEPS[rung]: _tenths((at - since).total_seconds() / 86_400) for rung, at in reached.items()}
    return Counted(person_id=person, persona=persona, lack=lack, **steps)


def _tenths(days: float) -> int:
    """As a page tells it: half a day up to ten days, whole ones from there on."""
    tenths = max(0, round(10 * days))
    return tenths if tenths < TEN_DAYS else 10 * round(days)


def _told(row: Counted | None) -> tuple[Any, ...]:
    return () if row is None else (row.persona, row.lack, *(getattr(row, step) for step in STEPS.values()))


def _add(come: list[Counted], gone: list[Counted]) -> None:
    """In one order for everybody, so that no two wait for each other."""
    sums: Counter[tuple[str, int, int]] = Counter()
    for rows, sign in ((come, 1), (gone, -1)):
        for row in rows:
            sums[row.persona, ALL, row.lack] += sign
            for rung, step in STEPS.items():
                if (tenths := getattr(row, step)) is not None:
                    sums[row.persona, rung, tenths] += sign
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, [(*key, n) for key, n in sorted(sums.items()) if n])

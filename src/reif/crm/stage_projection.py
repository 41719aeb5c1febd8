"""Build stages again from the log: what `move_stage` wrote, read back from what it said."""

from __future__ import annotations

from typing import Any

from reif.crm.models import Person, Reached, Sourced, StageSpell
from reif.crm.reached import reach
from reif.crm.sourced import climb
from reif.log.event import Event
from reif.log.rewrite import rewrite


def drop_stages() -> None:
    """Forget every stage and every stay."""
    StageSpell.objects.all().delete()
    Reached.objects.all().delete()
    Sourced.objects.update(rung=0)
    Person.objects.update(stage="", stage_at=None)


def stages_from(events: list[Event[Any]]) -> None:
    """Replay person.staged: close the open stay, begin the next, add up earlier stays."""
    people = {p.id: p for p in Person.objects.filter(id__in={e.person for e in events})}
    open_spells = {s.person_id: s for s in StageSpell.objects.filter(person__in=people, left_at=None)}
    spent = _spent(set(people))
    made: list[StageSpell] = []
    closed: list[StageSpell] = []
    for event in (e for e in events if e.person in people):
        person = people[event.person]
        before = open_spells.get(person.id)
        if before:
            before.left_at = max(event.at, before.entered_at)
            stay = int((before.left_at - before.entered_at).total_seconds())
            spent[person.id, before.stage] = spent.get((person.id, before.stage), 0) + stay
            if before.pk:
                closed.append(before)
        spell = StageSpell(
            person_id=person.id, stage=event.topic, came_from=event.fact.came_from, entered_at=event.at,
            reason=event.fact.reason[:64], recycled=event.fact.recycled,
            earlier_seconds=spent.get((person.id, event.topic), 0),
        )  # fmt: skip
        made.append(spell)
        open_spells[person.id] = spell
        person.stage, person.stage_at = event.topic, event.at
    rewrite(closed, ["left_at"])
    reach({p.pk: p.source for p in people.values()}, StageSpell.objects.filter(person__in=people), made)
    StageSpell.objects.bulk_create(made, batch_size=1000)
    rewrite(people.values(), ["stage", "stage_at"])
    climb((e.person, e.topic) for e in events if e.person and e.person in people)


def _spent(people: set[int]) -> dict[tuple[int, str], int]:
    past: dict[tuple[int, str], int] = {}
    rows = StageSpell.objects.filter(person__in=people, left_at__isnull=False)
    for person, stage, entered, left in rows.values_list("person_id", "stage", "entered_at", "left_at"):
        past[person, stage] = past.get((person, stage), 0) + int((left - entered).total_seconds() if left else 0)
    return past

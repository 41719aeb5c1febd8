"""Find whom people are like, when something becomes known about them or the personas change.

Hears what becomes known about people and companies, into which segments they come, and playbook.applied. Says persona.assigned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from reif.crm.models import Person
from reif.crm.set_persona import set_completeness, set_personas
from reif.kit.clock import now
from reif.log.among import among
from reif.log.append import append, writing
from reif.log.catalogue.qualification import PersonaAssigned
from reif.log.event import Event
from reif.playbook.current import current, forget, revision
from reif.qualify.fit import tells_something, whom
from reif.qualify.models import Choice, Likeness
from reif.qualify.personas.complete import ASKED as NEEDED
from reif.qualify.personas.complete import completeness
from reif.qualify.personas.match import ASKED, best
from reif.qualify.segments.order import asked
from reif.rules.record import records

PIECE = 5000


def assign(events: list[Event[Any]]) -> None:
    """Those whom these events tell something about."""
    segments = {key for p in current("personas").personas for key in asked(p.when)}
    because = whom([e for e in events if tells_something(e, segments)])
    sort_in(because, {person: e.id for person, e in because.items()})


def assign_all(events: list[Event[Any]]) -> None:
    """Hears playbook.applied: everybody, in pieces, when the personas changed."""
    applied = [e for e in events if "personas" in e.fact.sections]
    if not applied:
        return
    forget()
    last, living = 0, Person.objects.living().order_by("id").values_list("id", flat=True)
    while people := list(living.filter(id__gt=last)[:PIECE]):
        sort_in(people, dict.fromkeys(people, applied[-1].id))
        last = people[-1]


def sort_in(people: Iterable[int], because: dict[int, int | None]) -> None:
    """Whoever was chosen by hand keeps that; says persona.assigned for those who changed."""
    personas, moment, number = current("personas").personas, now(), revision()
    known = records(people, *ASKED, *NEEDED, *(p.when for p in personas if p.when is not None))
    set_completeness({person: completeness(record) for person, record in known.items()})
    rows = Person.objects.living().filter(among("id", known))
    before = dict(rows.values_list("id", "persona"))
    chosen = dict(Choice.objects.filter(among("person", known)).values_list("person_id", "persona"))
    likes = {person: best(record, personas, moment) for person, record in known.items() if person in before}
    Likeness.objects.filter(among("person", known)).delete()
    Likeness.objects.bulk_create(
        [Likeness(person_id=person, persona=like.persona, confidence=like.confidence, evidence=like.evidence, revision=number)
         for person, like in likes.items() if like is not None],
        batch_size=1000,
    )  # fmt: skip
    new: dict[str, list[int]] = defaultdict(list)
    for person, like in likes.items():
        persona = chosen.get(person, like.persona if like else "")
        if persona != before[person]:
            new[persona].append(person)
    set_personas(new)
    append(
        *(PersonaAssigned(person=person, topic=persona, cause=because.get(person),
                          confidence=like.confidence if (like := likes[person]) and person not in chosen else 0)
          for persona, some in new.items() for person in some)
    )  # fmt: skip


def choose(person: Person, persona: str, reason: str, by: int) -> None:
    """Somebody knows better; it stays until released. An empty persona: like none of them."""
    with writing():
        said = {"persona": persona, "reason": reason[:300], "by_id": by, "at": now()}
        Choice.objects.update_or_create(person=person, defaults=said)
        if person.persona != persona:
            set_personas({persona: [person.pk]})
            append(PersonaAssigned(person=person.pk, topic=persona, actor=by))


def release(person: Person) -> None:
    """Found by itself again."""
    with writing():
        Choice.objects.filter(person=person).delete()
        sort_in([person.pk], {})


def forget_choices(events: list[Event[Any]]) -> None:
    """Hears person.erased."""
    gone = [e.person for e in events if e.person]
    Likeness.objects.filter(among("person", gone)).delete()
    Choice.objects.filter(among("person", gone)).delete()

"""Find whom people are like, when something becomes known about them, and who knows better about one of them.

Hears what becomes known about people and companies, and into which segments they come. Says persona.assigned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from reif.crm.models import Person
from reif.crm.set_persona import set_personas
from reif.kit.clock import now
from reif.log.among import among
from reif.log.append import append, writing
from reif.log.catalogue.qualification import PersonaAssigned
from reif.log.event import Event
from reif.playbook.current import current, revision
from reif.qualify.models import Choice, Likeness
from reif.qualify.personas.match import Likeness as Like
from reif.qualify.personas.match import Matcher
from reif.qualify.personas.profile import profiles
from reif.qualify.rating.rate import CONFIRMS, GUESSED, rate
from reif.qualify.scoring.fit import tells_something, whom
from reif.qualify.segments.order import asked

Because = Mapping[int, int | None]


def assign(events: list[Event[Any]]) -> None:
    """Those whom these events tell something about: their data are rated, and their personas found."""
    segments = {key for p in current("personas").personas for key in asked(p.when)}
    news = [e for e in events if tells_something(e, segments)]
    because: Because = {person: e.id for person, e in whom(news).items()}
    told = {e.person: e.at for e in news if e.person and e.kind in CONFIRMS and e.topic != GUESSED}
    rate(because, told, because)
    sort_in(because, because)


def sort_in(people: Iterable[int], because: Because) -> int:
    """Whoever was chosen by hand keeps that; says persona.assigned for those who changed, and returns how many did."""
    matcher = Matcher(current("personas").personas)
    found = {person: matcher.best(profile) for person, profile in profiles(people, matcher.personas).items()}
    _remember(found)
    chosen = choices(found)
    new: dict[str, list[int]] = defaultdict(list)
    for person, before in Person.objects.filter(among("id", found)).values_list("id", "persona"):
        like = found[person]
        persona = chosen.get(person, like.persona if like else "")
        if persona != before:
            new[persona].append(person)
    set_personas(new)
    append(*(_said(p, persona, chosen, found[p], because) for persona, some in new.items() for p in some))
    return sum(map(len, new.values()))


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


def choices(people: Iterable[int]) -> dict[int, str]:
    """What somebody decided, as long as the playbook has that persona; it comes back with it."""
    known = {"", *(p.key for p in current("personas").personas)}
    rows = Choice.objects.filter(among("person", people), persona__in=known)
    return dict(rows.values_list("person_id", "persona"))


def forget_choices(events: list[Event[Any]]) -> None:
    """Hears person.erased."""
    gone = [e.person for e in events if e.person]
    Likeness.objects.filter(among("person", gone)).delete()
    Choice.objects.filter(among("person", gone)).delete()


def _remember(found: Mapping[int, Like | None]) -> None:
    """Why each is like whom; only rows that read differently are written."""
    number = revision()
    rows = Likeness.objects.filter(among("person", found)).values_list("person_id", "persona", "confidence", "evidence")
    kept = {person: Like(*rest) for person, *rest in rows}
    new = {person: like for person, like in found.items() if like is not None and like != kept.get(person)}
    gone = [person for person in kept if found[person] is None]
    Likeness.objects.filter(among("person", [*gone, *(new.keys() & kept.keys())])).delete()
    Likeness.objects.bulk_create(
        [Likeness(person_id=person, revision=number, **like._asdict()) for person, like in new.items()],
        batch_size=2000,
    )


def _said(person: int, persona: str, chosen: Mapping[int, str], like: Like | None, because: Because) -> PersonaAssigned:
    sure = like.confidence if like and person not in chosen else 0
    return PersonaAssigned(person=person, topic=persona, cause=because.get(person), confidence=sure)

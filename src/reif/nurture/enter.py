"""Begin journeys with the people for whom they are meant.

Hears what people do, which stage they reach, and journey.requested. Says journey.entered, and takes the first steps at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from reif.crm.consent import may_mail
from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.nurture import JourneyEntered
from reif.log.event import Event
from reif.nurture.advance import advance
from reif.nurture.graph import Graph, graph_from
from reif.nurture.journeys import Journey
from reif.nurture.models import Enrollment, JourneyVersion
from reif.nurture.purposes import purposes_of
from reif.nurture.versions import journeys, version_of
from reif.playbook.current import revision
from reif.rules.decode import decode
from reif.rules.sql import where


def enter(events: list[Event[Any]]) -> None:
    """Each journey takes from the batch the events that begin it."""
    for journey in journeys():
        begun = {e.person: e.id for e in events if e.person is not None and _begins(journey, e)}
        if begun:
            _enroll(journey, begun, {e.person for e in events if e.kind == "journey.requested"})


def _begins(journey: Journey, event: Event[Any]) -> bool:
    """A stage journey also begins when a permission comes after the stage; `_meant` looks at the stage then."""
    enter = journey.enter
    if event.kind == "journey.requested":
        return event.topic == journey.key
    if enter.stage:
        return (event.kind == "person.staged" and event.topic == enter.stage) or event.kind == "consent.given"
    return event.kind == enter.event and enter.topic in ("", event.topic)


def _enroll(journey: Journey, begun: dict[int, int], asked: set[int | None]) -> None:
    version = version_of(journey)
    graph = graph_from(version.graph)
    people = _new(journey, _meant(journey, graph, list(begun), asked))
    moment = now()
    rows = [
        Enrollment(journey=journey.key, version=version, person_id=person, round=number, node=graph.start,
                   due_at=moment, entered_at=moment, cause_id=begun[person])
        for person, number in people.items()
    ]  # fmt: skip
    Enrollment.objects.bulk_create(rows, batch_size=1000)
    append(*(_entered(row, version) for row in rows))
    if rows:
        advance()


def _entered(row: Enrollment, version: JourneyVersion) -> JourneyEntered:
    return JourneyEntered(person=row.person_id, topic=row.journey, enrollment=row.id, revision=revision(),
                          cause=row.cause_id)  # fmt: skip


def _meant(journey: Journey, graph: Graph, people: Sequence[int], asked: set[int | None]) -> set[int]:
    """Those who may be written to, for whom the journey is, and who would not leave it at once.

    asked: whom a form sends into it, whatever their stage.
    """
    allowed = set(people)
    for purpose in purposes_of(graph):
        allowed &= may_mail(allowed, purpose)
    wanted = Person.objects.living().filter(id__in=allowed)
    if journey.enter.stage:
        wanted = wanted.filter(Q(stage=journey.enter.stage) | Q(id__in=asked))
    if journey.enter.when is not None:
        wanted = wanted.filter(where(journey.enter.when, now()))
    for unwanted in (graph.exit_when, graph.goal):
        if unwanted:
            wanted = wanted.exclude(id__in=Person.objects.filter(where(decode(unwanted), now())).values("id"))
    return set(wanted.values_list("id", flat=True))


def _new(journey: Journey, people: set[int]) -> dict[int, int]:
    """The round that each would begin; those who are on the way, or had their only time, are left out."""
    before = Enrollment.objects.filter(journey=journey.key, person__in=people).values_list("person")
    counted = before.annotate(all=Count("id"), active=Count("id", filter=Q(state=Enrollment.ACTIVE)))
    rounds = dict.fromkeys(sorted(people), 0)
    for person, times, active in counted:
        if active or journey.reentry == "never":
            del rounds[person]
        else:
            rounds[person] = times
    return rounds

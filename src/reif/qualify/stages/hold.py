"""Who keeps the stage that a definition gave, and who goes back: after what keeps it has failed for long enough, or
after silence. Moving back is a recorded recycle; never while a deal is open or after a seller has accepted.

Hears what may change it, and a timer for each person, set for the next moment at which time alone may. Says
person.disqualified (and person.staged, by crm).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Max, Q

from reif.crm.models import STAGES, Deal, Person, StageSpell
from reif.crm.move_stage import Move, move_stage
from reif.kit.clock import now
from reif.log.among import among
from reif.log.append import append
from reif.log.catalogue.people import PersonStaged
from reif.log.catalogue.qualification import PersonDisqualified
from reif.log.catalogue.routing import AssignmentAccepted
from reif.log.clock import wake_many
from reif.log.event import Event
from reif.log.fact import kind_of
from reif.log.models import Event as Stored
from reif.log.models import Timer
from reif.qualify.concerns import Concern
from reif.qualify.models import Doubt
from reif.qualify.scoring.behaviour import did_something
from reif.qualify.scoring.in_force import ways
from reif.qualify.stages.promote import FADED, SILENCE, definitions
from reif.qualify.ways import Definition
from reif.rules.flips import next_flip
from reif.rules.memory import reader
from reif.rules.predicates import AnyOf, Predicate
from reif.rules.record import Record, records

TIMER = "qualify.stages"
ACCEPTED, STAGED = kind_of(AssignmentAccepted), kind_of(PersonStaged)


class Back(NamedTuple):
    """Somebody goes back, because of an event when there is one."""

    person: int
    reason: str
    cause: int | None


def hold(events: list[Event[Any]]) -> None:
    """Look at those whom these events concern and who have a stage that can be lost."""
    for stage, definition in definitions():
        if not definition.may_be_lost:
            continue
        because = _concerned(stage, definition, events)
        if because:
            _look(stage, definition, because)


def hold_these(whom: Q, cause: int) -> None:
    """Look at all of these who are in a stage that can be lost."""
    for stage, definition in definitions():
        if definition.may_be_lost:
            people = Person.objects.living().filter(whom, stage=stage).values_list("id", flat=True)
            if people:
                _look(stage, definition, dict.fromkeys(people, cause))


def _concerned(stage: str, definition: Definition, events: list[Event[Any]]) -> dict[int, int]:
    own = {e.fact.about: e.id for e in events if e.kind == "timer.fired"}
    own |= {e.person: e.id for e in events if e.kind == STAGED and e.topic == stage and e.person}
    told = Concern(_keeps(definition)).touched([e for e in events if e.kind != "timer.fired"])
    own |= {person: event.id for person, event in told.items()}
    if not own:
        return {}
    there = Person.objects.living().filter(among("id", own), stage=stage).values_list("id", flat=True)
    return {person: own[person] for person in there}


def _keeps(definition: Definition) -> Predicate:
    """Nobody goes back who would be given the stage again at once."""
    return AnyOf((definition.keep, definition.when)) if definition.keep is not None else definition.when


def _look(stage: str, definition: Definition, because: dict[int, int]) -> None:
    moment, wakes = now(), dict[int, datetime]()
    safe = _safe(because)
    open_ = {p: cause for p, cause in because.items() if p not in safe}
    back = [*_failing(stage, definition, open_, moment, wakes), *_silent(definition, open_, moment, wakes)]
    _go_back(stage, {one.person: one for one in reversed(back)}.values())
    gone = {one.person for one in back}
    wake_many(Timer(name=TIMER, about=p, at=at, person_id=p) for p, at in wakes.items() if p not in gone)


def _failing(
    stage: str, definition: Definition, because: dict[int, int], moment: datetime, wakes: dict[int, datetime]
) -> list[Back]:
    if definition.keep is None:
        return []
    keeps, patience = _keeps(definition), timedelta(days=definition.drop_after)
    doubts = {d.person_id: d.since for d in Doubt.objects.filter(among("person", because), stage=stage)}
    back, holds, new = [], reader(keeps), []
    fine: list[int] = []
    for person, record in records(because, keeps).items():
        if holds(record, moment):
            fine.append(person)
            _wait(wakes, person, next_flip(keeps, record, moment))
            continue
        if (since := doubts.get(person)) is None:
            new.append(Doubt(person_id=person, stage=stage, since=moment))
        if (since or moment) + patience <= moment:
            back.append(Back(person, FADED, because[person]))
        else:
            _wait(wakes, person, (since or moment) + patience)
    Doubt.objects.filter(among("person", [*fine, *(d.person_id for d in new)])).delete()
    Doubt.objects.bulk_create(new)
    return back


def _silent(
    definition: Definition, because: dict[int, int], moment: datetime, wakes: dict[int, datetime]
) -> list[Back]:
    if definition.silence_days is None or not because:
        return []
    span, back = timedelta(days=definition.silence_days), []
    last = dict(StageSpell.objects.filter(among("person", because), left_at=None).values_list("person", "entered_at"))
    theirs = did_something().filter(among("person_id", because), at__gt=moment - span, at__lte=moment)
    for person, at in theirs.values("person_id").annotate(last=Max("at")).values_list("person_id", "last"):
        if person in last:
            last[person] = max(last[person], at)
    for person, cause in because.items():
        if (latest := last.get(person)) is None:
            continue
        if latest + span <= moment:
            back.append(Back(person, SILENCE, cause))
        else:
            _wait(wakes, person, latest + span)
    return back


def _wait(wakes: dict[int, datetime], person: int, at: datetime | None) -> None:
    if at is not None:
        wakes[person] = min(at, wakes.get(person, at))


def _safe(people: Iterable[int]) -> set[int]:
    """A deal is open, or a seller has accepted since the stage was reached."""
    people = list(people)
    safe = set(Deal.objects.open().filter(among("person", people)).values_list("person_id", flat=True))
    since = dict(StageSpell.objects.filter(among("person", people), left_at=None).values_list("person", "entered_at"))
    accepted = Stored.objects.filter(among("person_id", people), kind=ACCEPTED).values_list("person_id", "at")
    return safe | {person for person, at in accepted if person in since and at >= since[person]}


def _go_back(stage: str, back: Iterable[Back]) -> None:
    back = list(back)
    if not back:
        return
    revision, to = ways().revision, _below(stage, [one.person for one in back])
    moves = [
        Move(b.person, to[b.person], reason=b.reason, rule=stage, revision=revision, cause=b.cause, back=True)
        for b in back
    ]
    moved = move_stage(moves)
    Doubt.objects.filter(among("person", [m.person for m in moved])).delete()
    append(
        *(
            PersonDisqualified(
                person=m.person, topic=stage, rule=stage, reason=m.reason, revision=revision, cause=m.cause
            )
            for m in moved
        )
    )


def _below(stage: str, people: list[int]) -> dict[int, str]:
    """The highest stage below that is still deserved; lead for all others."""
    below = dict.fromkeys(people, "lead")
    for lower, definition in definitions():
        if STAGES.index(lower) < STAGES.index(stage):
            keeps, moment = _keeps(definition), now()
            found: dict[int, Record] = records(people, keeps)
            below |= {person: lower for person, record in found.items() if reader(keeps)(record, moment)}
    return below

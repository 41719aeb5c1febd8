"""Keep who is in which segment.

Hears everything after which a segment may read differently, playbook.applied, and its own timer, which looks at
again because time alone moves people too. Says segment.entered and segment.left.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from reif.crm.models import Member, Person
from reif.kit.clock import now
from reif.log.among import among
from reif.log.append import append
from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft
from reif.log.clock import wake
from reif.log.event import Event
from reif.playbook.current import current
from reif.playbook.current import forget as look_again
from reif.qualify.concerns import Concern
from reif.qualify.segments.order import asked, in_order
from reif.rules.predicates import Predicate
from reif.rules.sql import where


class Moving(NamedTuple):
    """A segment that follows from a condition."""

    key: str
    when: Predicate


TIMER = "qualify.segments"
EVERY = timedelta(hours=6)


def refresh(events: list[Event[Any]]) -> None:
    """The difference that these events make, for the people they concern; who asks for a segment comes after it."""
    moved: dict[str, dict[int, Event[Any]]] = {}
    for segment in moving():
        concern = Concern(segment.when)
        because = concern.touched([e for e in events if concern.crossed(e)])
        for key in asked(segment.when):
            because |= moved.get(key, {})
        if because:
            entered, left = _difference(segment, among("id", because), among("person", because))
            _write(segment.key, entered, left, {person: e.id for person, e in because.items()})
            moved[segment.key] = {person: because[person] for person in (*entered, *left)}


def reconcile(events: list[Event[Any]]) -> None:
    """The difference for everybody, after the playbook changed or some hours passed; asks to be woken again."""
    relevant = [e for e in events if e.kind == "timer.fired" or "segments" in e.fact.sections]
    if not relevant:
        return
    look_again()
    _leave_unknown({s.key for s in current("segments").segments if not s.archived}, relevant[-1].id)
    segments = moving()
    for segment in segments:
        entered, left = _difference(segment, Q(pk__isnull=False), Q(pk__isnull=False))
        _write(segment.key, entered, left, dict.fromkeys([*entered, *left], relevant[-1].id))
    if segments:
        wake(TIMER, at=now() + EVERY)


def moving() -> list[Moving]:
    """The segments with a condition, each after those it asks for; the others change by hand and by request alone."""
    known = in_order(current("segments").segments)
    return [Moving(s.key, s.when) for s in known if s.when is not None and not s.archived]


def forget(events: list[Event[Any]]) -> None:
    """Hears person.erased: they are in no segment any more."""
    Member.objects.filter(person__in=[e.person for e in events]).delete()


def _difference(segment: Moving, people: Q, members: Q) -> tuple[list[int], list[int]]:
    """Who is not in it and should be, and who is and should not."""
    holds = where(segment.when, now())
    inside = Member.objects.filter(segment=segment.key)
    fitting = Person.objects.living().filter(people).filter(holds)
    entered = fitting.exclude(Exists(inside.filter(person=OuterRef("pk")))).values_list("id", flat=True)
    still = Person.objects.living().filter(holds, pk=OuterRef("person_id"))
    left = inside.filter(members).exclude(Exists(still)).values_list("person_id", flat=True)
    return list(entered), list(left)


def _write(segment: str, entered: list[int], left: list[int], because: dict[int, int]) -> None:
    moment = now()
    members = [Member(segment=segment, person_id=person, since=moment) for person in entered]
    Member.objects.bulk_create(members, ignore_conflicts=True, batch_size=2000)
    for i in range(0, len(left), 5000):
        Member.objects.filter(segment=segment, person__in=left[i : i + 5000]).delete()
    append(*(SegmentEntered(person=p, topic=segment, cause=because[p]) for p in entered))
    append(*(SegmentLeft(person=p, topic=segment, cause=because[p]) for p in left))


def _leave_unknown(known: set[str], because: int) -> None:
    """A segment that the playbook does not have any more is left by all."""
    gone = Member.objects.exclude(segment__in=known)
    for member in gone:
        append(SegmentLeft(person=member.person_id, topic=member.segment, cause=because))
    gone.delete()

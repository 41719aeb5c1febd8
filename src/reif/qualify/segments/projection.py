"""Who is in which segment follows from the log alone, and can be dropped and made again from it."""

from __future__ import annotations

from typing import Any

from reif.crm.models import Member, Person
from reif.log.among import among
from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft
from reif.log.catalogue.people import PersonErased
from reif.log.event import Event
from reif.log.fact import kind_of

KINDS = (SegmentEntered, SegmentLeft, PersonErased)
ENTERED, LEFT = kind_of(SegmentEntered), kind_of(SegmentLeft)


def empty_segments() -> None:
    """Nobody is anywhere."""
    Member.objects.all().delete()


def members_from(events: list[Event[Any]]) -> None:
    """Where people came in and went out; the last of these events counts."""
    people = {e.person for e in events if e.person}
    there = set(Person.objects.filter(among("id", people)).values_list("id", flat=True))
    rows = Member.objects.filter(among("person", people))
    inside = {(m.segment, m.person_id): m for m in rows}
    before = dict(inside)
    for e in events:
        person = e.person or 0
        if e.kind == ENTERED and person in there:
            inside.setdefault((e.topic, person), Member(segment=e.topic, person_id=person, since=e.at))
        elif e.kind == LEFT:
            inside.pop((e.topic, person), None)
        elif e.kind != ENTERED:
            inside = {key: m for key, m in inside.items() if key[1] != person}
    kept = {m.pk for m in inside.values() if m.pk}
    Member.objects.filter(among("id", [m.pk for m in before.values() if m.pk not in kept])).delete()
    Member.objects.bulk_create([m for m in inside.values() if m.pk is None], batch_size=2000)

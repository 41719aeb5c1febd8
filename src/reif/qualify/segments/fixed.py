"""Put people into a fixed segment, and take them out.

Hears segment.requested. Says segment.entered and segment.left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reif.crm.models import Member, Person
from reif.kit.clock import now
from reif.log.among import among
from reif.log.append import append, writing
from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft
from reif.log.event import Event
from reif.playbook.current import current

PIECE = 2000


def fixed_keys() -> set[str]:
    """The segments that people are put into."""
    return {s.key for s in current("segments").segments if s.when is None and not s.archived}


def join(events: list[Event[Any]]) -> None:
    """Hears segment.requested: into the fixed segment of that key, once."""
    fixed = fixed_keys()
    wanted: dict[str, dict[int, int]] = {}
    for event in events:
        if event.topic in fixed and event.person:
            wanted.setdefault(event.topic, {})[event.person] = event.id
    for key, because in wanted.items():
        _enter(key, because, {person: {"cause": cause} for person, cause in because.items()})


def put_in(segment: str, people: Iterable[int], by: int | None = None) -> int:
    """Returns how many were not in it before. A segment with a condition takes nobody."""
    if segment not in fixed_keys():
        return 0
    with writing():
        ids = list(dict.fromkeys(people))
        return sum(
            _enter(segment, piece, {person: {"actor": by} for person in piece})
            for piece in (ids[i : i + PIECE] for i in range(0, len(ids), PIECE))
        )


def take_out(segment: str, people: Iterable[int], by: int | None = None) -> int:
    """Returns how many were in it."""
    if segment not in fixed_keys():
        return 0
    with writing():
        members = Member.objects.filter(among("person", people), segment=segment)
        gone = list(members.values_list("person_id", flat=True))
        members.delete()
        append(*(SegmentLeft(person=person, topic=segment, actor=by) for person in gone))
        return len(gone)


def _enter(segment: str, people: Iterable[int], said: dict[int, dict[str, Any]]) -> int:
    """Living people who are not in it yet."""
    there = Member.objects.filter(among("person", people), segment=segment).values_list("person_id", flat=True)
    living = Person.objects.living().filter(among("id", people)).values_list("id", flat=True)
    new = sorted(set(living) - set(there))
    moment = now()
    rows = [Member(segment=segment, person_id=person, since=moment) for person in new]
    Member.objects.bulk_create(rows, ignore_conflicts=True, batch_size=PIECE)
    append(*(SegmentEntered(person=person, topic=segment, **said[person]) for person in new))
    return len(new)

"""Put people into a fixed segment, and take them out.

Hears segment.requested. Says segment.entered and segment.left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reif.crm.models import Member, Person
from reif.log.among import among
from reif.log.append import writing
from reif.log.event import Event
from reif.playbook.current import current
from reif.qualify.segments.membership import Why, alone, let_in, let_out

PIECE = 20_000


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
    with alone():
        for key, because in wanted.items():
            enter(key, because, because)


def put_in(segment: str, people: Iterable[int], by: int | None = None) -> int:
    """Returns how many were not in it before. A segment with a condition takes nobody."""
    if segment not in fixed_keys():
        return 0
    ids = list(dict.fromkeys(people))
    with writing(), alone():
        return sum(enter(segment, ids[i : i + PIECE], None, by) for i in range(0, len(ids), PIECE))


def take_out(segment: str, people: Iterable[int], by: int | None = None) -> int:
    """Returns how many were in it."""
    if segment not in fixed_keys():
        return 0
    with writing(), alone():
        return leave(segment, people, None, by)


def leave(segment: str, people: Iterable[int], why: Why, by: int | None = None) -> int:
    """Those of them who are in it; call it `alone`."""
    gone = list(Member.objects.filter(among("person", people), segment=segment).values_list("person_id", flat=True))
    let_out(segment, gone, why, by)
    return len(gone)


def enter(segment: str, people: Iterable[int], why: Why, by: int | None = None) -> int:
    """Living people who are not in it yet; call it `alone`."""
    there = Member.objects.filter(among("person", people), segment=segment).values_list("person_id", flat=True)
    living = Person.objects.living().filter(among("id", people)).values_list("id", flat=True)
    new = sorted(set(living) - set(there))
    let_in(segment, new, why, by)
    return len(new)

"""Keep who is in which segment.

Hears everything after which a segment may read differently, playbook.applied, and its own timer, which has everybody gone
through again because time alone moves people too. Says segment.entered and segment.left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from reif.crm.models import Member
from reif.kit.clock import now
from reif.log.among import among
from reif.log.clock import wake
from reif.log.event import Event
from reif.playbook.current import forget as look_again
from reif.qualify.concerns import reached
from reif.qualify.models import Sorting, Tally
from reif.qualify.segments.asking import Asking
from reif.qualify.segments.in_force import Moving, known, moving
from reif.qualify.segments.membership import alone, let_in, let_out, strike
from reif.qualify.segments.sort import ON_ITS_WAY, begin

TIMER = "qualify.segments"
EVERY = timedelta(hours=6)
Why = dict[int, int]
"""By person, the last event that concerns them."""


def refresh(events: list[Event[Any]]) -> None:
    """The difference that these events make, for the people they concern; who asks for a segment comes after it."""
    concerned = _concerned(events)
    if not concerned:
        return
    with alone():
        people = {person for why in concerned.values() for person in why}
        segments = _affected(concerned.keys())
        asking, inside = Asking(people, segments), _inside(people)
        moved: dict[str, Why] = {}
        for segment in segments:
            why = concerned.get(segment.key, {})
            for key in segment.asks:
                why = {**why, **moved.get(key, {})}
            if why:
                moved[segment.key] = _follow(segment, why, asking, inside[segment.key])


def reconcile(events: list[Event[Any]]) -> None:
    """Everybody is gone through: for what is new or another after the playbook changed, for all after some hours."""
    relevant = [e for e in events if e.kind == "timer.fired" or "segments" in e.fact.sections]
    if not relevant:
        return
    look_again()
    every, segments = any(e.kind == "timer.fired" for e in relevant), moving()
    with alone():
        sorted_by = dict(Sorting.objects.values_list("segment", "digest"))
        going = set(Sorting.objects.filter(state__in=ON_ITS_WAY).values_list("segment", flat=True))
        for place, segment in enumerate(segments):
            if (every and segment.key not in going) or sorted_by.get(segment.key) != segment.digest:
                begin(segment.key, segment.digest, place, relevant[-1].id)
        for key in sorted(_left_behind(sorted_by)):
            begin(key, "", len(segments), relevant[-1].id)
    if segments:
        wake(TIMER, at=now() + EVERY)


def forget(events: list[Event[Any]]) -> None:
    """Hears person.erased: they are in no segment any more."""
    with alone():
        strike([e.person for e in events if e.person])


def _concerned(events: list[Event[Any]]) -> dict[str, Why]:
    """By segment, whom these events concern; each of them looked up once."""
    wanted = {s.key: [e for e in events if s.concern.wants(e) and s.concern.crossed(e)] for s in moving()}
    whom = reached({e.id: e for some in wanted.values() for e in some}.values())
    return {key: {person: e.id for e in some for person in whom[e.id]} for key, some in wanted.items() if some}


def _inside(people: set[int]) -> dict[str, set[int]]:
    """Who of them is in which segment."""
    found: dict[str, set[int]] = defaultdict(set)
    if people:
        for segment, person in Member.objects.filter(among("person", people)).values_list("segment", "person_id"):
            found[segment].add(person)
    return found


def _affected(keys: Iterable[str]) -> list[Moving]:
    """These segments and all that ask for one of them, in order."""
    found, reached = [], set(keys)
    for segment in moving():
        if segment.key in reached or segment.asks & reached:
            reached.add(segment.key)
            found.append(segment)
    return found


def _follow(segment: Moving, why: Why, asking: Asking, inside: set[int]) -> Why:
    """Let in and out of one segment; returns whom it moved."""
    fit = asking.fitting(segment, why)
    entered, left = sorted(fit - inside), sorted((inside & why.keys()) - fit)
    let_in(segment.key, entered, why)
    let_out(segment.key, left, why)
    asking.moved(segment.key, entered, left)
    return {person: why[person] for person in (*entered, *left)}


def _left_behind(sorted_by: dict[str, str]) -> set[str]:
    """Segments that the playbook does not have any more, or archived, and that people are still in."""
    there = set(Tally.objects.order_by().values_list("segment", flat=True).distinct()) | sorted_by.keys()
    return {key for key in there - known() if sorted_by.get(key) != ""}

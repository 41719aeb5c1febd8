"""Let people go: the goal is reached, an exit condition holds, or they want no more of it.

Hears what people do, segments that a goal or an exit asks for, withdrawn permissions, bounces and erasures. Says journey.left; waiting letters are taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q

from reif.channels.email.take_back import take_back
from reif.crm.consent import may_mail
from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.among import among
from reif.log.append import append
from reif.log.catalogue.nurture import JourneyLeft
from reif.log.event import Event
from reif.log.rewrite import rewrite
from reif.nurture.graph import graph_from
from reif.nurture.models import Enrollment
from reif.nurture.purposes import purposes_of
from reif.rules.decode import decode
from reif.rules.sql import where

WATCHED = timedelta(days=90)
FIELDS = ["state", "node", "due_at", "left_at", "reason", "goal_at"]


def leave(events: list[Event[Any]]) -> None:
    """Look again at the journeys of everybody in the batch; goals count for 90 days, also after the last step."""
    causes = {e.person: e.id for e in events if e.person is not None}
    gone = {e.person for e in events if e.person is not None and _wants_no_more(e)}
    refused = _refused(events)
    mine = Q(state=Enrollment.ACTIVE) | Q(goal_at=None, entered_at__gte=now() - WATCHED)
    rows = list(
        Enrollment.objects.select_for_update(of=("self",))
        .filter(mine, among("person", causes))
        .select_related("version")
    )
    if not rows:
        return
    before = [_standing(r) for r in rows]
    watch(rows, causes)
    withdrawn = [r for r in rows if r.person_id in gone or _needs(r, refused.get(r.person_id, set()))]
    leave_rows(withdrawn, "withdrawn", causes)
    rewrite([row for row, was in zip(rows, before, strict=True) if _standing(row) != was], FIELDS)


def _standing(row: Enrollment) -> tuple[object, ...]:
    return row.state, row.node, row.due_at, row.left_at, row.reason, row.goal_at


def _wants_no_more(event: Event[Any]) -> bool:
    return event.kind == "person.erased" or (event.kind == "mail.bounced" and event.fact.hard)


def _refused(events: Sequence[Event[Any]]) -> dict[int, set[str]]:
    """The purposes for which somebody wants no more mail, by person, unless another permission still allows them."""
    asked: defaultdict[str, set[int]] = defaultdict(set)
    for event in events:
        if event.kind == "consent.withdrawn" and event.fact.channel == "email" and event.person:
            asked[event.topic].add(event.person)
    refused: defaultdict[int, set[str]] = defaultdict(set)
    for purpose, people in asked.items():
        for person in people - may_mail(people, purpose):
            refused[person].add(purpose)
    return refused


def _needs(row: Enrollment, purposes: set[str]) -> bool:
    return bool(purposes) and bool(purposes_of(graph_from(row.version.graph)) & purposes)


def watch(rows: list[Enrollment], causes: dict[int, int] | None = None) -> list[Enrollment]:
    """Set goals and exits on these rows, without saving them. Returns the rows."""
    groups: defaultdict[str, list[Enrollment]] = defaultdict(list)
    for row in rows:
        groups[row.version.graph].append(row)
    for text, group in groups.items():
        graph = graph_from(text)
        reached, exits = _holding(graph.goal, group), _holding(graph.exit_when, group)
        for row in group:
            if row.person_id in reached and row.goal_at is None:
                row.goal_at = now()
        leave_rows([r for r in group if r.person_id in reached], "goal", causes)
        leave_rows([r for r in group if r.person_id in exits], "exit", causes)
    return rows


def leave_rows(rows: Iterable[Enrollment], reason: str, causes: dict[int, int] | None = None) -> None:
    """End the active ones among these rows, without saving them."""
    active = [r for r in rows if r.state == Enrollment.ACTIVE]
    for row in active:
        row.state, row.node, row.due_at, row.left_at, row.reason = Enrollment.DONE, "", None, now(), reason
    append(*(_left(row, reason, causes or {}) for row in active))
    if reason != "finished":
        for journey in {r.journey for r in active}:
            take_back([r.person_id for r in active if r.journey == journey], f"{journey}/")


def _left(row: Enrollment, reason: str, causes: dict[int, int]) -> JourneyLeft:
    cause = causes.get(row.person_id, row.cause_id)
    return JourneyLeft(person=row.person_id, topic=row.journey, enrollment=row.id, reason=reason, cause=cause)


def _holding(condition: object, rows: Sequence[Enrollment]) -> set[int]:
    if not condition or not rows:
        return set()
    people = Person.objects.filter(id__in={r.person_id for r in rows})
    return set(people.filter(where(decode(condition), now())).values_list("id", flat=True))

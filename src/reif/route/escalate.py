"""Keep the promise: remind in time, tell the manager when it is broken, and give the person to the next seller.

Hears timer.fired (route.remind, route.sla). Says sla.warned, sla.breached.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from reif.channels.email.compose import Letter, queue
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.routing import SlaBreached, SlaWarned
from reif.log.catalogue.timers import TimerFired
from reif.log.event import Event
from reif.playbook.current import current
from reif.route.letters import breach_letter, reminder_letter
from reif.route.models import Assignment
from reif.route.offer import Ask, offer
from reif.route.section import Sla
from reif.staff.models import Role, User


def remind(events: list[Event[TimerFired]]) -> None:
    """Part of the time is over, and there is no answer yet."""
    due = _unanswered(events)
    Assignment.objects.filter(id__in=due).update(warned_at=now())
    append(*(SlaWarned(person=a.person_id, topic=a.sla, assignment=i, cause=e.id) for i, (a, e) in due.items()))
    queue(reminder_letter(a, e.id) for a, e in due.values())


def escalate(events: list[Event[TimerFired]]) -> None:
    """The time is over: tell, and re-route when the promise says so and there is another seller."""
    due = _unanswered(events)
    Assignment.objects.filter(id__in=due).update(breached_at=now())
    append(
        *(
            SlaBreached(person=a.person_id, topic=a.sla, assignment=i, owner=a.owner_id, cause=e.id)
            for i, (a, e) in due.items()
        )
    )
    queue(_to_managers(due.values()))
    late = [(a, e) for a, e in due.values() if _may_reroute(a)]
    had = _sellers_before([a.person_id for a, _e in late])
    offer(
        Ask(a.person_id, e.id, a.round + 1, frozenset(had[a.person_id]), because="late", instead=a.pk) for a, e in late
    )


def _unanswered(events: list[Event[TimerFired]]) -> dict[int, tuple[Assignment, Event[TimerFired]]]:
    by_id = {e.fact.about: e for e in events}
    rows = Assignment.objects.offered().filter(id__in=by_id).select_related("person__company", "owner")
    return {row.pk: (row, by_id[row.pk]) for row in rows}


def _to_managers(due: Iterable[tuple[Assignment, Event[TimerFired]]]) -> list[Letter]:
    told = [(a, e) for a, e in due if (sla := _sla(a)) and sla.escalate]
    managers = list(User.objects.filter(role=Role.MANAGER, is_active=True)) if told else []
    return [breach_letter(a, manager, e.id) for a, e in told for manager in managers]


def _may_reroute(late: Assignment) -> bool:
    sla = _sla(late)
    return sla is not None and sla.reroute and late.round < sla.rounds


def _sellers_before(people: list[int]) -> dict[int, set[int]]:
    """By person who was offered them since they are ripe."""
    had: dict[int, set[int]] = defaultdict(set)
    rows = Assignment.objects.filter(person__in=people, offered_at__gte=F("person__stage_at"))
    for person, owner in rows.values_list("person_id", "owner_id"):
        had[person].add(owner)
    for person, owner in Assignment.objects.offered().filter(person__in=people).values_list("person_id", "owner_id"):
        had[person].add(owner)
    return had


def _sla(assignment: Assignment) -> Sla | None:
    found: Sla | None = current("slas").by_key(assignment.sla)
    return found

"""Take a person who was offered.

Says assignment.accepted, sla.met. Hears activity.planned, activity.done, deal.opened: working on somebody is
taking them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from reif.crm.set_owner import set_owner
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.deals import DealOpened
from reif.log.catalogue.routing import AssignmentAccepted, SlaMet
from reif.log.clock import cancel
from reif.log.event import Event
from reif.log.fact import kind_of
from reif.route.give import BREACH, REMIND
from reif.route.models import Assignment
from reif.staff.hours import elapsed, schedules
from reif.staff.models import User

DEAL = kind_of(DealOpened)


class Answered(ValueError):
    """Somebody was faster, or it went to somebody else. The sentence says who did what."""


def accept(assignment: Assignment, by: User, at: datetime | None = None, cause: int | None = None) -> None:
    """`by` takes the person; a colleague may do it for the owner. Raises Answered for all but the first."""
    moment = at or now()
    with writing():
        answer(assignment, by, moment, state=Assignment.State.ACCEPTED, owner=by)
        if assignment.person.owner_id != by.pk:
            set_owner({assignment.person_id: by.pk})
        append(*_facts(assignment, by, moment, cause))


def accept_by_deed(events: list[Event[Any]]) -> None:
    """The owner planned or did something: that is an answer. So is a deal, by whichever colleague opened it."""
    doers = {(e.person, e.actor): e for e in events if e.person and e.actor}
    openers = {e.person: e for e in events if e.person and e.actor and e.kind == DEAL}
    colleagues = User.objects.in_bulk({e.actor for e in openers.values()})
    offers = Assignment.objects.offered().filter(person__in=[p for p, _actor in doers])
    for one in offers.select_related("person", "owner"):
        if deed := doers.get((one.person_id, one.owner_id)):
            accept(one, one.owner, at=deed.at, cause=deed.id)
        elif (deal := openers.get(one.person_id)) and deal.actor in colleagues:
            accept(one, colleagues[deal.actor], at=deal.at, cause=deal.id)


def answer(assignment: Assignment, by: User, moment: datetime, **changes: Any) -> None:
    """Write an answer if nobody has answered yet, and let the timers go. Raises Answered."""
    changes |= {"answered_at": moment, "answered_by": by}
    if not Assignment.objects.offered().filter(id=assignment.pk).update(**changes):
        raise Answered(_sentence(Assignment.objects.select_related("answered_by").get(id=assignment.pk)))
    for name, value in changes.items():
        setattr(assignment, name, value)
    cancel(BREACH, assignment.pk)
    cancel(REMIND, assignment.pk)


def _facts(assignment: Assignment, by: User, moment: datetime, cause: int | None) -> list[Any]:
    took = elapsed(assignment.offered_at, moment, schedules([by])[by.pk]) // timedelta(seconds=1)
    ids: dict[str, Any] = {"person": assignment.person_id, "actor": by.pk, "cause": cause, "at": moment}
    facts: list[Any] = [AssignmentAccepted(**ids, topic=assignment.rule, assignment=assignment.pk, seconds=took)]
    if assignment.due_at and moment <= assignment.due_at and not assignment.breached_at:
        facts.append(SlaMet(**ids, topic=assignment.sla, assignment=assignment.pk, seconds=took))
    return facts


def _sentence(taken: Assignment) -> str:
    who = taken.answered_by.name if taken.answered_by else _("somebody")
    return {
        Assignment.State.ACCEPTED: _("%(name)s has accepted this person already.") % {"name": who},
        Assignment.State.REJECTED: _("%(name)s has sent this person back already.") % {"name": who},
    }.get(Assignment.State(taken.state), _("This person was given to somebody else meanwhile."))

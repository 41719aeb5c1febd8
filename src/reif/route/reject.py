"""Send a person back to marketing, with a reason that marketing can act on.

Says assignment.rejected; the stage goes back, nobody owns the person. Hears timer.fired (route.return): the agreed date
has come, and the seller who knows the person gets the next offer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from reif.crm.models import Stage
from reif.crm.move_stage import Move, move_stage
from reif.crm.set_owner import set_owner
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.routing import AssignmentRejected
from reif.log.catalogue.timers import TimerFired
from reif.log.clock import wake
from reif.log.event import Event
from reif.route.accept import answer
from reif.route.models import Assignment
from reif.route.offer import Ask, offer
from reif.route.reasons import Fit, Reason
from reif.staff.models import User

RETURN = "route.return"


@dataclass(frozen=True)
class Refusal:
    """detail: what does not fit, for no_fit. until: the day to come back, for bad_timing."""

    reason: Reason
    detail: Fit | None = None
    note: str = ""
    until: date | None = None

    def rest_until(self, today: date) -> date | None:
        """The day before which nobody is offered this person again."""
        days = self.reason.rest_days
        return self.until or (today + timedelta(days=days) if days else None)


def reject(assignment: Assignment, refusal: Refusal, by: User, at: datetime | None = None) -> None:
    """Answer no. Raises Answered when somebody was faster."""
    moment = at or now()
    with writing():
        answer(
            assignment, by, moment, state=Assignment.State.REJECTED, reject_reason=refusal.reason.value,
            reject_detail=refusal.detail.value if refusal.detail else "", reject_note=refusal.note,
            rest_until=refusal.rest_until(moment.date()),
        )  # fmt: skip
        move = Move(
            assignment.person_id, refusal.reason.stage, reason=refusal.reason.value, actor=by.pk, at=moment, back=True
        )
        move_stage([move])
        set_owner({assignment.person_id: None})
        _come_back(assignment, refusal)
        append(_fact(assignment, refusal, by, moment))


def bring_back(events: list[Event[TimerFired]]) -> None:
    """The date came: offer the person to the seller who agreed on it, or by the rules when that is not possible."""
    due = {e.fact.about: e for e in events}
    rows = list(Assignment.objects.filter(id__in=due, state=Assignment.State.REJECTED))
    with writing():
        move_stage(Move(a.person_id, Stage.SQL, reason="agreed_date", cause=due[a.pk].id) for a in rows)
        offer(Ask(a.person_id, due[a.pk].id, prefer=a.owner_id, because="back") for a in rows)


def _come_back(assignment: Assignment, refusal: Refusal) -> None:
    if refusal.until:
        morning = datetime.combine(refusal.until, time(5), UTC)
        wake(RETURN, at=morning, about=assignment.pk, person=assignment.person_id)


def _fact(assignment: Assignment, refusal: Refusal, by: User, moment: datetime) -> AssignmentRejected:
    return AssignmentRejected(
        person=assignment.person_id, topic=refusal.reason.value, assignment=assignment.pk, text=refusal.note,
        actor=by.pk, at=moment,
    )  # fmt: skip

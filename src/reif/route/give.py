"""Write hand-overs: the row, the owner, the timers of the promise, and the fact.

Says person.assigned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from reif.crm.set_owner import set_owner
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.routing import PersonAssigned
from reif.log.clock import cancel, wake_many
from reif.log.models import Timer
from reif.playbook.current import revision
from reif.route.models import Assignment, Waiting
from reif.route.pick import Seller
from reif.route.section import Sla
from reif.staff.hours import NeverWorks, due

BREACH, REMIND, RETRY = "route.sla", "route.remind", "route.retry"


@dataclass(frozen=True)
class Gift:
    """A decision: this person to this seller, why, under which promise. instead: the open offer that it replaces."""

    person: int
    seller: Seller
    rule: str
    reason: dict[str, str]
    candidates: list[dict[str, object]] = field(default_factory=list)
    sla: Sla | None = None
    event: int | None = None
    round: int = 1
    actor: int | None = None
    instead: int | None = None


def give(gifts: Iterable[Gift]) -> list[Assignment]:
    """Carry the decisions out. Call inside `writing()`; no other offer may be open for these people."""
    gifts, moment, number = list(gifts), now(), revision()
    if not gifts:
        return []
    _lapse([g.instead for g in gifts if g.instead])
    rows = Assignment.objects.bulk_create([_row(g, moment, number) for g in gifts])
    set_owner({g.person: g.seller.id for g in gifts})
    Waiting.objects.filter(person__in=[g.person for g in gifts]).delete()
    wake_many(timer for g, row in zip(gifts, rows, strict=True) for timer in _timers(g, row))
    append(*(_fact(g, row) for g, row in zip(gifts, rows, strict=True)))
    return rows


def _lapse(replaced: list[int]) -> None:
    if replaced:
        Assignment.objects.filter(id__in=replaced).update(state=Assignment.State.LAPSED)
        cancel(BREACH, *replaced)
        cancel(REMIND, *replaced)


def _row(gift: Gift, moment: datetime, number: int) -> Assignment:
    return Assignment(
        person_id=gift.person, owner=gift.seller.user, team=gift.seller.user.team, rule=gift.rule, revision=number,
        sla=gift.sla.key if gift.sla else "", reason=gift.reason, candidates=gift.candidates, event_id=gift.event,
        round=gift.round, offered_at=moment, due_at=_due(gift, moment, 100),
    )  # fmt: skip


def _due(gift: Gift, moment: datetime, percent: int) -> datetime | None:
    """When so many percent of the promised working minutes are over; None without a promise or working time."""
    if gift.sla is None:
        return None
    try:
        return due(moment, gift.sla.minutes * percent / 100, gift.seller.schedule)
    except NeverWorks:
        return None


def _timers(gift: Gift, row: Assignment) -> Iterable[Timer]:
    if row.due_at is None or gift.sla is None:
        return
    yield Timer(name=BREACH, about=row.pk, at=row.due_at, person_id=row.person_id, cause_id=gift.event)
    remind = _due(gift, row.offered_at, gift.sla.remind_at) if gift.sla.remind_at else None
    if remind:
        yield Timer(name=REMIND, about=row.pk, at=remind, person_id=row.person_id, cause_id=gift.event)


def _fact(gift: Gift, row: Assignment) -> PersonAssigned:
    return PersonAssigned(
        person=row.person_id, topic=row.rule, assignment=row.pk, owner=row.owner_id, team=row.team_id or 0,
        revision=row.revision, due_at=row.due_at, cause=gift.event, actor=gift.actor,
    )  # fmt: skip

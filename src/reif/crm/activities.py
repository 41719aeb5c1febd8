"""What sellers do: plan, finish, cancel, and write notes.

Says activity.planned, activity.done, activity.cancelled.
"""

from __future__ import annotations

from datetime import datetime

from reif.crm.ids import Ids
from reif.crm.models import Activity, Deal, Person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.deals import ActivityCancelled, ActivityDone, ActivityPlanned


def plan(kind: str, subject: str, *, person: Person | None, owner: int | None, by: int | None, due_at: datetime,
         minutes: int | None = None, deal: Deal | None = None, body: str = "",
         at: datetime | None = None) -> Activity:  # fmt: skip
    """Something to do at a time."""
    moment = at or now()
    with writing():
        activity = Activity.objects.create(
            kind=Activity.Kind(kind), subject=subject[:200], body=body, person=person, deal=deal, owner_id=owner,
            due_at=due_at, minutes=minutes, created_at=moment,
        )  # fmt: skip
        append(ActivityPlanned(**_ids(activity), topic=kind, activity=activity.id, actor=by, at=moment))
    return activity


def finish(activity: Activity, by: int | None, outcome: str = "", body: str = "", at: datetime | None = None) -> bool:
    """It is done. True the first time."""
    moment = at or now()
    with writing():
        fresh = Activity.objects.filter(id=activity.id, done_at=None, cancelled_at=None)
        changes = {"done_at": moment, "outcome": outcome[:64]} | ({"body": body} if body else {})
        if not fresh.update(**changes):
            return False
        append(ActivityDone(**_ids(activity), topic=activity.kind, activity=activity.id, actor=by, at=moment))
    activity.refresh_from_db()
    return True


def note(person: Person, body: str, by: int | None, deal: Deal | None = None, at: datetime | None = None) -> Activity:
    """Words about a person; done when written."""
    moment = at or now()
    with writing():
        subject = body.strip().splitlines()[0][:200] if body.strip() else ""
        activity = Activity.objects.create(
            kind=Activity.Kind.NOTE, subject=subject, body=body, person=person, deal=deal, owner_id=by, done_at=moment,
            created_at=moment,
        )  # fmt: skip
        append(ActivityDone(**_ids(activity), topic="note", activity=activity.id, actor=by, at=moment))
    return activity


def keep_mail(person: Person, subject: str, body: str, at: datetime) -> Activity:
    """A mail that somebody wrote to us; done when it came. Call inside `writing()`: the fact that explains it is the caller's."""
    return Activity.objects.create(
        kind=Activity.Kind.MAIL, subject=subject[:200], body=body[:50_000], person=person, done_at=at, created_at=at
    )  # fmt: skip


def cancel(activity: Activity, by: int | None, at: datetime | None = None) -> bool:
    """It will not happen. True the first time."""
    moment = at or now()
    with writing():
        if not Activity.objects.filter(id=activity.id, done_at=None, cancelled_at=None).update(cancelled_at=moment):
            return False
        append(ActivityCancelled(**_ids(activity), topic=activity.kind, activity=activity.id, actor=by, at=moment))
    activity.refresh_from_db()
    return True


def _ids(activity: Activity) -> Ids:
    deal = activity.deal
    return {
        "person": activity.person_id,
        "deal": activity.deal_id,
        "company": deal.company_id if deal else None,
    }

"""Somebody wants to know what is stored of them, or to be forgotten: it becomes a task for an administrator, due in a month.

Says claim.made, activity.planned.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from reif.crm.activities import plan
from reif.crm.models import Claim, Person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import ClaimMade
from reif.staff.models import Role, User

A_MONTH = timedelta(days=30)


def claim(person: Person, kind: str) -> Claim:
    """The open claim of this kind, or a new one. Asking twice makes one task."""
    with writing():
        there = Claim.objects.filter(person=person, kind=kind, done_at=None).first()
        if there:
            return there
        moment, admin = now(), User.objects.filter(role=Role.ADMIN, is_active=True).order_by("id").first()
        due = moment + A_MONTH
        with override(admin.language if admin else "de"):
            subject = _("Privacy: %(claim)s") % {"claim": Claim.Kind(kind).label}
        task = plan("task", subject, person=person, owner=admin.pk if admin else None, by=None, due_at=due)
        made = Claim.objects.create(person=person, kind=kind, asked_at=moment, due_at=due, activity=task)
        append(ClaimMade(person=person.pk, topic=kind, claim=made.pk))
    return made


def settle_done(done: Mapping[int, datetime]) -> int:
    """Claims whose task is done: by activity, when. Returns how many."""
    rows = list(Claim.objects.filter(activity__in=done, done_at=None))
    for row in rows:
        Claim.objects.filter(pk=row.pk).update(done_at=done[row.activity_id or 0])
    return len(rows)

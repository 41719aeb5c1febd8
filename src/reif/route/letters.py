"""The mails to staff: the hand-over, the reminder, and the broken promise."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from reif.channels.email.compose import Letter
from reif.route.brief import Brief
from reif.route.models import Assignment
from reif.staff.models import User


def handover_letter(assignment: Assignment, brief: Brief, cause: int) -> Letter:
    """variables: person, job, company, why, reason, step, score, points and read (texts), consent, due, link."""
    variables = _variables(assignment, assignment.owner) | {
        "why": brief.why,
        "step": brief.step,
        "consent": brief.consent,
        "points": [f"+{p.points} {p.words}" for p in brief.points],
        "read": [r.words for r in brief.read],
    }
    return _letter(f"handover:{assignment.pk}", "handover", assignment.owner, variables, cause)


def reminder_letter(assignment: Assignment, cause: int) -> Letter:
    """To the seller, before it is too late."""
    variables = _variables(assignment, assignment.owner)
    return _letter(f"sla-reminder:{assignment.pk}", "sla-reminder", assignment.owner, variables, cause)


def breach_letter(assignment: Assignment, manager: User, cause: int) -> Letter:
    """To a manager, when it is too late."""
    variables = _variables(assignment, manager) | {"seller": assignment.owner.name}
    return _letter(f"sla-breach:{assignment.pk}:{manager.pk}", "sla-breach", manager, variables, cause)


def _letter(key: str, mail: str, to: User, variables: dict[str, object], cause: int) -> Letter:
    return Letter(key=key, mail=mail, user=to.pk, kind="staff", variables=variables, cause=cause, priority=1)


def _variables(assignment: Assignment, reader: User) -> dict[str, object]:
    person = assignment.person
    with override(reader.language):
        return {
            "person": person.name,
            "job": person.job_title,
            "company": person.company.name if person.company else person.company_name,
            "score": person.score,
            "reason": assignment.why,
            "due": _when(assignment, reader),
            "link": f"{settings.BASE_URL}{reverse('route:inbox')}?open={assignment.pk}",
        }


def _when(assignment: Assignment, reader: User) -> str:
    if assignment.due_at is None:
        return ""
    with timezone.override(reader.timezone):
        return date_format(timezone.localtime(assignment.due_at), "SHORT_DATETIME_FORMAT")

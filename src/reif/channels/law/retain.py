"""How long data stay: who is to be forgotten by the rules of the house, and forget them.

Nothing happened means: no event of theirs but mails we sent, and no consent given, for so many months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from reif.channels.law.house import consent_book
from reif.channels.law.shape import Retention
from reif.crm.erase import erase
from reif.crm.models import Consent, Deal, Person, Visitor
from reif.kit.clock import now
from reif.log.models import Event
from reif.rules.sql import where

MONTH = timedelta(days=30.44)
OURS = ("mail.queued", "mail.sent", "mail.skipped", "mail.bounced", "person.scored", "prediction.made", "person.changed", "segment.entered",
        "segment.left", "journey.entered", "journey.stepped", "journey.left", "timer.fired", "basis.ended")  # fmt: skip
"""What we do by ourselves and what keeps nobody's data alive."""
AT_ONCE = 500


@dataclass(frozen=True)
class Due:
    """A rule and whom it would forget today."""

    rule: Retention
    people: QuerySet[Person]


def due(moment: datetime | None = None) -> list[Due]:
    """Every rule of the playbook with its people, the longest quiet first."""
    at = moment or now()
    return [Due(rule, overdue(rule, at)) for rule in consent_book().retention]


def overdue(rule: Retention, moment: datetime) -> QuerySet[Person]:
    """Whom a rule means at a moment; people with an open deal are never among them."""
    since = moment - rule.months * MONTH
    own = Event.objects.filter(person_id=OuterRef("pk"), at__gte=since).exclude(kind__in=OURS)
    browsers = Visitor.objects.filter(person=OuterRef("pk")).values("id")
    seen = Event.objects.filter(visitor_id__in=browsers, at__gte=since)
    agreed = Consent.objects.filter(person=OuterRef("pk"), given_at__gte=since)
    working = Deal.objects.filter(person=OuterRef("pk"), won_at=None, lost_at=None)
    meant = where(rule.when, moment) if rule.when is not None else Q()
    people = Person.objects.living().filter(meant, created_at__lt=since)
    quiet = people.exclude(Exists(own)).exclude(Exists(seen)).exclude(Exists(agreed)).exclude(Exists(working))
    return quiet.order_by("created_at", "id")


def retain(moment: datetime | None = None) -> int:
    """Forget them, at most a few hundred for each rule in one go. Returns how many."""
    at = moment or now()
    return sum(len(erase(one.people.values_list("id", flat=True)[:AT_ONCE], reason="retention")) for one in due(at))

"""What somebody can do that may earn points."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from reif.log.catalogue.deals import ActivityDone, DealLost
from reif.log.catalogue.intake import EnquiryReceived, LeadReceived, MailReplied
from reif.log.catalogue.mail import MailBounced, MailClicked, MailOpened, MailUnsubscribed
from reif.log.catalogue.people import ConsentGiven, ConsentWithdrawn
from reif.log.catalogue.routing import AssignmentRejected
from reif.log.catalogue.web import (
    ContentDownloaded,
    EventTracked,
    FormSubmitted,
    LinkFollowed,
    PageLeft,
    PageViewed,
    WebinarAttended,
    WebinarCancelled,
    WebinarMissed,
    WebinarRegistered,
)
from reif.log.fact import Fact, kind_of
from reif.log.models import Event
from reif.rules.trait_sql import NotTrue

BEHAVIOUR: tuple[type[Fact], ...] = (
    PageViewed,
    PageLeft,
    LinkFollowed,
    EventTracked,
    FormSubmitted,
    LeadReceived,
    EnquiryReceived,
    MailReplied,
    ContentDownloaded,
    WebinarRegistered,
    WebinarAttended,
    WebinarMissed,
    WebinarCancelled,
    MailOpened,
    MailClicked,
    MailUnsubscribed,
    MailBounced,
    ConsentGiven,
    ConsentWithdrawn,
    ActivityDone,
    AssignmentRejected,
    DealLost,
)
KINDS = frozenset(kind_of(fact) for fact in BEHAVIOUR)
"""The names that a behaviour rule may listen to."""
MACHINES = frozenset(kind_of(fact) for fact in BEHAVIOUR if "machine" in fact.__struct_fields__)


def did_something() -> QuerySet[Event]:
    """Everything that people did, and no machine; whose and when is the caller's."""
    return Event.objects.filter(Q(kind__in=KINDS - MACHINES) | Q(NotTrue("body", "machine"), kind__in=MACHINES))

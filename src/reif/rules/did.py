"""Whether something happened, in SQL: a person's own events, and those of their visitors before they were known."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual

from reif.crm.models import Visitor
from reif.log.catalogue import CATALOGUE
from reif.log.models import Event
from reif.rules.predicates import Did
from reif.rules.trait_sql import NotTrue

Events = QuerySet[Event]
# `person_id IS NULL`, written so that no planner takes the index of persons for it: a fifth of a log has no person.
UNKNOWN = Q(Exact(Coalesce("person_id", 0), 0))


def happened(leaf: Did, now: datetime) -> Q:
    """A condition on people."""
    events = Event.objects.filter(matching(leaf), at__lte=now)
    if leaf.within_days is not None:
        events = events.filter(at__gte=now - timedelta(days=leaf.within_days))
    own = events.filter(person_id=OuterRef("pk"))
    visitors = Visitor.objects.filter(person_id=OuterRef(OuterRef("pk"))).values("id")
    earlier = events.filter(UNKNOWN, visitor_id__in=visitors)
    if leaf.at_least == 1:
        return Q(Exists(own)) | Q(Exists(earlier))
    return Q(GreaterThanOrEqual(_count(own, "person_id") + _count(earlier, "person_id"), leaf.at_least))


def matching(leaf: Did) -> Q:
    """Events of the leaf's kind and topic that no machine caused; times are the caller's."""
    chosen = Q(kind=leaf.kind)
    if leaf.topic.endswith("*"):
        chosen &= Q(topic__prefix=leaf.topic[:-1]) if leaf.topic != "*" else Q()
    elif leaf.topic:
        chosen &= Q(topic=leaf.topic)
    return chosen & Q(NotTrue("body", "machine")) if may_be_machine(leaf.kind) else chosen


def may_be_machine(kind: str) -> bool:
    """Whether events of this kind say if a machine caused them."""
    return "machine" in CATALOGUE[kind].__struct_fields__


def _count(events: Events, group: str) -> Any:
    """One number, 0 when there is none: `group` is the same for all rows of the subquery."""
    counted = events.order_by().values(group).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

"""Who sends a form within a week of following a call has done what the call asked for; it gets the credit once a form.

Hears form.submitted. A form inside a call says so itself, when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from reif.attract.models import Call
from reif.kit.tally import count
from reif.log.catalogue.web import FormSubmitted
from reif.log.event import Event
from reif.log.models import Event as Row

WEEK = timedelta(days=7)
Click = tuple[int | None, int | None, str, datetime]


def credit_calls(events: Sequence[Event[FormSubmitted]]) -> None:
    """The latest call that each of them followed."""
    links = set(Call.objects.filter(form="").values_list("slug", flat=True))
    if not links:
        return
    people = {e.person for e in events if e.person}
    visitors = {e.visitor for e in events if e.visitor}
    begin = min(e.at for e in events) - WEEK
    clicks = Row.objects.filter(
        Q(person_id__in=people) | Q(visitor_id__in=visitors), kind="call.clicked", at__gte=begin
    )
    rows = list(clicks.order_by("-at").values_list("person_id", "visitor_id", "topic", "at"))
    for event in events:
        if slug := _followed(event, rows, links):
            count("call.converted", slug)


def _followed(event: Event[FormSubmitted], rows: list[Click], links: set[str]) -> str:
    for person, visitor, slug, at in rows:
        theirs = (person and person == event.person) or (visitor and visitor == event.visitor)
        if theirs and slug in links and event.at - WEEK <= at <= event.at:
            return slug
    return ""

"""/api/v1/events: what happened, in one order that never changes; read on from the last place, and nothing is missed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from ninja import Schema

from reif.log.models import Event
from reif.staff.api.page import Limit, Page, page
from reif.staff.api.resource import Resource

events = Resource("events", gettext_lazy("Events"))


class EventOut(Schema):
    """A fact. at: when it happened; recorded_at: when it was noted; props: the fields of its kind; ids, no personal data."""

    id: int
    kind: str
    at: datetime
    recorded_at: datetime
    person: int | None
    visitor: int | None
    company: int | None
    deal: int | None
    actor: int | None
    cause: int | None
    topic: str
    props: dict[str, Any]

    @staticmethod
    def resolve_person(event: Event) -> int | None:
        return event.person_id

    @staticmethod
    def resolve_visitor(event: Event) -> int | None:
        return event.visitor_id

    @staticmethod
    def resolve_company(event: Event) -> int | None:
        return event.company_id

    @staticmethod
    def resolve_deal(event: Event) -> int | None:
        return event.deal_id

    @staticmethod
    def resolve_actor(event: Event) -> int | None:
        return event.actor_id

    @staticmethod
    def resolve_cause(event: Event) -> int | None:
        return event.cause_id

    @staticmethod
    def resolve_props(event: Event) -> dict[str, Any]:
        return dict(event.body)


@events.get("", scope="events:read", response=Page[EventOut])
def list_events(
    request: HttpRequest, after: str = "", limit: Limit = 100, kind: str = "", person: int = 0,
) -> Any:  # fmt: skip
    """List events in log order. kind: one kind, such as form.submitted; person: of one person."""
    wanted: dict[str, Any] = ({"kind": kind} if kind else {}) | ({"person_id": person} if person else {})
    found, following = page(Event.objects.filter(**wanted), after, limit)
    return {"items": found, "next": following}

"""A person's timeline, page by page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from reif.crm.models import Person
from reif.desk.icons import ICONS, QUIET
from reif.desk.story import days, tell
from reif.log.read import timeline

PAGE = 40
FILTERS = (
    ("", _("All"), "list"),
    ("visits", _("Visits"), "eye"),
    ("mails", _("Mails"), "mail"),
    ("sales", _("Sales"), "handshake"),
    ("stages", _("Stages"), "trending-up"),
)
_KINDS = {
    "visits": (
        *("visit.began", "page.viewed", "form.started", "form.submitted", "call.viewed", "call.clicked"),
        *("lead.received", "enquiry.received", "mail.replied", "content.downloaded"),
        *("webinar.registered", "webinar.attended", "webinar.missed", "webinar.cancelled"),
        "event.tracked",
    ),
    "mails": ("mail.sent", "mail.opened", "mail.clicked", "mail.bounced", "mail.unsubscribed", "mail.skipped"),
    "sales": (
        *(k for k in ICONS if k.split(".")[0] in ("deal", "activity", "assignment", "sla")),
        "person.assigned",
        "person.unassigned",
    ),
    "stages": (
        *(k for k in ICONS if k.split(".")[0] in ("consent", "segment")),
        "person.staged",
        "person.qualified",
        "person.disqualified",
        "person.scored",
        *(k for k in ICONS if k.split(".")[0] == "prediction"),
    ),
}
_DEFAULT = tuple(k for k in ICONS if k not in QUIET)


def page_of(person: Person, show: str, before: int | None) -> dict[str, Any]:
    """days: the timeline grouped; older: the cursor of the next page, when there is one."""
    visitors = list(person.visitors.values_list("id", flat=True))
    kinds = _KINDS.get(show, _DEFAULT)
    events = timeline(person.pk, visitors, before=before, limit=PAGE + 1, kinds=kinds)
    more = len(events) > PAGE
    shown = events[:PAGE]
    older = min(e.id for e in shown) if more else None
    return {"days": days(tell(shown)), "older": older, "show": show if show in _KINDS else "", "person": person}

"""What somebody has planned: overdue, today, this week, later."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reif.crm.models import Activity
from reif.kit.clock import now
from reif.staff.models import User

MOST = 40
ICONS = {
    "demo": "presentation",
    "meeting": "users",
    "call": "phone",
    "mail": "mail",
    "task": "square-check",
    "note": "sticky-note",
}
TITLES: dict[str, Promise] = {
    "overdue": _("Overdue"),
    "today": _("Today"),
    "week": _("This week"),
    "later": _("Later"),
}


class Span(NamedTuple):
    """One heading with its activities, in order of time."""

    key: str
    title: Promise
    activities: list[Activity]


def agenda(user: User) -> list[Span]:
    """Those of a user with something in them. One query."""
    rows = Activity.objects.planned().filter(owner=user).select_related("person__company", "deal").order_by("due_at")
    spans: dict[str, list[Activity]] = {key: [] for key in TITLES}
    moment = now()
    for activity in rows[:MOST]:
        spans[span_of(activity.due_at, moment)].append(decked(activity))
    return [Span(key, TITLES[key], found) for key, found in spans.items() if found]


def span_of(at: datetime | None, moment: datetime) -> str:
    """overdue, today, week (until Sunday) or later."""
    if at is None or at < moment:
        return "overdue"
    day, today = timezone.localdate(at), timezone.localdate(moment)
    if day == today:
        return "today"
    return "week" if day <= today + timedelta(days=6 - today.weekday()) else "later"


def decked(activity: Activity) -> Activity:
    """With the icon of its kind."""
    activity.icon = ICONS.get(activity.kind, "circle")  # type: ignore[attr-defined]
    return activity

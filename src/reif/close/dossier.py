"""Everything that the page of a deal shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from reif.close.agenda import decked
from reif.close.reasons import LOST
from reif.close.writers import WRITERS
from reif.crm.models import Activity, Deal, DealStage
from reif.kit.clock import now
from reif.log.models import Event
from reif.staff.models import User

MOST = 60


class Moment(NamedTuple):
    """A line of the timeline. body: the words of an activity."""

    icon: str
    tone: str
    words: str
    at: datetime
    who: str
    event: int
    body: str


def dossier(deal: Deal, user: User) -> dict[str, Any]:
    """Three queries beside the deal itself."""
    activities = list(Activity.objects.filter(deal=deal).select_related("owner").order_by("due_at", "id"))
    return {
        "deal": deal,
        "stages": _stages(deal),
        "days": (now() - deal.stage_at).days,
        "planned": [decked(a) for a in activities if a.due_at and not a.done_at and not a.cancelled_at],
        "moments": _moments(deal, {a.pk: a for a in activities}),
        "may_write": user.role in WRITERS,
    }


def _stages(deal: Deal) -> list[dict[str, Any]]:
    values = DealStage.values
    here = values.index(deal.stage)
    return [
        {"stage": stage, "done": number < here or bool(deal.won_at), "current": number == here}
        for number, stage in enumerate(DealStage)
    ]


def _moments(deal: Deal, activities: dict[int, Activity]) -> list[Moment]:
    events = list(Event.objects.filter(deal_id=deal.pk).order_by("-at", "-id")[:MOST])
    names = {u.pk: u.name for u in User.objects.filter(id__in={e.actor_id for e in events if e.actor_id})}
    return [_moment(e, names, activities) for e in events if e.kind in _SAID]


def _moment(event: Event, names: dict[int, str], activities: dict[int, Activity]) -> Moment:
    icon, tone, say = _SAID[event.kind]
    activity = activities.get(event.body.get("activity", 0))
    body = activity.body if activity and event.kind == "activity.done" else ""
    who = names.get(event.actor_id or 0, "")
    return Moment(icon, tone, say(event, activity), event.at, who, event.pk, body)


def _stage(key: str) -> str:
    return str(DealStage(key).label) if key in DealStage.values else key


def _subject(event: Event, activity: Activity | None) -> str:
    return activity.subject if activity else str(Activity.Kind(event.topic).label)


def _lost(event: Event) -> str:
    return _("Lost: %(reason)s") % {"reason": LOST.get(event.topic, event.topic)}


Say = Callable[[Event, Activity | None], str]
_SAID: dict[str, tuple[str, str, Say]] = {
    "deal.opened": ("handshake", "info", lambda e, _a: _("Opened at “%(stage)s”") % {"stage": _stage(e.topic)}),
    "deal.moved": ("arrow-right", "plain", lambda e, _a: _("Moved to “%(stage)s”") % {"stage": _stage(e.topic)}),
    "deal.changed": ("pencil", "plain", lambda _e, _a: _("Details changed")),
    "deal.won": ("trophy", "good", lambda _e, _a: _("Won")),
    "deal.lost": ("circle-x", "bad", lambda e, _a: _lost(e)),
    "deal.reopened": ("rotate-ccw", "info", lambda _e, _a: _("Opened again")),
    "activity.planned": ("calendar-plus", "plain", lambda e, a: _("Planned: %(what)s") % {"what": _subject(e, a)}),
    "activity.done": ("circle-check", "good", lambda e, a: _("Done: %(what)s") % {"what": _subject(e, a)}),
    "activity.cancelled": ("calendar-x", "plain", lambda e, a: _("Cancelled: %(what)s") % {"what": _subject(e, a)}),
}

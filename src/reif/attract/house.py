"""What stands around every public page: who speaks there, and the calls that are switched on."""

from __future__ import annotations

from datetime import datetime

from reif.attract.models import Call, Site
from reif.kit.clock import now
from reif.kit.held import Held

_site = Held(lambda: Site.objects.first())
_calls = Held(lambda: list(Call.objects.filter(live=True)))
_site.follow(Site)
_calls.follow(Call)


def site() -> Site:
    """The one row; one without a name before there is any."""
    return _site.now() or Site(name="")


def running() -> list[Call]:
    """The calls that are on and within their time, the most important first."""
    moment = now()
    return [call for call in _calls.now() if _within(call, moment)]


def _within(call: Call, moment: datetime) -> bool:
    return (call.starts_at is None or call.starts_at <= moment) and (call.ends_at is None or call.ends_at > moment)

"""How far the reckoning of new scores has come."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Max

from reif.crm.models import Person
from reif.qualify.in_force import ON_ITS_WAY
from reif.qualify.models import Build

DEEDS_SHARE = 70


class Progress(NamedTuple):
    """percent: of the whole. step: deeds or people. revision: what is being reckoned."""

    percent: int
    step: str
    revision: int
    started_at: datetime


def progress() -> Progress | None:
    """None when nothing is on its way. Two queries at most, by index."""
    build = Build.objects.filter(state__in=ON_ITS_WAY).order_by("-id").first()
    if build is None:
        return None
    if build.state == Build.State.DEEDS:
        share = DEEDS_SHARE * build.position // max(build.until, 1)
    else:
        last = Person.objects.aggregate(last=Max("id"))["last"] or 1
        share = DEEDS_SHARE + (99 - DEEDS_SHARE) * min(build.person, last) // last
    return Progress(share, build.state, build.revision, build.started_at)

"""Quiet hours: the next moment at which a reader may be written to, in their own time zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

from reif.channels.mails import Hours


@lru_cache(maxsize=1000)
def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; the house's own when it is empty or unknown."""
    return ZoneInfo(name if name in _zones() else settings.TIME_ZONE)


@lru_cache(maxsize=1)
def _zones() -> set[str]:
    return available_timezones()


def next_open(moment: datetime, zone: ZoneInfo, hours: Hours) -> datetime:
    """`moment` itself when it is within the hours, else the next time they begin. Same time zone as `moment`."""
    if not hours.limited:
        return moment
    local = moment.astimezone(zone)
    if _works(local, hours) and hours.start <= local.hour < hours.end:
        return moment
    day = local.date() + timedelta(days=1 if local.hour >= hours.start else 0)
    opening = datetime.combine(day, time(hours.start), zone)
    while not _works(opening, hours):
        opening += timedelta(days=1)
    return opening.astimezone(moment.tzinfo)


def _works(local: datetime, hours: Hours) -> bool:
    return local.weekday() < 5 or not hours.weekdays

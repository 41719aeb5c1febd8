"""Remind whoever has a seat, a day and an hour before it begins, and tell them when the date moves.

Hears its own timers. Says mail.queued.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from reif.attract.models import Webinar
from reif.attract.webinars.letters import MOVED, SOON, TOMORROW, tell_seated
from reif.kit.clock import now
from reif.log.catalogue.timers import TimerFired
from reif.log.clock import cancel, wake_many
from reif.log.event import Event
from reif.log.models import Timer

DAY, HOUR = "attract.remind_day", "attract.remind_hour"
BEFORE = {DAY: timedelta(hours=24), HOUR: timedelta(hours=1)}
MAILS = {DAY: TOMORROW, HOUR: SOON}
LATEST = {DAY: timedelta(hours=3), HOUR: timedelta(0)}
"""How long before the beginning a reminder that comes late still makes sense."""


def set_timers(webinars: Sequence[Webinar]) -> None:
    """One timer for each reminder ahead; a new date moves it, a date that has passed or was called off removes it."""
    moment, wanted = now(), []
    for name, before in BEFORE.items():
        ahead = [w for w in webinars if w.called_off_at is None and w.starts_at - before > moment]
        wanted += [Timer(name=name, about=w.pk, at=w.starts_at - before) for w in ahead]
        cancel(name, *(w.pk for w in webinars if w not in ahead))
    wake_many(wanted)


def remind(events: Sequence[Event[TimerFired]]) -> None:
    """Hears its timers. A worker that slept too long reminds nobody of what has begun."""
    found = Webinar.objects.in_bulk([e.fact.about for e in events])
    for event in events:
        webinar = found.get(event.fact.about)
        if webinar is None or webinar.called_off_at or webinar.starts_at - now() <= LATEST[event.topic]:
            continue
        tell_seated(webinar, MAILS[event.topic], cause=event.id)


def tell_moved(webinar: Webinar) -> None:
    """The new date, for those who have the old one in their calendars."""
    if webinar.starts_at > now():
        tell_seated(webinar, MOVED)

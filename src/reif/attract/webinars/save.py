"""Write a webinar, move it, call it off, and tell those who have a seat.

Says mail.queued.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reif.attract.models import Webinar
from reif.attract.webinars.letters import OFF, tell_seated
from reif.attract.webinars.remind import set_timers, tell_moved
from reif.kit.clock import now
from reif.log.append import writing

FIELDS = (
    "title", "summary", "starts_at", "minutes", "timezone", "speaker", "speaker_role", "join_url", "recording_url",
)  # fmt: skip


class EditedMeanwhile(RuntimeError):
    """Somebody else saved since."""


class SlugTaken(ValueError):
    """Another webinar has this address."""


def start(slug: str, fields: Mapping[str, Any]) -> Webinar:
    """A new one. Raises SlugTaken."""
    with writing():
        if Webinar.objects.filter(slug=slug).exists():
            raise SlugTaken(slug)
        made = Webinar.objects.create(slug=slug, **{name: fields[name] for name in FIELDS})
        set_timers([made])
    return made


def save(webinar: Webinar, fields: Mapping[str, Any], version: int) -> bool:
    """True when the date moved: then reminders move too, and whoever has a seat is told. Raises EditedMeanwhile."""
    with writing():
        row = Webinar.objects.select_for_update().get(pk=webinar.pk)
        if row.version != version:
            raise EditedMeanwhile(row.title)
        moved = bool(row.starts_at != fields["starts_at"])
        for name in FIELDS:
            setattr(row, name, fields[name])
        row.version += 1
        if row.file:
            row.own_since = row.own_since or now()
        row.save()
        set_timers([row])
        if moved and row.called_off_at is None:
            tell_moved(row)
    return moved


def call_off(webinar: Webinar) -> int:
    """It does not take place. Returns how many were told."""
    with writing():
        row = Webinar.objects.select_for_update().get(pk=webinar.pk)
        if row.called_off_at or row.over:
            return 0
        row.called_off_at, row.version = now(), row.version + 1
        row.own_since = row.own_since or (now() if row.file else None)
        row.save()
        set_timers([row])
        return tell_seated(row, OFF)

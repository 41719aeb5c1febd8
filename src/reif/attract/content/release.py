"""Bring a text before the public now or at a moment, and take it back.

Hears its own timer. Says content.published once in the life of a text, and content.withdrawn each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reif.attract.models import Content
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.timers import TimerFired
from reif.log.catalogue.web import ContentPublished, ContentWithdrawn
from reif.log.clock import cancel, wake_many
from reif.log.event import Event
from reif.log.models import Timer

TIMER = "attract.publish"


def release(content: Content, at: datetime | None, by: int | None) -> None:
    """Public from `at` on, or from now; what is public already keeps its date unless a new one is given."""
    with writing():
        row = Content.objects.select_for_update().get(pk=content.pk)
        row.published_at = at or (row.published_at if row.state == "published" else now())
        row.save(update_fields=["published_at"])
        announce_or_wait([row], by)
    content.published_at, content.announced_at = row.published_at, row.announced_at


def withdraw(content: Content, by: int | None) -> None:
    """A draft again; its address answers that there is nothing."""
    with writing():
        row = Content.objects.select_for_update().get(pk=content.pk)
        was_public = row.state == "published"
        row.published_at = None
        row.save(update_fields=["published_at"])
        cancel(TIMER, row.pk)
        if was_public:
            append(ContentWithdrawn(topic=row.path, actor=by))
    content.published_at = None


def announce_or_wait(rows: Iterable[Content], by: int | None = None) -> None:
    """Say it for what is public and was never said; set the timer for what is ahead."""
    moment, found = now(), list(rows)
    ahead = [row for row in found if row.published_at and row.published_at > moment]
    fresh = [row for row in found if row.published_at and row.published_at <= moment and row.announced_at is None]
    for row in fresh:
        row.announced_at = row.published_at
    Content.objects.bulk_update(fresh, ["announced_at"], batch_size=200)
    append(*(ContentPublished(topic=row.path, at=row.announced_at, actor=by) for row in fresh))
    cancel(TIMER, *(row.pk for row in found if row not in ahead))
    wake_many(Timer(name=TIMER, about=row.pk, at=at) for row in ahead if (at := row.published_at))


def announce(events: list[Event[TimerFired]]) -> None:
    """Hears its timer: the moment has come, unless it was moved or taken back meanwhile."""
    about = [event.fact.about for event in events]
    announce_or_wait(Content.objects.filter(pk__in=about).exclude(published_at=None))

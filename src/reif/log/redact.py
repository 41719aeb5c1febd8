"""The one thing that changes the past: take the words out of people's events, keep that they happened."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from reif.log.models import Event, Text
from reif.log.rewrite import rewrite

SPEAKING = ("url", "referrer", "title", "utm", "link", "came", "detail_1", "detail_2", "props")
_AT_ONCE = 500


def redact(people: Iterable[int], visitors: Iterable[int] = ()) -> int:
    """Empty free text and addresses in all events of these people and visitors. Returns how many events changed."""
    touched = 0
    for column, ids in (("person_id", list(people)), ("visitor_id", list(visitors))):
        for i in range(0, len(ids), _AT_ONCE):
            touched += _redact(Q(**{f"{column}__in": ids[i : i + _AT_ONCE]}))
    return touched


def _redact(whose: Q) -> int:
    events = Event.objects.filter(whose)
    Text.objects.filter(event__in=events).delete()
    touched = []
    for event in events.only("id", "body").iterator(chunk_size=2000):
        if any(key in event.body for key in SPEAKING):
            event.body = {k: v for k, v in event.body.items() if k not in SPEAKING}
            touched.append(event)
    rewrite(touched, ["body"])
    return len(touched)

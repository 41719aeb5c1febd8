"""The one thing that changes the past: take the words out of a person's events, keep that they happened."""

from __future__ import annotations

from django.db.models import Q

from reif.log.models import Event, Text
from reif.log.rewrite import rewrite

SPEAKING = ("url", "referrer", "title", "utm", "link", "came", "detail_1", "detail_2")


def redact(person: int, visitors: list[int]) -> int:
    """Empty free text and addresses in all events of a person and their visitors. Returns how many events."""
    events = Event.objects.filter(Q(person_id=person) | Q(visitor_id__in=visitors))
    Text.objects.filter(event__in=events).delete()
    touched = []
    for event in events.iterator(chunk_size=2000):
        event.body = {k: v for k, v in event.body.items() if k not in SPEAKING}
        touched.append(event)
    rewrite(touched, ["body"])
    return len(touched)

"""Forget what people entered into forms; that a form was sent stays as a number.

Hears person.erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reif.capture.models import Alias, Asked, Download, Submission
from reif.log.catalogue.people import PersonErased
from reif.log.clock import cancel
from reif.log.event import Event

EMPTIED: dict[str, Any] = {
    "data": {}, "url": "", "referrer": "", "utm": {}, "source_detail_1": "", "source_detail_2": "", "ip": None,
    "agent": "", "content": "", "legal": {},
}  # fmt: skip


def forget(events: Sequence[Event[PersonErased]]) -> None:
    """Entries, evidence, downloads, and which browser was which; the double opt-ins that still wait are over."""
    people = [e.person for e in events if e.person]
    visitors = [v for e in events for v in e.fact.visitors]
    mine = Submission.objects.filter(person__in=people)
    ids = list(mine.values_list("id", flat=True))
    cancel("capture.unconfirmed", *ids)
    cancel("capture.remind", *ids)
    Asked.objects.filter(submission__in=ids, consent__given_at=None).delete()
    mine.update(**EMPTIED)
    Download.objects.filter(person__in=people).delete()
    Alias.objects.filter(left__in=visitors).delete()
    Alias.objects.filter(right__in=visitors).delete()

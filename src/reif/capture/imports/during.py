"""What was said while an import ran, of one kind; the index by kind and time finds it."""

from __future__ import annotations

from django.db.models import QuerySet

from reif.capture.models import Import
from reif.log.models import Event


def during(one: Import, kind: str) -> QuerySet[Event]:
    """In order."""
    found = Event.objects.filter(kind=kind, at__gte=one.started_at or one.created_at).order_by("id")
    return found.filter(at__lte=one.finished_at) if one.finished_at else found

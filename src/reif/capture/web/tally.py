"""The counts of the house, for other rooms to add to and to read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Sum

from reif.capture.models import DailyCount
from reif.capture.web.counting import count
from reif.kit.tally import Day


def add(kind: str, about: str) -> None:
    """One more, today."""
    count(kind, about)


def read(kinds: Iterable[str], first: date, last: date) -> list[Day]:
    """By day, kind and what it is about, whatever the visitors agreed to."""
    rows = DailyCount.objects.filter(kind__in=list(kinds), day__gte=first, day__lte=last)
    summed = rows.order_by().values_list("day", "kind", "path").annotate(n=Sum("number"))
    return list(summed.order_by("day", "kind", "path"))

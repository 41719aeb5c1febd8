"""Who fetched a file, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from reif.kit.clock import now
from reif.log.models import Event

DAYS = 30


@dataclass
class Downloads:
    """n: all; people: how many different ones; days: the last thirty days, one number each."""

    n: int = 0
    people: int = 0
    days: list[int] = field(default_factory=list)


def downloads(slugs: Iterable[str]) -> dict[str, Downloads]:
    """By slug, in one query."""
    wanted = list(slugs)
    rows = Event.objects.filter(kind="content.downloaded", topic__in=wanted).exclude(body__machine=True)
    counted = rows.order_by().values_list("topic").annotate(n=Count("id"), people=Count("person_id", distinct=True))
    found = {topic: Downloads(n, people) for topic, n, people in counted}
    return {slug: found.get(slug, Downloads()) for slug in wanted}


def trend(slug: str) -> list[tuple[str, int]]:
    """Day and number for the last thirty days."""
    today = timezone.localdate(now())
    since = today - timedelta(days=DAYS - 1)
    rows = Event.objects.filter(kind="content.downloaded", topic=slug, at__date__gte=since).exclude(body__machine=True)
    found = dict(rows.order_by().annotate(day=TruncDate("at")).values_list("day").annotate(n=Count("id")))
    return [(f"{d:%Y-%m-%d}", found.get(d, 0)) for d in (since + timedelta(days=i) for i in range(DAYS))]

"""How many people each segment has, and how it grew in the last weeks."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from reif.crm.models import Member
from reif.kit.clock import now
from reif.log.models import Event

DAYS = 30
SIGNS = {"segment.entered": 1, "segment.left": -1}


def sizes() -> dict[str, int]:
    """People by segment; one query over the index of memberships."""
    return dict(Member.objects.order_by().values_list("segment").annotate(n=Count("person")))


def growth(counts: dict[str, int], moment: datetime | None = None) -> dict[str, list[int]]:
    """People at the end of each of the last thirty days, by segment, from what it has now and what moved; one query."""
    moment = moment or now()
    moves: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = Event.objects.filter(kind__in=SIGNS, at__gte=moment - timedelta(days=DAYS)).order_by()
    for topic, kind, day, n in (
        rows.annotate(day=TruncDate("at")).values_list("topic", "kind", "day").annotate(n=Count("id"))
    ):
        moves[topic][(moment.date() - day).days] += SIGNS[kind] * n
    lines = {}
    for key, count in counts.items():
        line = [count]
        for back in range(DAYS):
            line.append(max(0, line[-1] - moves[key][back]))
        lines[key] = line[::-1]
    return lines

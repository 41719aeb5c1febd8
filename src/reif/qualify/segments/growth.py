"""How many people each segment has, and how it grew in the last weeks: sums of its days, however many people there are."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import F, Sum
from django.utils import timezone

from reif.kit.clock import now
from reif.qualify.models import Tally

DAYS = 30


def sizes() -> dict[str, int]:
    """People by segment; one query."""
    return dict(Tally.objects.order_by().values_list("segment").annotate(n=Sum(F("entered") - F("left"))))


def growth(counts: dict[str, int], moment: datetime | None = None) -> dict[str, list[int]]:
    """People at the end of each of the last thirty days, by segment, from what it has now and what moved; one query."""
    today = timezone.localdate(moment or now(), timezone.get_default_timezone())
    moves: dict[str, dict[int, int]] = defaultdict(dict)
    days = Tally.objects.filter(segment__in=counts, day__gte=today - timedelta(days=DAYS))
    for segment, day, entered, left in days.values_list("segment", "day", "entered", "left"):
        moves[segment][(today - day).days] = entered - left
    lines = {}
    for key, count in counts.items():
        line = [count]
        for back in range(DAYS):
            line.append(max(0, line[-1] - moves[key].get(back, 0)))
        lines[key] = line[::-1]
    return lines

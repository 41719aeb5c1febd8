"""What a webinar brought: seats, who came, how long they stayed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from reif.attract.models import Registration, Webinar
from reif.kit.clock import now

HAS_SEAT = Q(registered_at__isnull=False, cancelled_at=None)
CAME = Q(attended_at__isnull=False)
BARS = 9
DAYS = 28


@dataclass
class Numbers:
    """registered counts seats that were not given back; came everybody who was there, with a seat or without."""

    registered: int = 0
    cancelled: int = 0
    came: int = 0
    missed: int = 0
    walked_in: int = 0
    minutes: float = 0

    @property
    def share(self) -> float | None:
        """Of those with a seat, how many came; None before anybody is known to have."""
        seated = self.came - self.walked_in
        return seated / self.registered if self.registered and (self.came or self.missed) else None


def numbers(webinars: Iterable[Webinar]) -> dict[int, Numbers]:
    """By webinar, in one query."""
    rows = Registration.objects.filter(webinar__in=[w.pk for w in webinars]).order_by().values("webinar")
    counted = rows.annotate(
        registered=Count("id", filter=HAS_SEAT), cancelled=Count("id", filter=Q(cancelled_at__isnull=False)),
        came=Count("id", filter=CAME), missed=Count("id", filter=Q(missed_at__isnull=False)),
        walked_in=Count("id", filter=CAME & Q(registered_at=None)), minutes=Avg("minutes", filter=CAME),
    )  # fmt: skip
    found = {}
    for row in counted:
        told: dict[str, Any] = dict(row)
        webinar = told.pop("webinar")
        found[webinar] = Numbers(**{**told, "minutes": told["minutes"] or 0})
    return {w.pk: found.get(w.pk, Numbers()) for w in webinars}


@dataclass(frozen=True)
class Bar:
    """How many stayed from so many minutes to so many."""

    label: str
    n: int


def stays(webinar: Webinar) -> list[Bar]:
    """How long people stayed, in steps of the webinar's length; the last one is the whole of it and longer."""
    step = max(1, round(webinar.minutes / (BARS - 1)))
    rows = Registration.objects.filter(CAME, webinar=webinar).values_list("minutes").annotate(n=Count("id"))
    counts = [0] * BARS
    for minutes, n in rows:
        counts[min(BARS - 1, minutes // step)] += n
    last = (BARS - 1) * step
    return [Bar(f"{i * step}–{(i + 1) * step}", n) for i, n in enumerate(counts[:-1])] + [Bar(f"{last}+", counts[-1])]


def by_day(webinar: Webinar) -> list[int]:
    """New seats on each of the last four weeks' days before it took place, or until today."""
    end: date = timezone.localdate(min(webinar.ends_at, now()))
    start = end - timedelta(days=DAYS - 1)
    rows = Registration.objects.filter(webinar=webinar, registered_at__date__gte=start)
    found = dict(rows.annotate(day=TruncDate("registered_at")).values_list("day").annotate(n=Count("id")))
    return [found.get(start + timedelta(days=n), 0) for n in range(DAYS)]


def in_state(webinar: Webinar, state: str) -> QuerySet[Registration]:
    """Seats in a state; all of them for a word that is none."""
    rows = Registration.objects.filter(webinar=webinar)
    if state == "attended":
        return rows.filter(CAME)
    if state == "cancelled":
        return rows.filter(cancelled_at__isnull=False)
    return rows.filter(missed_at__isnull=False) if state == "missed" else rows

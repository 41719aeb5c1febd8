"""What came of calls: seen, followed, closed, done what they ask for; of everybody who agreed to being counted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from reif.kit.clock import now
from reif.kit.tally import counted

DAYS = 30
KINDS = ("call.viewed", "call.clicked", "call.dismissed", "call.converted")


class Numbers(NamedTuple):
    """In thirty days. trend: views by day, the oldest first."""

    viewed: int = 0
    clicked: int = 0
    dismissed: int = 0
    converted: int = 0
    trend: tuple[int, ...] = ()

    @property
    def rate(self) -> float | None:
        """Of those who saw it, how many followed it or sent its form."""
        done = max(self.clicked, self.converted)
        return min(1.0, done / self.viewed) if self.viewed else None


def numbers() -> dict[str, Numbers]:
    """By slug."""
    today = timezone.localdate(now())
    first = today - timedelta(days=DAYS - 1)
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    trend: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for day, kind, slug, n in counted(KINDS, first, today):
        sums[slug][kind] += n
        if kind == "call.viewed":
            trend[slug][day] += n
    days = [first + timedelta(days=n) for n in range(DAYS)]
    return {
        slug: Numbers(
            found["call.viewed"],
            found["call.clicked"],
            found["call.dismissed"],
            found["call.converted"],
            tuple(trend[slug][day] for day in days),
        )
        for slug, found in sums.items()
    }

"""The span of time a page looks at, and the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from reif.kit.clock import now

CHOICES = (30, 90, 365)
DEFAULT = 90


@dataclass(frozen=True)
class Period:
    """Whole days in the reader's time zone, both included. days: the chosen length, 0 when the days were typed in."""

    first: date
    last: date
    days: int = 0

    @property
    def since(self) -> datetime:
        return _midnight(self.first)

    @property
    def until(self) -> datetime:
        """The midnight after the last day."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def before(self) -> Period:
        """As many days, directly before."""
        length = self.last - self.first
        last = self.first - timedelta(days=1)
        return Period(last - length, last)

    @property
    def seen_before(self) -> datetime:
        """Until when the earlier cohort may be followed, so that it had as much time as this one has had by now."""
        return min(self.before.until + max(now() - self.until, timedelta()), now())


def period_of(query: QueryDict | dict[str, Any]) -> Period:
    """`?days=30`, or `?from=2026-01-01&to=2026-03-31`; what cannot be read is the default."""
    today = timezone.localdate(now())
    first, last = _day(query.get("from")), _day(query.get("to"))
    if first or last:
        last = min(last or today, today)
        first = min(first or last, last)
        return Period(first, last)
    given = str(query.get("days", ""))
    days = int(given) if given.isdigit() and int(given) in CHOICES else DEFAULT
    return Period(today - timedelta(days=days - 1), today, days)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))

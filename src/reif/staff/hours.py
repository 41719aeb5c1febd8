"""Working time: when somebody works, when so many minutes of work are over, and how many passed between two moments.

Computed stretch by stretch, never second by second. Local times become UTC one by one, so a day with a change of the
clocks is as long as it really is.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from zoneinfo import ZoneInfo

from reif.staff.models import Absence, User, WorkingHours

Stretch = tuple[datetime, datetime]
Day = tuple[tuple[time, time], ...]
HORIZON = timedelta(days=731)
OFFICE_DAY: Day = ((time(8), time(12)), (time(13), time(17)))
OFFICE_WEEK: tuple[Day, ...] = (OFFICE_DAY,) * 5 + ((), ())


class NeverWorks(ValueError):
    """No working time within two years: the week is empty, or everything is an absence."""


@dataclass(frozen=True)
class Schedule:
    """A week (Monday first) in a time zone, without the public holidays of a place and without absences.

    country: ISO 3166-1 alpha-2, subdivision: the part of ISO 3166-2 after the dash; both may be empty.
    absences: pairs of first and last day, both included.
    """

    week: tuple[Day, ...] = OFFICE_WEEK
    zone: str = "UTC"
    country: str = ""
    subdivision: str = ""
    absences: tuple[tuple[date, date], ...] = ()

    def stretches(self, since: datetime, until: datetime | None = None) -> Iterator[Stretch]:
        """Working stretches in UTC that end after `since`, in order, to the day of `until` or for two years."""
        return _joined(self._raw(since, until or since + HORIZON))

    def _raw(self, since: datetime, until: datetime) -> Iterator[Stretch]:
        zone = ZoneInfo(self.zone)
        first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
        for n in range(-1, (last - first).days + 1):
            for start, end in self._of(first + timedelta(days=n), zone):
                if start < end and end > since:
                    yield start, end

    def _of(self, day: date, zone: ZoneInfo) -> Iterator[Stretch]:
        if self.is_free(day):
            return
        for start, end in self.week[day.weekday()]:
            yield _utc(day, start, zone, fold=0), _utc(day, end, zone, fold=1)

    def is_free(self, day: date) -> bool:
        """A public holiday or an absence."""
        return day in _holidays(self.country, self.subdivision, day.year) or self.is_away(day)

    def is_away(self, day: date) -> bool:
        """An absence of their own."""
        return any(first <= day <= last for first, last in self.absences)


@dataclass(frozen=True)
class Together:
    """Several schedules as one: working time is when at least one of them works."""

    schedules: tuple[Schedule, ...]

    def stretches(self, since: datetime, until: datetime | None = None) -> Iterator[Stretch]:
        """As `Schedule.stretches`."""
        return _joined(heapq.merge(*(s.stretches(since, until) for s in self.schedules)))


def due(start: datetime, minutes: float, schedule: Schedule | Together) -> datetime:
    """The moment at which so many working minutes have passed since `start`. Raises NeverWorks."""
    left = timedelta(minutes=minutes)
    for opens, closes in schedule.stretches(start):
        begin = max(opens, start)
        if left <= closes - begin:
            return begin + left
        left -= closes - begin
    raise NeverWorks(f"No working time within {HORIZON.days} days after {start:%Y-%m-%d}.")


def elapsed(start: datetime, end: datetime, schedule: Schedule | Together) -> timedelta:
    """Working time between two moments; nought when `end` is not after `start`."""
    total = timedelta()
    for opens, closes in takewhile(lambda s: s[0] < end, schedule.stretches(start, end)):
        total += max(min(closes, end) - max(opens, start), timedelta())
    return total


def opens(schedule: Schedule | Together, at: datetime) -> datetime:
    """The next moment of work: `at` itself while working. Raises NeverWorks."""
    return due(at, 0, schedule)


def works(schedule: Schedule | Together, at: datetime) -> bool:
    """Is it working time at this moment?"""
    begins, _ends = next(schedule.stretches(at), (None, None))
    return begins is not None and begins <= at


def on_duty(users: Iterable[User], at: datetime) -> list[User]:
    """Those who work at this moment. Two queries for all."""
    users = list(users)
    known = schedules(users)
    return [user for user in users if works(known[user.pk], at)]


def schedules(users: Iterable[User]) -> dict[int, Schedule]:
    """The schedules of these users, by their id. Two queries. Who has no hours of their own keeps office hours."""
    users = list(users)
    ids = [user.pk for user in users]
    weeks: dict[int, list[list[tuple[time, time]]]] = defaultdict(lambda: [[] for _ in range(7)])
    for row in WorkingHours.objects.filter(user__in=ids).order_by("weekday", "start"):
        weeks[row.user_id][row.weekday].append((row.start, row.end))
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for user, first, last in Absence.objects.filter(user__in=ids).values_list("user_id", "first_day", "last_day"):
        away[user].append((first, last))
    return {
        user.pk: Schedule(
            tuple(map(tuple, weeks[user.pk])) if user.pk in weeks else OFFICE_WEEK,
            user.timezone,
            user.country,
            user.subdivision,
            tuple(away[user.pk]),
        )
        for user in users
    }


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Overlapping and touching ones as one, so that nothing is counted twice."""
    open_one: Stretch | None = None
    for start, end in stretches:
        if open_one and start <= open_one[1]:
            open_one = open_one[0], max(open_one[1], end)
            continue
        if open_one:
            yield open_one
        open_one = start, end
    if open_one:
        yield open_one


def _utc(day: date, at: time, zone: ZoneInfo, fold: int) -> datetime:
    return datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC)


@lru_cache(maxsize=512)
def _holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    """Public holidays of a year; a place that nobody knows has none."""
    import holidays  # half a second of import time, and only routing and SLAs need it

    if not country:
        return frozenset()
    try:
        return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
    except NotImplementedError:
        return _holidays(country, "", year) if subdivision else frozenset()

"""A year that happens: deeds planned for moments, and a worker that is woken now and then to draw its conclusions."""

from __future__ import annotations

import heapq
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from reif.demo.draw import ZONE
from reif.kit.clock import travel
from reif.log.clock import wake
from reif.log.worker import settle

Deed = Callable[..., object]
PREDICT = "qualify.predict"  # learns once, when the year is over
SEGMENTS = "qualify.segments"  # looks at everybody every six hours; here once a day, in the weeks that pages show
SEGMENTS_SHOWN = timedelta(days=55)


@dataclass(order=True)
class Planned:
    """What somebody will do at a moment; ties keep their order."""

    at: datetime
    number: int
    deed: Deed = field(compare=False)
    given: tuple[Any, ...] = field(compare=False)


class History:
    """Deeds run in order of time with the clock set to their moment. `followers` look around after each settling,
    `errands` are run before it."""

    def __init__(self, random: Random, end: datetime) -> None:
        self.random, self.end = random, end
        self.followers: list[Callable[[datetime], None]] = []
        self.errands: list[Callable[[], None]] = []
        self._planned: list[Planned] = []
        self._numbers = count()

    def plan(self, at: datetime, deed: Deed, *given: Any) -> None:
        """Deeds beyond the end are forgotten: they have not happened yet."""
        if at < self.end:
            heapq.heappush(self._planned, Planned(at, next(self._numbers), deed, given))

    def live(self, moments: Iterator[datetime]) -> Iterator[datetime]:
        """Go through the year; yields after each moment."""
        for moment in moments:
            self._act_until(moment)
            with travel(moment):
                for errand in self.errands:
                    errand()
                settle()
                for follower in self.followers:
                    follower(moment)
                wake(PREDICT, at=moment + timedelta(days=20))
                recent = self.end - moment < SEGMENTS_SHOWN
                wake(SEGMENTS, at=moment + (timedelta(hours=18) if recent else timedelta(days=20)))
            yield moment

    def _act_until(self, moment: datetime) -> None:
        while self._planned and self._planned[0].at <= moment:
            one = heapq.heappop(self._planned)
            with travel(one.at):
                one.deed(*one.given)


def moments(random: Random, start: datetime, end: datetime) -> Iterator[datetime]:
    """When the worker looks: once a week, in the last half year twice, in the last months thrice, in the last fortnight
    twice a day, in the last hours hourly, and at the very end. Each look costs the same, however much there is to see."""
    day = start.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    while day < end:
        for hour in _hours(day, end):
            moment = day + timedelta(hours=hour, minutes=random.randrange(50), seconds=random.randrange(60))
            if start < moment < end - timedelta(minutes=2):
                yield moment
        day = (day + timedelta(days=1, hours=3)).replace(hour=0)
    yield end


def _hours(day: datetime, end: datetime) -> tuple[int, ...]:
    left, last = (end - day).days, end.astimezone(ZONE).hour
    if left < 1:
        return (9, 13, *range(max(last - 3, 14), 24)) if last > 13 else tuple(range(7, 24))
    if day.weekday() not in _WEEKDAYS[bisect(_FROM, left)]:
        return ()
    return (9, 15) if left < 14 else (9 + day.weekday() * 2 % 7,)


_FROM = 14, 75, 180
_WEEKDAYS = (0, 1, 2, 3, 4), (0, 2, 3), (1, 3), (2,)

"""Choose one of several sellers, fairly.

Weighted round robin by deficit: at each choice everybody who could have been chosen is owed their weight, and the
chosen one pays the whole. Who is away, full or off duty is owed nothing, so nobody comes back to a pile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reif.staff.hours import NeverWorks, Schedule, opens
from reif.staff.models import User

TOO_LONG = timedelta(days=5)  # longer than Easter or Christmas: nobody waits for that
CHOSEN, NOT_YET, AWAY, OFF_DUTY, FULL, HAD_IT = "chosen", "not_yet", "away", "off_duty", "full", "had_it"


class NobodyAvailable(Exception):
    """Nobody of those who were asked can take it. `reason`: nobody, away, full, had_it."""

    def __init__(self, reason: str, candidates: list[dict[str, object]] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.candidates = candidates or []


@dataclass
class Seller:
    """Somebody who could take people, as things stand now. opens: the next moment of work, None within two years."""

    user: User
    schedule: Schedule
    open: int
    opens: datetime | None

    @classmethod
    def at(cls, moment: datetime, user: User, schedule: Schedule, in_hand: int) -> Seller:
        try:
            return cls(user, schedule, in_hand, opens(schedule, moment))
        except NeverWorks:
            return cls(user, schedule, in_hand, None)

    @property
    def id(self) -> int:
        return self.user.pk

    def is_away(self, at: datetime) -> bool:
        """Absent today, or not at work for days."""
        today = at.astimezone(ZoneInfo(self.schedule.zone)).date()
        return self.opens is None or self.opens - at > TOO_LONG or self.schedule.is_away(today)

    @property
    def is_full(self) -> bool:
        return self.open >= self.user.capacity


@dataclass
class Turns:
    """What each seller of one rule is owed."""

    owed: dict[int, float] = field(default_factory=dict)

    def take(self, able: Iterable[Seller], weights: Mapping[int, int], busy: bool = False) -> Seller:
        """The next one among these; with `busy`, of those with the fewest open people for their weight."""
        able = [s for s in able if weights[s.id] > 0]
        if not able:
            raise NobodyAvailable("nobody")
        for s in able:
            self.owed[s.id] = self.owed.get(s.id, 0) + weights[s.id]
        chosen = max(able, key=lambda s: (-s.open / weights[s.id] if busy else 0, self.owed[s.id], -s.open, -s.id))
        self.owed[chosen.id] -= sum(weights[s.id] for s in able)
        chosen.open += 1
        return chosen


def sift(sellers: Iterable[Seller], at: datetime, without: frozenset[int] = frozenset()) -> dict[int, str]:
    """For each seller why they cannot be chosen now, or NOT_YET for those who can.

    Those at work come first; when nobody is, those who begin on the first day on which anybody does.
    """
    said = {s.id: _obstacle(s, at, without) for s in sellers}
    free = [s for s in sellers if said[s.id] == NOT_YET and s.opens]
    on_duty = any(s.opens == at for s in free)
    first_day = min((s.opens for s in free if s.opens), default=at).date()
    for s in free:
        if on_duty and s.opens != at:
            said[s.id] = OFF_DUTY
        elif s.opens and s.opens.date() != first_day:
            said[s.id] = AWAY
    return said


def _obstacle(seller: Seller, at: datetime, without: frozenset[int]) -> str:
    if seller.id in without:
        return HAD_IT
    if seller.is_away(at):
        return AWAY
    return FULL if seller.is_full else NOT_YET


def choose(sellers: list[Seller], at: datetime, turns: Turns, weights: Mapping[int, int], *, busy: bool = False,
           without: frozenset[int] = frozenset()) -> tuple[Seller, list[dict[str, object]]]:  # fmt: skip
    """The seller whose turn it is, and the record of everybody who was looked at. Raises NobodyAvailable."""
    said = sift(sellers, at, without)
    able = [s for s in sellers if said[s.id] == NOT_YET and weights[s.id] > 0]
    if not able:
        raise NobodyAvailable(_most_telling(list(said.values())), _record(sellers, said, weights))
    counts = {s.id: s.open for s in sellers}
    chosen = turns.take(able, weights, busy)
    said[chosen.id] = CHOSEN
    return chosen, _record(sellers, said, weights, counts)


def _most_telling(reasons: list[str]) -> str:
    return next((r for r in (FULL, AWAY, HAD_IT) if r in reasons), "nobody")


def _record(sellers: list[Seller], said: Mapping[int, str], weights: Mapping[int, int],
            counts: Mapping[int, int] | None = None) -> list[dict[str, object]]:  # fmt: skip
    return [
        {
            "user": s.id, "why": said[s.id], "open": counts[s.id] if counts else s.open,
            "capacity": s.user.capacity, "weight": weights[s.id],
        }
        for s in sellers
    ]  # fmt: skip

"""What a row of the ledger is worth at a moment, in cents: a staircase by whole days, the same to the cent everywhere.

No database and no clock in here. Whatever else computes these numbers (SQL, columns) has to agree with it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from reif.qualify.ways import Fit, Rule

DAY = timedelta(days=1)
MILLION = 1_000_000
HALVINGS = 7
"""After so many half-lives a point is worth nothing."""


class Fading(NamedTuple):
    """How points fade, in days; none of them for points that stay."""

    half_life: int | None = None
    linear: int | None = None
    expires: int | None = None

    @property
    def life(self) -> int | None:
        """From this age in days on, the points are worth nothing; None when they stay."""
        ends = [self.expires, self.linear, self.half_life and self.half_life * HALVINGS]
        return min((end for end in ends if end is not None), default=None)


def fading_of(rule: Rule | Fit) -> Fading:
    """How a rule's points fade."""
    if isinstance(rule, Fit):
        return Fading()
    decay = rule.decay
    return Fading(decay.half_life if decay else None, decay.linear if decay else None, rule.expires)


def age(given_at: datetime, moment: datetime) -> int:
    """Whole days of 24 hours, never below nought."""
    return max(0, (moment - given_at) // DAY)


def worth(points: int, fading: Fading, days: int) -> int:
    """Cents of so many points at an age."""
    life = fading.life
    if life is None:
        return points * 100
    return stairs(points, fading)[days] if days < life else 0


def next_step(points: int, fading: Fading, days: int) -> int | None:
    """The age at which the worth changes next; None when it never does."""
    life = fading.life
    return None if life is None or days >= life else _changes(points, fading)[days]


@cache
def stairs(points: int, fading: Fading) -> tuple[int, ...]:
    """Cents by age in days, as long as there are any."""
    return tuple(_cents(points, fading, days) for days in range(fading.life or 0))


@cache
def factors(half_life: int) -> tuple[int, ...]:
    """Millionths that are left by age in days: round(1e6 * 2^(-age / half_life))."""
    return tuple(round(MILLION * 2 ** (-days / half_life)) for days in range(HALVINGS * half_life))


def whole(cents: int) -> int:
    """Points of cents, rounded half up."""
    return (cents + 50) // 100


def _cents(points: int, fading: Fading, days: int) -> int:
    left = abs(points) * 100
    if fading.half_life:
        left = left * factors(fading.half_life)[days] // MILLION
    elif fading.linear:
        left = left * (fading.linear - days) // fading.linear
    return left if points > 0 else -left


@cache
def _changes(points: int, fading: Fading) -> tuple[int, ...]:
    """By age, the age at which the next step comes."""
    steps = stairs(points, fading)
    after, found = len(steps), []
    for days in range(len(steps) - 1, -1, -1):
        found.append(after)
        if days and steps[days - 1] != steps[days]:
            after = days
    return tuple(reversed(found))

"""What the house adds to the law: where it sits, and where it is stricter. A room above knows; it registers here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reif.crm.law.table import Demand


@dataclass(frozen=True)
class OwnRule:
    """The house's rule for a country (`*`: all), channel and addressee (`*`: both). soft: None leaves it as it is.
    reason: why it may be laxer than the table; without one it never is."""

    country: str = "*"
    channel: str = "email"
    to: str = "*"
    demand: Demand | None = None
    soft: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class House:
    """seat: ISO code, empty when nobody knows. keep_months: how long any proof is kept after an erasure."""

    seat: str = ""
    rules: tuple[OwnRule, ...] = ()
    keep_months: int = 0


_ask: list[Callable[[], House]] = []


def answer_with(ask: Callable[[], House]) -> None:
    """Register who knows the house; the last one does."""
    _ask[:] = [ask]


def house() -> House:
    """Seat and own rules; strict and seatless when nobody has registered."""
    return _ask[0]() if _ask else House()

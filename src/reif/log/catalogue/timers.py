"""Time as a source of events."""

from __future__ import annotations

from dataclasses import dataclass

from reif.log.fact import Fact


@dataclass(frozen=True)
class Named:
    """A timer of one name, to listen to: `hear(TimerFired.of("route.sla"), escalate)`."""

    name: str


class TimerFired(Fact, frozen=True, kw_only=True, tag="timer.fired"):
    """A moment came that somebody asked for. topic: the timer's name; about: what it is for."""

    about: int = 0

    @staticmethod
    def of(name: str) -> Named:
        return Named(name)

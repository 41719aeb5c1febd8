"""Deals and the activities of sellers."""

from __future__ import annotations

from reif.log.fact import Fact


class DealOpened(Fact, frozen=True, kw_only=True, tag="deal.opened"):
    """topic: the deal stage it starts in."""


class DealMoved(Fact, frozen=True, kw_only=True, tag="deal.moved"):
    """topic: the deal stage it is in now."""

    came_from: str = ""


class DealChanged(Fact, frozen=True, kw_only=True, tag="deal.changed"):
    """fields: the names of the columns that have a new value; never the values."""

    fields: list[str] = []


class DealWon(Fact, frozen=True, kw_only=True, tag="deal.won"):
    """topic: the reason, when given. cents: the amount in the deal's currency."""

    cents: int = 0


class DealLost(Fact, frozen=True, kw_only=True, tag="deal.lost"):
    """topic: the reason."""

    cents: int = 0


class DealReopened(Fact, frozen=True, kw_only=True, tag="deal.reopened"):
    """topic: the deal stage it is in again."""


class ActivityPlanned(Fact, frozen=True, kw_only=True, tag="activity.planned"):
    """topic: the kind (demo, meeting, call, task)."""

    activity: int = 0


class ActivityDone(Fact, frozen=True, kw_only=True, tag="activity.done"):
    """topic: the kind (demo, meeting, call, task, mail, note)."""

    activity: int = 0


class ActivityCancelled(Fact, frozen=True, kw_only=True, tag="activity.cancelled"):
    """topic: the kind."""

    activity: int = 0

"""Put a deal between two others of a column."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from reif.crm.deals import move_deal
from reif.crm.models import Deal
from reif.staff.models import User

STEP = 1024.0


@dataclass(frozen=True)
class Place:
    """stage; index: the place among the deals that the mover saw, None for the end. came_from: the stage they saw."""

    stage: str
    index: int | None = None
    came_from: str = ""


def place(deal: Deal, to: Place, seen: QuerySet[Deal], by: User) -> str:
    """Move it; returns the stage in which it was really. The last one who moves wins. Raises DealClosed, ValueError."""
    deal.refresh_from_db()
    before = deal.stage
    position = None if to.index is None else _between(deal, to, seen)
    move_deal(deal, to.stage, by.pk, position)
    return before


def _between(deal: Deal, to: Place, seen: QuerySet[Deal]) -> float | None:
    assert to.index is not None
    around = list(seen.filter(stage=to.stage).exclude(id=deal.pk).values_list("position", flat=True)[: to.index + 1])
    if not around:
        return None
    if to.index == 0:
        return around[0] - STEP
    if to.index >= len(around):
        return around[-1] + STEP
    return (around[to.index - 1] + around[to.index]) / 2

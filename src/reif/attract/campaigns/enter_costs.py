"""Write what campaigns cost. The same told twice is the same once: a day and channel has one amount, the last told.

Says cost.entered for each that is another one now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings

from reif.attract.campaigns.rates import Rates, converted
from reif.attract.models import Cost
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.campaigns import CostEntered

COLUMNS = ("budget_cents", "cents", "currency", "rate", "home_cents", "clicks", "impressions", "way", "updated_at")
CLEARED = -1
"""As cents or budget: take away what was entered."""


class Place(NamedTuple):
    """A cell of the sheet of costs."""

    campaign: int
    day: date
    channel: str


@dataclass(frozen=True)
class Amount:
    """What is told about a cell; None is not told and stays, CLEARED takes it away. rate: given, else the one that is kept."""

    cents: int | None = None
    currency: str = ""
    budget: int | None = None
    rate: Decimal | None = None
    clicks: int | None = None
    impressions: int | None = None


@dataclass(frozen=True)
class Entered:
    """How many cells were new, changed, and already so."""

    new: int = 0
    changed: int = 0
    same: int = 0


def enter_costs(told: dict[Place, Amount], slugs: dict[int, str], way: str, by: int | None = None) -> Entered:
    """slugs: of the campaigns, by id. Raises NoRate when a currency has none; then nothing is written."""
    rates, moment = Rates(), now()
    with writing():
        known = _known(told)
        fresh: list[Cost] = []
        changed: list[Cost] = []
        facts: list[CostEntered] = []
        same = 0
        for place, amount in told.items():
            row = known.get(place)
            before = _state(row)
            row = row or Cost(
                campaign_id=place.campaign, day=place.day, channel=place.channel, currency=settings.CURRENCY
            )
            _apply(row, amount, rates)
            if _state(row) == before:
                same += 1
                continue
            row.way, row.updated_at = way, moment
            (changed if row.pk else fresh).append(row)
            facts.append(_fact(row, slugs[place.campaign], by))
        Cost.objects.bulk_create(fresh, batch_size=500)
        Cost.objects.bulk_update(changed, COLUMNS, batch_size=200)
        append(*facts)
    return Entered(len(fresh), len(changed), same)


def _known(told: Sequence[Place] | dict[Place, Amount]) -> dict[Place, Cost]:
    days = [place.day for place in told]
    if not days:
        return {}
    campaigns = {place.campaign for place in told}
    rows = Cost.objects.select_for_update().filter(campaign__in=campaigns, day__range=(min(days), max(days)))
    return {Place(row.campaign_id, row.day, row.channel): row for row in rows}


def _state(row: Cost | None) -> tuple[object, ...]:
    if row is None:
        return (None, None, settings.CURRENCY, Decimal(1), None, None)
    return (row.budget_cents, row.cents, row.currency, row.rate, row.clicks, row.impressions)


def _apply(row: Cost, amount: Amount, rates: Rates) -> None:
    if amount.budget is not None:
        row.budget_cents = None if amount.budget == CLEARED else amount.budget
    if amount.cents == CLEARED:
        row.cents, row.home_cents, row.currency, row.rate = None, None, settings.CURRENCY, Decimal(1)
    elif amount.cents is not None:
        row.currency = amount.currency or settings.CURRENCY
        row.rate = amount.rate or rates.of(row.currency, row.day)
        row.cents, row.home_cents = amount.cents, converted(amount.cents, row.rate)
    row.clicks = row.clicks if amount.clicks is None else amount.clicks
    row.impressions = row.impressions if amount.impressions is None else amount.impressions


def _fact(row: Cost, slug: str, by: int | None) -> CostEntered:
    return CostEntered(
        topic=slug, actor=by, day=row.day.isoformat(), channel=row.channel, cents=row.home_cents or 0,
        clicks=row.clicks or 0, impressions=row.impressions or 0, way=row.way,
    )  # fmt: skip

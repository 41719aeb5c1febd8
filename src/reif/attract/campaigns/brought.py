"""What campaigns brought and what they cost: people by stage, deals, money, from one question for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, Q, Sum
from django.db.models.functions import TruncDate

from reif.attract.campaigns.rates import NoRate, Rates
from reif.attract.models import CampaignName, Cost
from reif.crm.models import TURNS, Deal, Origin
from reif.rules.within import EVERYBODY, Within

_SQL = (Path(__file__).parent / "brought.sql").read_text()
_GROUPS = {"": "''", "source": "touch.source"}
EVER = (datetime.fromisoformat("1970-01-01T00:00:00+00:00"), datetime.fromisoformat("9999-01-01T00:00:00+00:00"))


@dataclass(frozen=True)
class Brought:
    """people: whose touch of the chosen kind is this campaign's. won_cents: in the home currency; left_out: won in
    currencies without a rate, by currency. cost, budget: None when nobody entered any."""

    people: int = 0
    leads: int = 0
    mql: int = 0
    sql: int = 0
    customers: int = 0
    deals: int = 0
    won: int = 0
    won_cents: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    cost: int | None = None
    budget: int | None = None
    days_with_cost: int = 0

    @property
    def per_lead(self) -> float | None:
        return self.cost / self.leads if self.cost is not None and self.leads else None

    @property
    def per_sql(self) -> float | None:
        return self.cost / self.sql if self.cost is not None and self.sql else None

    @property
    def per_customer(self) -> float | None:
        return self.cost / self.customers if self.cost is not None and self.customers else None

    @property
    def back(self) -> float | None:
        """What came back for each unit that was spent."""
        return self.won_cents / self.cost if self.cost else None


def brought(turn: str, span: tuple[datetime, datetime] = EVER, campaign: int | None = None,
            by: str = "", within: Within = EVERYBODY) -> dict[tuple[int, str], Brought]:  # fmt: skip
    """turn: first, lead, opportunity or last. by: `source` for a line each category. within: of a segment alone.
    Keys: campaign and part.

    Two queries for people and deals; costs are `spent`.
    """
    if turn not in TURNS:
        raise ValueError(turn)
    moment = connection.ops.adapt_datetimefield_value
    asked = {"since": moment(span[0]), "until": moment(span[1]), "campaign": campaign or 0} | within.asked
    chosen = "known.campaign_id = %(campaign)s" if campaign else "%(campaign)s = 0"
    with connection.cursor() as cursor:
        whose = within.sql("origin.person_id")
        cursor.execute(_SQL.format(turn=turn, group=_GROUPS[by], chosen=chosen, whose=whose), asked)
        found = {(row[0], row[1]): _line(row[2:]) for row in cursor.fetchall()}
    for key, (cents, left_out) in _won(turn, span, campaign, by, within).items():
        if key in found:
            found[key] = replace(found[key], won_cents=cents, left_out=left_out)
    return found


def _line(numbers: Iterable[Any]) -> Brought:
    people, leads, mql, sql, customers, deals, won = (int(n) for n in numbers)
    return Brought(people, leads, mql, sql, customers, deals, won)


def with_costs(lines: dict[int, Brought], costs: dict[int, tuple[int | None, int | None, int]]) -> dict[int, Brought]:
    """Lines by campaign, with cost, budget and the number of days that have a cost."""
    keys = lines.keys() | costs.keys()
    empty: tuple[int | None, int | None, int] = (None, None, 0)
    return {
        key: replace(lines.get(key, Brought()), cost=c, budget=b, days_with_cost=n)
        for key in keys
        for c, b, n in (costs.get(key, empty),)
    }


def spent(span: tuple[datetime, datetime] | None = None) -> dict[int, tuple[int | None, int | None, int]]:
    """Cost, budget and days with a cost, by campaign."""
    rows = Cost.objects.filter(_between(span)).values_list("campaign").order_by()
    with_cost = Count("day", distinct=True, filter=Q(home_cents__isnull=False))
    counted = rows.annotate(Sum("home_cents"), Sum("budget_cents"), days=with_cost)
    return {campaign: (cost, budget, days) for campaign, cost, budget, days in counted}


def per_day(campaign: int, turn: str, span: tuple[datetime, datetime], within: Within = EVERYBODY
            ) -> dict[Any, dict[str, float]]:  # fmt: skip
    """People of each day that has any, and of everybody cost and budget too."""
    names = CampaignName.objects.filter(campaign=campaign).values("name")
    came = Origin.objects.filter(
        within.people("person"),
        **{f"{turn}__campaign__in": names, f"{turn}__at__gte": span[0], f"{turn}__at__lt": span[1]},
        person__erased_at=None,
    )
    days: dict[Any, dict[str, float]] = defaultdict(lambda: {"people": 0, "cost": 0, "budget": 0})
    for day, n in came.annotate(day=TruncDate(f"{turn}__at")).values_list("day").annotate(n=Count("pk")).order_by():
        days[day]["people"] = n
    if within.key:
        return days
    costs = Cost.objects.filter(_between(span), campaign=campaign).values_list("day").order_by()
    for day, cost, budget in costs.annotate(Sum("home_cents"), Sum("budget_cents")):
        days[day]["cost"], days[day]["budget"] = (cost or 0) / 100, (budget or 0) / 100
    return days


def begins(campaign: int, turn: str) -> datetime | None:
    """When the first touch of the campaign was seen."""
    names = CampaignName.objects.filter(campaign=campaign).values("name")
    found: datetime | None = Origin.objects.filter(**{f"{turn}__campaign__in": names}).aggregate(at=Min(f"{turn}__at"))[
        "at"
    ]
    return found


def _between(span: tuple[datetime, datetime] | None) -> Q:
    return Q(day__gte=span[0].date(), day__lt=span[1].date()) if span and span != EVER else Q()


def _won(turn: str, span: tuple[datetime, datetime], campaign: int | None, by: str,
         within: Within) -> dict[tuple[int, str], tuple[int, dict[str, int]]]:  # fmt: skip
    """Won amounts at the rate of the day on which the deal was won."""
    names = CampaignName.objects.filter(campaign=campaign) if campaign else CampaignName.objects.all()
    owners = dict(names.values_list("name", "campaign_id"))
    path = f"person__origin__{turn}"
    deals = Deal.objects.filter(
        within.people("person"), won_at__isnull=False, person__erased_at=None,
        **{f"{path}__campaign__in": list(owners), f"{path}__at__gte": span[0], f"{path}__at__lt": span[1]},
    )  # fmt: skip
    columns = (F(f"{path}__campaign"), F(f"{path}__source"), "currency", TruncDate("won_at"))
    rows = deals.values_list(*columns).annotate(sum=Sum("cents")).order_by()
    return _converted((owners[name], source if by else "", *rest) for name, source, *rest in rows)


def _converted(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[int, str], tuple[int, dict[str, int]]]:
    rates, sums = Rates(), defaultdict[tuple[int, str], int](int)
    left: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for campaign, part, currency, day, cents in rows:
        key = (campaign, part)
        try:
            sums[key] += rates.home(cents, currency, day)
        except NoRate:
            left[key][currency] = left[key].get(currency, 0) + cents
    return {key: (sums[key], left.get(key, {})) for key in sums.keys() | left.keys()}

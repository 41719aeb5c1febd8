"""/api/v1/campaigns: which there are, and what they cost, told by other software."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema
from pydantic import Field

from reif.attract.campaigns.enter_costs import Amount, Place, enter_costs
from reif.attract.campaigns.rates import NoRate
from reif.attract.models import Campaign, Channel
from reif.staff.api.page import Limit, Page, page
from reif.staff.api.problem import Flaw, Problem
from reif.staff.api.resource import Resource

campaigns = Resource("campaigns", gettext_lazy("Campaigns"), writes=True)
Amount2 = Annotated[Decimal, Field(ge=0, le=Decimal("1e10"), max_digits=14, decimal_places=2)]


class CampaignOut(Schema):
    """slug: its name in utm_campaign."""

    id: int
    slug: str
    name: str
    state: str
    starts_on: date
    ends_on: date | None = None


class CostIn(Schema):
    """What was spent on a day in a channel, all of it. rate: one unit in the home currency; else the kept one of the day."""

    day: date
    channel: str
    amount: Amount2
    currency: Annotated[str, Field(pattern="^[A-Za-z]{3}$")] = ""
    rate: Annotated[Decimal, Field(gt=0, max_digits=16, decimal_places=8)] | None = None
    clicks: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    impressions: Annotated[int, Field(ge=0, lt=2**53)] | None = None


class CostsIn(Schema):
    costs: Annotated[list[CostIn], Field(min_length=1, max_length=1000)]


class CostsDone(Schema):
    """How many amounts were new, changed, and already so."""

    new: int
    changed: int
    same: int


@campaigns.get("", scope="campaigns:read", response=Page[CampaignOut])
def list_campaigns(request: HttpRequest, after: str = "", limit: Limit = 100, state: str = "") -> Any:
    """List campaigns in the order they were made."""
    rows = Campaign.objects.filter(state=state) if state else Campaign.objects.all()
    found, following = page(rows, after, limit)
    return {"items": found, "next": following}


@campaigns.put("/{slug}/costs", scope="campaigns:write", response=CostsDone)
def put_costs(request: HttpRequest, slug: str, sent: CostsIn) -> CostsDone:
    """Tell what a campaign cost. One amount a day and channel: the same sent twice changes nothing, another one replaces it.
    All of them or none."""
    campaign = Campaign.objects.filter(slug=slug.lower()[:100]).first()
    if campaign is None:
        raise Http404
    _check(sent.costs)
    told = {Place(campaign.pk, one.day, one.channel): _amount(one) for one in sent.costs}
    try:
        done = enter_costs(told, {campaign.pk: campaign.slug}, "api")
    except NoRate as missing:
        words = {"currency": missing.currency, "day": missing.day.isoformat()}
        raise Problem(422, "invalid", _("There is no rate for %(currency)s on %(day)s.") % words) from None
    return CostsDone(new=done.new, changed=done.changed, same=done.same)


def _amount(one: CostIn) -> Amount:
    return Amount(
        cents=int(one.amount * 100), currency=one.currency.upper(), rate=one.rate, clicks=one.clicks,
        impressions=one.impressions,
    )  # fmt: skip


def _check(costs: list[CostIn]) -> None:
    flaws: list[Flaw] = []
    seen: set[tuple[date, str]] = set()
    for number, one in enumerate(costs):
        if one.channel not in Channel.values:
            words = _("Possible values: %(values)s.") % {"values": ", ".join(Channel.values)}
            flaws.append((f"/costs/{number}/channel", "enum", words))
        if (one.day, one.channel) in seen:
            flaws.append((f"/costs/{number}/day", "twice", _("This day and channel stands there twice.")))
        seen.add((one.day, one.channel))
    if flaws:
        raise Problem(422, "invalid", _("Some values cannot be used. Nothing was changed."), flaws[:100])

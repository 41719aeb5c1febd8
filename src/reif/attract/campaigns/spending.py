"""Costs for those who show people beside money, by campaign and channel."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Sum

from reif.attract.campaigns.channels import SITE_OF, SOURCE_OF
from reif.attract.models import CampaignName, Cost
from reif.kit.spending import Spent


def spending(first: date, last: date) -> list[Spent]:
    """Two queries."""
    names: dict[int, set[str]] = defaultdict(set)
    for campaign, name in CampaignName.objects.values_list("campaign_id", "name"):
        names[campaign].add(name)
    rows = Cost.objects.filter(day__range=(first, last), home_cents__isnull=False).order_by()
    return [
        Spent(SOURCE_OF[channel], SITE_OF.get(channel, ""), frozenset(names[campaign]), cents)
        for campaign, channel, cents in rows.values_list("campaign_id", "channel").annotate(Sum("home_cents"))
    ]

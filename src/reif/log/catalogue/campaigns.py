"""Campaigns and what they cost. Numbers only."""

from __future__ import annotations

from reif.log.fact import Fact


class CostEntered(Fact, frozen=True, kw_only=True, tag="cost.entered"):
    """What a campaign cost on a day in a channel is known, or known better. topic: the campaign's slug.

    day: ISO date. cents: in the home currency, all of that day and channel, not what was added. way: hand, csv or api.
    """

    day: str = ""
    channel: str = ""
    cents: int = 0
    clicks: int = 0
    impressions: int = 0
    way: str = ""

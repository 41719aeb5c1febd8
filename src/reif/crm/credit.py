"""Which touch is credited with what: the first, the last, the one that made a lead, the one that made an opportunity.

A pure function of a person's touches and two moments, so that it does not matter in which order they became known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from reif.crm.models import Touch

WINDOW = timedelta(days=90)
"""For so long after somebody came from somewhere, coming directly takes nothing away from that."""
SAME_VISIT = timedelta(minutes=30)


class Credit(NamedTuple):
    first: Touch | None
    last: Touch | None
    lead: Touch | None
    opportunity: Touch | None


def credit(touches: Sequence[Touch], lead_at: datetime | None, opportunity_at: datetime | None) -> Credit:
    """touches: as they count now, oldest first."""
    if not touches:
        return Credit(None, None, None, None)
    return Credit(
        touches[0], latest(touches),
        latest(touches, lead_at) if lead_at else None, latest(touches, opportunity_at) if opportunity_at else None,
    )  # fmt: skip


def latest(touches: Sequence[Touch], until: datetime | None = None) -> Touch | None:
    """The last one up to a moment. Direct traffic counts only when nothing else came in the ninety days before it."""
    seen = [t for t in touches if until is None or t.at <= until]
    if not seen:
        return None
    named = next((t for t in reversed(seen) if t.source != "DIRECT_TRAFFIC"), None)
    return named if named and seen[-1].at - named.at <= WINDOW else seen[-1]


def is_news(touch: Touch, known: Sequence[Touch]) -> bool:
    """Whether an arrival is a touch of its own: not the same once more within one visit, and directly only after a while."""
    if touch.source == "DIRECT_TRAFFIC":
        return not any(t.at >= touch.at - WINDOW for t in known)
    return not any(_same(touch, t) and abs(t.at - touch.at) <= SAME_VISIT for t in known)


def _same(one: Touch, other: Touch) -> bool:
    return (one.source, one.detail_1, one.detail_2, one.campaign) == (
        other.source, other.detail_1, other.detail_2, other.campaign,
    )  # fmt: skip

"""What the page of a campaign shows: numbers, days as charts, channels side by side, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from reif.attract.campaigns.brought import EVER, Brought, begins, brought, per_day
from reif.attract.campaigns.channels import SOURCE_OF
from reif.attract.models import Campaign, Channel, Cost
from reif.crm.models import SOURCES
from reif.kit.clock import now
from reif.rules.within import EVERYBODY, Within

LONG = 100  # days; beyond, a point is a week


@dataclass(frozen=True)
class Line:
    """One source category of a campaign, and the channels whose money went there."""

    source: str
    numbers: Brought
    channels: tuple[str, ...] = ()


def picture(campaign: Campaign, turn: str, days: int, within: Within = EVERYBODY) -> dict[str, Any]:
    """days: the last so many; 0 is from the beginning. within: of a segment, without costs. Eight queries at most."""
    span = _span(campaign, turn, days)
    lines = _lines(campaign, turn, span, within)
    total = _total([line.numbers for line in lines])
    return {
        "total": total, "lines": lines, "most": max((line.numbers.people for line in lines), default=0),
        "charts": _charts(per_day(campaign.pk, turn, span, within), span), "span": span,
        "gaps": [*([] if within.key else _costs_missing(campaign, total, span)), *_gaps(total, within)],
    }  # fmt: skip


def _span(campaign: Campaign, turn: str, days: int) -> tuple[datetime, datetime]:
    today = timezone.localdate(now())
    first = today - timedelta(days=days - 1)
    if not days:
        seen = begins(campaign.pk, turn)
        cost = Cost.objects.filter(campaign=campaign).order_by("day").values_list("day", flat=True).first()
        told = [campaign.starts_on, cost, timezone.localdate(seen) if seen else None]
        first = min((d for d in told if d), default=today)
    return _midnight(min(first, today)), _midnight(today + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _lines(campaign: Campaign, turn: str, span: tuple[datetime, datetime], within: Within) -> list[Line]:
    counted = brought(turn, span, campaign.pk, "source", within)
    found = {source: numbers for (_c, source), numbers in counted.items()}
    money = {} if within.key else _money(campaign, span)
    lines = []
    for source in [s for s in SOURCES if s in found or s in money]:
        told = money.get(source, [])
        numbers = replace(
            found.get(source, Brought()), cost=_sum(c for _n, c, _b in told), budget=_sum(b for _n, _c, b in told)
        )
        lines.append(Line(source, numbers, tuple(str(Channel(c).label) for c, _cost, _b in told)))
    return sorted(lines, key=lambda line: (-line.numbers.people, -(line.numbers.cost or 0)))


def _money(campaign: Campaign, span: tuple[datetime, datetime]) -> dict[str, list[tuple[str, int | None, int | None]]]:
    """Channel, cost and budget, by the source category where the money went."""
    first, last = timezone.localdate(span[0]), timezone.localdate(span[1]) - timedelta(days=1)
    costs = Cost.objects.filter(campaign=campaign, day__range=(first, last)).values_list("channel").order_by()
    money: dict[str, list[tuple[str, int | None, int | None]]] = {}
    for channel, cost, budget in costs.annotate(Sum("home_cents"), Sum("budget_cents")):
        money.setdefault(SOURCE_OF[channel], []).append((channel, cost, budget))
    return money


def _sum(numbers: Iterable[int | None]) -> int | None:
    given = [n for n in numbers if n is not None]
    return sum(given) if given else None


def _total(lines: list[Brought]) -> Brought:
    left: dict[str, int] = {}
    for line in lines:
        for currency, cents in line.left_out.items():
            left[currency] = left.get(currency, 0) + cents
    counted = ("people", "leads", "mql", "sql", "customers", "deals", "won", "won_cents")
    sums = {name: sum(getattr(line, name) for line in lines) for name in counted}
    return Brought(**sums, left_out=left, cost=_sum(x.cost for x in lines), budget=_sum(x.budget for x in lines))


def _charts(days: dict[date, dict[str, float]], span: tuple[datetime, datetime]) -> dict[str, Any]:
    """People, and money, by day or by week; empty without either."""
    first, last = timezone.localdate(span[0]), timezone.localdate(span[1]) - timedelta(days=1)
    step = 7 if (last - first).days > LONG else 1
    points = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    sums = {name: [0.0] * len(points) for name in ("people", "cost", "budget")}
    for day, numbers in days.items():
        if first <= day <= last:
            for name in sums:
                sums[name][(day - first).days // step] += numbers[name]
    x = [point.isoformat() for point in points]
    money: list[dict[str, Any]] = [{"name": _("Cost"), "values": [round(v, 2) for v in sums["cost"]]}]
    if any(sums["budget"]):
        money.append({"name": _("Budget"), "values": [round(v, 2) for v in sums["budget"]], "dashed": True})
    found: dict[str, Any] = {
        "weekly": step == 7, "rows": list(zip(points, sums["people"], sums["cost"], sums["budget"], strict=True)),
        "people": {"x": x, "series": [{"name": _("People"), "values": sums["people"]}]} if any(sums["people"]) else None,
        "money": {"x": x, "series": money} if any(sums["cost"]) or any(sums["budget"]) else None,
    }  # fmt: skip
    return found


def _costs_missing(campaign: Campaign, total: Brought, span: tuple[datetime, datetime]) -> list[str]:
    """What nobody has entered, in a sentence."""
    last = min(campaign.ends_on or timezone.localdate(now()), timezone.localdate(now()))
    if total.cost is None:
        return [_("Nobody has entered costs, so nothing can be said about cost per lead and return.")]
    if span != EVER and campaign.starts_on <= last:
        days = (last - campaign.starts_on).days + 1
        entered = Cost.objects.filter(
            campaign=campaign, home_cents__isnull=False, day__range=(campaign.starts_on, last)
        )
        with_cost = entered.values("day").distinct().count()
        if with_cost < days:
            return [
                _("Costs are entered for %(with)s of the %(days)s days so far.") % {"with": with_cost, "days": days}
            ]
    return []


def _gaps(total: Brought, within: Within) -> list[str]:
    """What else the numbers do not tell, in sentences."""
    found = []
    if not total.people and within.key:
        found.append(_("Nobody of this segment has come under this name."))
    elif not total.people:
        found.append(_("Nobody has come under this name yet. Links need utm_campaign with one of its names."))
    for currency, cents in total.left_out.items():
        found.append(
            _("Deals of %(amount)s %(currency)s are not in the won amount: there is no rate for that day.")
            % {"amount": f"{cents / 100:.2f}", "currency": currency}
        )
    return found

"""A year of campaigns: what they cost by day, the short links, and some touches that somebody knew better."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.conf import settings

from reif.attract.campaigns.enter_costs import Amount, Place, enter_costs
from reif.attract.campaigns.keep import keep_campaign, keep_link
from reif.attract.models import Campaign, ExchangeRate, Link, LinkDay
from reif.crm.correct_touch import Truth, correct_touch
from reif.crm.models import Origin
from reif.demo.draw import words
from reif.staff.models import User

CORRECTED = (
    (Truth("OFFLINE", "messe-zuerich", "personal-messe", "personal-messe"), "Kam am Messestand vorbei und tippte die Adresse später ein."),
    (Truth("REFERRALS", "kmu-verband.example"), "Sagt am Telefon, der Verband habe uns empfohlen."),
    (Truth("OFFLINE", "radio-zuerisee", "sommer", "sommer"), "Hat den Radiospot gehört."),
)  # fmt: skip


def keep_campaigns(random: Random, by: User, end: datetime) -> None:
    """Everything in a few statements; the corrections are written when the worker next looks."""
    today = end.date()
    rates = [ExchangeRate(currency="EUR", since=today - timedelta(days=n), rate=r) for n, r in _rates()]
    ExchangeRate.objects.bulk_create(rates)
    told: dict[Place, Amount] = {}
    slugs = {}
    for row in words()["campaign"]:
        campaign = _campaign(row, by, today)
        slugs[campaign.pk] = campaign.slug
        for line in row.get("costs", ()):
            told |= _costs(random, campaign, line, row, today)
    enter_costs(told, slugs, "csv", by=by.pk)
    for row in words()["link"]:
        _link(random, row, by, today)
    _correct(by)


def _rates() -> tuple[tuple[int, Decimal], ...]:
    return ((400, Decimal("0.938")), (200, Decimal("0.931")), (60, Decimal("0.926")))


def _campaign(row: dict[str, Any], by: User, today: date) -> Campaign:
    first = today - timedelta(days=row["starts"])
    campaign = Campaign(
        name=row["name"], slug=row["slug"], goal=row["goal"], state=row["state"], colour=row["colour"], owner=by,
        starts_on=first, ends_on=first + timedelta(days=row["days"]) if "days" in row else None,
    )  # fmt: skip
    return keep_campaign(campaign, row.get("aliases", ()), row.get("parts", ()))


def _costs(
    random: Random, campaign: Campaign, line: dict[str, Any], row: dict[str, Any], today: date
) -> dict[Place, Amount]:
    """A cost each day, or once, or every so many days; a part of the budget of the month on each."""
    days = row["starts"] if row["starts"] > 0 else 0
    found = {}
    share = row.get("budget", 0) * 100 // (30 * len(row["costs"]))
    for n in range(days):
        day = campaign.starts_on + timedelta(days=n)
        if "once" in line:
            if n % line.get("every", days) == 0:
                found[Place(campaign.pk, day, line["channel"])] = Amount(cents=line["once"] * 100)
        elif not (line.get("weekdays") and day.weekday() > 4):
            cents = round(random.uniform(line["low"], line["high"]) * 100)
            clicks = cents // random.randint(180, 420) + 1
            found[Place(campaign.pk, day, line["channel"])] = Amount(
                cents=cents,
                currency=line.get("currency", ""),
                budget=share or None,
                clicks=clicks,
                impressions=clicks * 41,
            )
    return found


def _link(random: Random, row: dict[str, Any], by: User, today: date) -> None:
    until = row.get("until", 0)
    expires = today - timedelta(days=row["expires"]) if "expires" in row else None
    link = keep_link(
        Link(code=row["code"], title=row["title"], target=f"{settings.BASE_URL}{row['target']}", expires_on=expires, **row["names"]),
        by=by.pk,
    )  # fmt: skip
    Link.objects.filter(pk=link.pk).update(created_at=link.created_at - timedelta(days=row["from"]))
    days = [
        LinkDay(
            link=link,
            day=today - timedelta(days=n),
            people=random.randint(0, row["high"]),
            machines=random.randint(0, 1),
        )
        for n in range(until, row["from"])
    ]
    LinkDay.objects.bulk_create(days)


def _correct(by: User) -> None:
    direct = Origin.objects.filter(lead__source="DIRECT_TRAFFIC", person__erased_at=None).select_related("lead")
    for origin, (truth, reason) in zip(direct.order_by("-person__score", "pk"), CORRECTED, strict=False):
        if origin.lead:
            correct_touch(origin.lead, truth, reason, by=by.pk)

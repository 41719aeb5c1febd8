"""How consent stands in the whole house: states, months, forms, texts. A handful of questions, whatever the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reif.capture.models import Submission
from reif.crm.law.permitted import permitted
from reif.crm.models import Consent, Person
from reif.kit.clock import now
from reif.log.models import Event

GIVEN = Q(given_at__isnull=False, withdrawn_at=None)
ASKED = Q(given_at=None, withdrawn_at=None)
WITHDRAWN = Q(withdrawn_at__isnull=False)
MONTHS = 12
KINDS = ("consent.given", "consent.withdrawn", "consent.lapsed")


@dataclass(frozen=True)
class Switch:
    """One purpose and channel: how many are on, wait, are off again."""

    purpose: str
    channel: str
    given: int
    asked: int
    withdrawn: int

    @property
    def whole(self) -> int:
        return self.given + self.asked + self.withdrawn


@dataclass(frozen=True)
class OptIn:
    """One form in the last months: sent, ticked, confirmed."""

    form: str
    sent: int
    ticked: int
    confirmed: int

    @property
    def rate(self) -> float:
        return self.confirmed / self.sent if self.sent else 0.0


def headline() -> dict[str, int]:
    """May be mailed, wait, and what happened in the last thirty days."""
    since = now() - timedelta(days=30)
    happened = dict(
        Event.objects.filter(kind__in=KINDS, at__gte=since).order_by().values_list("kind").annotate(n=Count("id"))
    )
    return {
        "people": Person.objects.living().count(),
        "permitted": Person.objects.filter(permitted()).count(),
        "waiting": Consent.objects.filter(ASKED).count(),
        "given": happened.get("consent.given", 0),
        "withdrawn": happened.get("consent.withdrawn", 0),
        "lapsed": happened.get("consent.lapsed", 0),
    }


def switches() -> list[Switch]:
    """Every purpose and channel that somebody was asked for, the most first."""
    living = Consent.objects.filter(person__erased_at=None).order_by().values("purpose", "channel")
    rows = living.annotate(given=Count("id", GIVEN), asked=Count("id", ASKED), withdrawn=Count("id", WITHDRAWN))
    return sorted((Switch(**row) for row in rows), key=lambda s: (-s.whole, s.purpose, s.channel))


def months() -> dict[str, Any]:
    """Given, withdrawn and lapsed in each of the last twelve months, as a chart takes it."""
    first = _month_ago(localtime(now()), MONTHS - 1)
    rows = Event.objects.filter(kind__in=KINDS, at__gte=first).order_by().annotate(month=TruncMonth("at"))
    counted: dict[tuple[str, str], int] = {
        (kind, f"{month:%Y-%m}"): n for kind, month, n in rows.values_list("kind", "month").annotate(n=Count("id"))
    }
    names = [_month_ago(localtime(now()), back) for back in range(MONTHS - 1, -1, -1)]
    words = (_("Given"), _("Withdrawn"), _("Not confirmed"))
    return {
        "x": [date_format(m, "M y") for m in names],
        "series": [
            {"name": name, "values": [counted.get((kind, f"{m:%Y-%m}"), 0) for m in names]}
            for kind, name in zip(KINDS, words, strict=True)
        ],
    }


def by_form() -> list[OptIn]:
    """Forms of the last twelve months whose box somebody could tick, the best first."""
    since = _month_ago(localtime(now()), MONTHS - 1)
    sent = dict(Submission.objects.filter(at__gte=since).order_by().values_list("form").annotate(n=Count("id")))
    asked = Consent.objects.filter(requested_at__gte=since, basis="consent").exclude(form="").order_by().values("form")
    rows = {r["form"]: r for r in asked.annotate(n=Count("id"), confirmed=Count("id", Q(given_at__isnull=False)))}
    lapsed = _lapsed_by_form(since)
    found = [
        OptIn(
            form,
            max(sent.get(form, 0), rows[form]["n"]),
            rows[form]["n"] + lapsed.get(form, 0),
            rows[form]["confirmed"],
        )
        for form in rows
    ]
    return sorted(found, key=lambda o: (-o.rate, o.form))


def _lapsed_by_form(since: datetime) -> dict[str, int]:
    """Requests that were deleted are counted by the form that the person had sent."""
    gone = Event.objects.filter(kind="consent.lapsed", at__gte=since).values("person_id")
    mine = Submission.objects.filter(person__in=gone, at__gte=since).order_by().values_list("form")
    return dict(mine.annotate(n=Count("person", distinct=True)))


def texts() -> list[dict[str, Any]]:
    """Every wording that somebody agreed to: how many, where, from when to when."""
    rows = Consent.objects.exclude(text="").order_by().values("purpose", "channel", "text_version", "language", "text")
    counted = rows.annotate(
        given=Count("id", GIVEN), all=Count("id"), first=Min("requested_at"), last=Max("requested_at"),
        forms=Count("form", distinct=True),
    )  # fmt: skip
    return [dict(row) for row in counted.order_by("-last")[:50]]


def waiting(limit: int = 10) -> list[Consent]:
    """Those that wait for a confirmation, the oldest first: they lapse next."""
    rows = Consent.objects.filter(ASKED, person__erased_at=None).select_related("person")
    return list(rows.order_by("requested_at")[:limit])


def _month_ago(moment: datetime, back: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 - back, 12)
    return moment.replace(year=year, month=month + 1, day=1, hour=0, minute=0, second=0, microsecond=0)

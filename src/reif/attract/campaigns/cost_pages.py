"""The sheet of costs of a campaign, a month at a time; and exchange rates."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from reif.attract.campaigns.cost_values import NotAValue, cents, decimal_mark
from reif.attract.campaigns.enter_costs import CLEARED, Amount, Place, enter_costs
from reif.attract.campaigns.forms import RateForm
from reif.attract.campaigns.rates import NoRate
from reif.attract.campaigns.roles import READERS, WRITERS
from reif.attract.models import Campaign, Channel, Cost, ExchangeRate
from reif.kit.clock import now
from reif.staff.views import Desk, StaffRequest

WHATS = ("cost", "budget")
_CELL = re.compile(r"^(\d{4}-\d{2}-\d{2})\.(\w{1,16})$")


@dataclass(frozen=True)
class Month:
    """The month that a sheet shows."""

    first: date

    @classmethod
    def of(cls, text: str, otherwise: date) -> Month:
        """`2026-11`; what cannot be read is the month of `otherwise`."""
        try:
            return cls(date.fromisoformat(f"{text}-01"))
        except ValueError:
            return cls(otherwise.replace(day=1))

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range(monthrange(self.first.year, self.first.month)[1])]

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> Month:
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> Month:
        return Month((self.first + timedelta(days=32)).replace(day=1))


class Costs(Desk):  # /campaigns/herbst/costs?month=2026-11&what=cost
    roles: ClassVar[frozenset[str]] = READERS
    writers: ClassVar[frozenset[str] | None] = WRITERS

    def get(self, request: StaffRequest, slug: str) -> HttpResponse:
        campaign = get_object_or_404(Campaign, slug=slug)
        return self._sheet(campaign, {}, [])

    def post(self, request: StaffRequest, slug: str) -> HttpResponse:
        campaign = get_object_or_404(Campaign, slug=slug)
        typed = {name: request.POST[name].strip() for name in request.POST if _CELL.match(name)}
        what, currency = self._what(), request.POST.get("currency", "").strip().upper()[:3]
        told, wrong = _read(campaign, typed, what, currency)
        if wrong:
            return self._sheet(campaign, typed, wrong, 422)
        try:
            done = enter_costs(told, {campaign.pk: campaign.slug}, "hand", by=request.user.pk)
        except NoRate as missing:
            words = {"currency": missing.currency, "day": missing.day.isoformat()}
            return self._sheet(campaign, typed, [_("There is no rate for %(currency)s on %(day)s.") % words], 422)
        messages.success(request, _("%(n)s amounts are new or changed.") % {"n": done.new + done.changed})
        return redirect(f"{request.path}?month={self._month(campaign).key}&what={what}")

    def _what(self) -> str:
        told = self.request.POST.get("what") or self.request.GET.get("what", "")
        return told if told in WHATS else "cost"

    def _month(self, campaign: Campaign) -> Month:
        today = timezone.localdate(now())
        last = min(campaign.ends_on or today, today)
        return Month.of(self.request.POST.get("month") or self.request.GET.get("month", ""), last)

    def _sheet(self, campaign: Campaign, typed: dict[str, str], wrong: list[str], status: int = 200) -> HttpResponse:
        month, what = self._month(campaign), self._what()
        known = Cost.objects.filter(campaign=campaign, day__range=(month.days[0], month.days[-1]))
        cells = {(row.day, row.channel): row for row in known}
        channels = self._channels(campaign, cells)
        rows = [
            (day, [_cell(cells.get((day, c)), day, c, what, typed) for c, _label in channels]) for day in month.days
        ]
        context: dict[str, Any] = {
            "campaign": campaign, "month": month, "what": what, "rows": rows, "wrong": wrong, "channels": channels,
            "sums": [sum(_amount(r, what) or 0 for (d, ch), r in cells.items() if ch == c) for c, _l in channels],
            "may_write": self.request.user.role in WRITERS, "home": settings.CURRENCY, "today": timezone.localdate(now()),
            "more": [c for c in Channel.choices if c[0] not in dict(channels)],
            "currencies": [settings.CURRENCY, *_currencies()],
        }  # fmt: skip
        return render(self.request, "attract/costs.html", context, status=status)

    def _channels(self, campaign: Campaign, cells: dict[tuple[date, str], Cost]) -> list[tuple[str, str]]:
        """Those that the campaign uses, and those that were just asked for."""
        used = set(Cost.objects.filter(campaign=campaign).values_list("channel", flat=True).distinct().order_by())
        asked = set(self.request.GET.getlist("channel")) | {name.partition(".")[2] for name in self.request.POST}
        found = [(c.value, str(c.label)) for c in Channel if c.value in used | asked]
        return found or [(c.value, str(c.label)) for c in (Channel.GOOGLE_ADS, Channel.LINKEDIN_ADS)]


def _currencies() -> list[str]:
    return sorted(set(ExchangeRate.objects.values_list("currency", flat=True).distinct().order_by()))


def _amount(row: Cost | None, what: str) -> int | None:
    return None if row is None else row.budget_cents if what == "budget" else row.home_cents


@dataclass(frozen=True)
class Cell:
    """One field of the sheet. note: what it was in its own currency."""

    name: str
    value: str
    note: str = ""


def _cell(row: Cost | None, day: date, channel: str, what: str, typed: dict[str, str]) -> Cell:
    name = f"{day.isoformat()}.{channel}"
    amount = _amount(row, what)
    note = ""
    if row and what == "cost" and row.cents is not None and row.currency != settings.CURRENCY:
        note = f"{row.currency} {row.cents / 100:.2f} × {row.rate.normalize():f}"
    return Cell(name, typed.get(name, "" if amount is None else f"{amount / 100:.2f}"), note)


def _read(campaign: Campaign, typed: dict[str, str], what: str, currency: str) -> tuple[dict[Place, Amount], list[str]]:
    """The cells that differ from what is kept, and sentences about those that cannot be read."""
    mark = decimal_mark(typed.values())
    days = [date.fromisoformat(name.partition(".")[0]) for name in typed]
    kept = Cost.objects.filter(campaign=campaign, day__range=(min(days), max(days))) if days else Cost.objects.none()
    known = {(row.day, row.channel): row for row in kept}
    told: dict[Place, Amount] = {}
    wrong = []
    for name, text in typed.items():
        day, channel = date.fromisoformat(name.partition(".")[0]), name.partition(".")[2]
        if channel not in Channel.values:
            continue
        before = _amount(known.get((day, channel)), what)
        try:
            value = CLEARED if not text else cents(text, mark)
        except NotAValue:
            wrong.append(_("“%(text)s” is no amount. Write 1250.50 or 1’250,50.") % {"text": text[:40]})
            continue
        if value == (CLEARED if before is None else before):
            continue
        place = Place(campaign.pk, day, channel)
        told[place] = Amount(budget=value) if what == "budget" else Amount(cents=value, currency=currency)
    return told, list(dict.fromkeys(wrong))


class ExchangeRates(Desk):  # /campaigns/rates
    roles: ClassVar[frozenset[str]] = READERS
    writers: ClassVar[frozenset[str] | None] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        return self._page(RateForm(initial={"since": timezone.localdate(now())}))

    def post(self, request: StaffRequest) -> HttpResponse:
        form = RateForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        told = form.cleaned_data
        ExchangeRate.objects.update_or_create(
            currency=told["currency"], since=told["since"], defaults={"rate": told["rate"]}
        )
        return redirect("attract:rates")

    def _page(self, form: RateForm, status: int = 200) -> HttpResponse:
        rows = ExchangeRate.objects.order_by("currency", "-since")[:500]
        context = {
            "form": form,
            "rows": rows,
            "home": settings.CURRENCY,
            "may_write": self.request.user.role in WRITERS,
        }
        return render(self.request, "attract/rates.html", context, status=status)

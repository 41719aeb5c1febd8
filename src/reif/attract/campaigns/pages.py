"""The list of campaigns, one campaign, and the form for both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from reif.attract.campaigns.brought import Brought, brought, spent, with_costs
from reif.attract.campaigns.forms import CampaignForm
from reif.attract.campaigns.keep import keep_campaign
from reif.attract.campaigns.picture import picture
from reif.attract.campaigns.roles import READERS, WRITERS
from reif.attract.models import Campaign
from reif.crm.models import TURNS
from reif.kit.clock import now
from reif.log.models import Event
from reif.rules.within import Within
from reif.staff.download import csv_file
from reif.staff.keyset import keyset_page
from reif.staff.views import Desk, StaffRequest

PERIODS = (0, 30, 90, 365)


def turn_of(request: StaffRequest) -> str:
    """By which touch: `?touch=first`; the lead-creating one when nothing else is asked."""
    told = request.GET.get("touch", "")
    return told if told in TURNS else "lead"


class Campaigns(Desk):  # /campaigns?state=running&touch=lead&segment=large
    roles: ClassVar[frozenset[str]] = READERS
    writers: ClassVar[frozenset[str] | None] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponseBase:
        turn, state, within = turn_of(request), request.GET.get("state", ""), Within.of(request.GET)
        rows = Campaign.objects.select_related("owner")
        rows = rows.filter(state=state) if state in Campaign.State.values else rows
        lines = _numbers(turn, within)
        if request.GET.get("as") == "csv":
            return csv_file("campaigns", _HEADING, _csv(rows.order_by("-starts_on", "-pk"), lines))
        page = keyset_page(rows, request.GET.get("after", ""), "starts_on")
        counts = dict(Campaign.objects.values_list("state").annotate(n=Count("pk")).order_by())
        context: dict[str, Any] = within.drawn(request) | {
            "rows": [(row, lines.get(row.pk, Brought())) for row in page.rows], "after": page.after, "turn": turn,
            "state": state, "all": sum(counts.values()), "may_write": request.user.role in WRITERS,
            "tabs": [(s.value, s.label, counts.get(s.value, 0)) for s in Campaign.State if counts.get(s.value)],
            "turns": ("first", "lead", "opportunity", "last"),
        }  # fmt: skip
        return render(request, "attract/campaigns.html", context)

    def post(self, request: StaffRequest) -> HttpResponse:
        form = CampaignForm(request.POST, instance=Campaign())
        if not form.is_valid():
            return _form(request, form, 422)
        made = keep_campaign(form.save(commit=False), form.cleaned_data["aliases"], form.cleaned_data["parts"])
        messages.success(request, _("The campaign is there. Build a link that carries its name."))
        return redirect("attract:campaign", made.slug)


class NewCampaign(Desk):  # /campaigns/new
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        told = {
            "starts_on": timezone.localdate(now()),
            "owner": request.user.pk,
            "slug": request.GET.get("slug", "")[:100],
        }
        return _form(request, CampaignForm(initial=told))


class OneCampaign(Desk):  # /campaigns/herbst?touch=lead&days=90&segment=large
    roles: ClassVar[frozenset[str]] = READERS
    writers: ClassVar[frozenset[str] | None] = WRITERS

    def get(self, request: StaffRequest, slug: str) -> HttpResponse:
        campaign = get_object_or_404(Campaign.objects.select_related("owner"), slug=slug)
        told, within = request.GET.get("days", ""), Within.of(request.GET)
        days = int(told) if told.isdigit() and int(told) in PERIODS else 0
        names = list(campaign.names.order_by("name").values_list("name", flat=True))
        context = picture(campaign, turn_of(request), days, within) | within.drawn(request) | {
            "campaign": campaign, "turn": turn_of(request), "days": days, "periods": PERIODS,
            "turns": ("first", "lead", "opportunity", "last"), "table": request.GET.get("as") == "table",
            "names": names,
            "parts": _parts(campaign, within), "may_write": request.user.role in WRITERS,
            "links": campaign.links.annotate(people=Sum("days__people")).order_by("-created_at")[:20],
        }  # fmt: skip
        asked = [("touch", turn_of(request)), *(("campaign", name) for name in names), *within.asked.items()]
        context["list"] = _list(asked, context["span"] if days else None)
        return render(request, "attract/campaign.html", context)

    def post(self, request: StaffRequest, slug: str) -> HttpResponse:
        campaign = get_object_or_404(Campaign, slug=slug)
        form = CampaignForm(request.POST, instance=campaign)
        if not form.is_valid():
            return _form(request, form, 422)
        kept = keep_campaign(form.save(commit=False), form.cleaned_data["aliases"], form.cleaned_data["parts"])
        return redirect("attract:campaign", kept.slug)


class CampaignDetails(Desk):  # /campaigns/herbst/details
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, slug: str) -> HttpResponse:
        return _form(request, CampaignForm(instance=get_object_or_404(Campaign, slug=slug)))


def _form(request: StaffRequest, form: CampaignForm, status: int = 200) -> HttpResponse:
    slug = Campaign.objects.filter(pk=form.instance.pk).values_list("slug", flat=True).first()
    return render(request, "attract/campaign_form.html", {"form": form, "slug": slug}, status=status)


def _list(asked: list[tuple[str, str]], span: tuple[datetime, datetime] | None) -> str:
    """The address of the people behind the numbers."""
    if span:
        last = timezone.localdate(span[1]) - timedelta(days=1)
        asked += [("from", timezone.localdate(span[0]).isoformat()), ("to", last.isoformat())]
    return f"/sources/people?{urlencode(asked)}"


def _numbers(turn: str, within: Within) -> dict[int, Brought]:
    """By campaign; nobody knows which part of the costs was spent on the people of a segment."""
    lines = {campaign: numbers for (campaign, _part), numbers in brought(turn, within=within).items()}
    return lines if within.key else with_costs(lines, spent())


def _parts(campaign: Campaign, within: Within) -> list[tuple[str, int]]:
    """Paths with their views by people since the campaign began."""
    paths = list(campaign.parts.order_by("path").values_list("path", flat=True))
    since = datetime.combine(campaign.starts_on, time(), timezone.get_current_timezone())
    views = Event.objects.filter(within.deeds(), kind="page.viewed", topic__in=paths, at__gte=since).exclude(
        body__machine=True
    )
    seen = dict(views.values_list("topic").annotate(n=Count("id")).order_by()) if paths else {}
    return [(path, seen.get(path, 0)) for path in paths]


_HEADING = (
    "campaign", "utm_campaign", "state", "starts_on", "ends_on", "people", "leads", "mql", "sql", "customers", "deals",
    "won", "won_amount", "cost", "budget", "cost_per_lead", "cost_per_sql",
)  # fmt: skip


def _csv(rows: Any, lines: dict[int, Brought]) -> Iterator[tuple[object, ...]]:
    for row in rows.iterator(chunk_size=500):
        n = lines.get(row.pk, Brought())
        yield (
            row.name, row.slug, row.state, row.starts_on, row.ends_on, n.people, n.leads, n.mql, n.sql, n.customers, n.deals,
            n.won, n.won_cents / 100, _whole(n.cost), _whole(n.budget), _whole(n.per_lead), _whole(n.per_sql),
        )  # fmt: skip


def _whole(cents: float | None) -> float | str:
    return "" if cents is None else round(cents / 100, 2)

"""Build tagged links, keep them, look at how often they are followed, and take them along as a QR picture."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from reif.attract.campaigns.forms import LinkForm
from reif.attract.campaigns.keep import keep_link
from reif.attract.campaigns.roles import READERS, WRITERS
from reif.attract.campaigns.short import LEVELS, expired, qr
from reif.attract.campaigns.tagging import NAMES, consistent, tagged, used, warnings
from reif.attract.models import Campaign, CampaignName, Link, LinkDay
from reif.kit.arrivals import counted
from reif.kit.clock import now
from reif.staff.download import csv_file
from reif.staff.keyset import keyset_page
from reif.staff.views import Desk, StaffRequest

DAYS = 90


def short_address(link: Link) -> str:
    return f"{settings.BASE_URL}/s/{link.code}"


class Links(Desk):  # /links?campaign=herbst&after=
    roles: ClassVar[frozenset[str]] = READERS
    writers: ClassVar[frozenset[str] | None] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponseBase:
        slug = request.GET.get("campaign", "")
        rows = Link.objects.select_related("campaign", "created_by")
        rows = rows.filter(campaign__slug=slug) if slug else rows
        if request.GET.get("as") == "csv":
            counted_ = rows.annotate(people=Sum("days__people"), machines=Sum("days__machines")).order_by("-pk")
            return csv_file("links", _HEADING, (_line(row) for row in counted_.iterator(chunk_size=500)))
        page = keyset_page(rows, request.GET.get("after", ""), "created_at")
        clicks = _clicks([row.pk for row in page.rows])
        context: dict[str, Any] = {
            "rows": [(row, *clicks.get(row.pk, (0, 0)), expired(row)) for row in page.rows], "after": page.after,
            "campaign": Campaign.objects.filter(slug=slug).first() if slug else None, "base": settings.BASE_URL,
            "may_write": request.user.role in WRITERS,
        }  # fmt: skip
        return render(request, "attract/links.html", context)

    def post(self, request: StaffRequest) -> HttpResponse:
        form = LinkForm(request.POST)
        if not form.is_valid():
            return _builder(request, form, 422)
        made = keep_link(form.save(commit=False), by=request.user.pk)
        messages.success(request, _("The link is there."))
        return redirect("attract:link", made.pk)


class NewLink(Desk):  # /links/new?target=/p/demo&campaign_name=herbst
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        told = {name: request.GET[name][:200] for name in LinkForm.Meta.fields if name in request.GET}
        return _builder(request, LinkForm(initial=told))


class LinkPreview(Desk):  # /links/preview: what the link would be, and as what its visits count
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        return render(request, "attract/_link_preview.html", _preview(request.GET.dict()))


class OneLink(Desk):  # /links/7
    roles: ClassVar[frozenset[str]] = READERS
    writers: ClassVar[frozenset[str] | None] = WRITERS

    def get(self, request: StaffRequest, number: int) -> HttpResponse:
        link = get_object_or_404(Link.objects.select_related("campaign", "created_by"), pk=number)
        context: dict[str, Any] = {
            "link": link, "address": tagged(link), "short": short_address(link), "expired": expired(link), **_days(link),
            "levels": LEVELS, "counts_as": counted(tagged(link)), "may_write": request.user.role in WRITERS,
            "table": request.GET.get("as") == "table",
        }  # fmt: skip
        return render(request, "attract/link.html", context)

    def post(self, request: StaffRequest, number: int) -> HttpResponse:
        link = get_object_or_404(Link, pk=number)
        form = LinkForm(request.POST, instance=link)
        if not form.is_valid():
            return _builder(request, form, 422)
        keep_link(form.save(commit=False), by=request.user.pk)
        messages.success(request, _("Changed. The short address and its QR picture stay the same."))
        return redirect("attract:link", number)


class LinkDetails(Desk):  # /links/7/details
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, number: int) -> HttpResponse:
        return _builder(request, LinkForm(instance=get_object_or_404(Link, pk=number)))


class QrPicture(Desk):  # /links/7/qr.svg?level=q
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, number: int, form: str) -> HttpResponse:
        link = get_object_or_404(Link, pk=number)
        level = request.GET.get("level", "m")
        if level not in LEVELS:
            raise Http404
        types = {"svg": "image/svg+xml", "png": "image/png"}
        response = HttpResponse(qr(short_address(link), level, form), content_type=types[form])
        kind = "attachment" if "download" in request.GET else "inline"
        response["Content-Disposition"] = f'{kind}; filename="{link.code}.{form}"'
        return response


def _builder(request: StaffRequest, form: LinkForm, status: int = 200) -> HttpResponse:
    told = {name: str(form[name].value() or "") for name in LinkForm.Meta.fields}
    context = {"form": form, "used": used(), "names": NAMES, **_preview(told)}
    return render(request, "attract/link_form.html", context, status=status)


def _preview(told: dict[str, Any]) -> dict[str, Any]:
    """The finished address, warnings, and the source it will count as."""
    typed = {name: str(told.get(name, ""))[:200] for name in NAMES}
    target = str(told.get("target", "")).strip()[:1000] or "/"
    target = f"{settings.BASE_URL}{target}" if target.startswith("/") and not target.startswith("//") else target
    link = Link(target=target, **{name: consistent(text) for name, text in typed.items()})
    try:
        address = tagged(link)
    except ValueError:
        return {"address": "", "warnings": [], "counts_as": None, "own": None}
    own = CampaignName.objects.filter(name=link.campaign_name).select_related("campaign").first()
    return {
        "address": address, "warnings": warnings(typed, used()), "counts_as": counted(address),
        "own": own.campaign if own else None, "campaign_name": link.campaign_name,
    }  # fmt: skip


def _clicks(links: list[int]) -> dict[int, tuple[int, int]]:
    rows = LinkDay.objects.filter(link__in=links).values_list("link").order_by()
    return {link: (people, machines) for link, people, machines in rows.annotate(Sum("people"), Sum("machines"))}


def _days(link: Link) -> dict[str, Any]:
    """Clicks of the last ninety days, and in all."""
    today = timezone.localdate(now())
    first = max(today - timedelta(days=DAYS - 1), min(timezone.localdate(link.created_at), today - timedelta(days=6)))
    known = {row.day: row for row in link.days.filter(day__gte=first)}
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    rows = [(day, known[day].people if day in known else 0, known[day].machines if day in known else 0) for day in days]
    people, machines = _clicks([link.pk]).get(link.pk, (0, 0))
    series = [{"name": _("People"), "values": [p for _day, p, _m in rows]}]
    return {"people": people, "machines": machines, "day_rows": rows,
            "chart": {"x": [day.isoformat() for day in days], "series": series}}  # fmt: skip


_HEADING = ("title", "short", "target", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content",
            "created_at", "works_until", "people", "machines")  # fmt: skip


def _line(row: Any) -> tuple[object, ...]:
    return (
        row.title, short_address(row), row.target, row.source, row.medium, row.campaign_name, row.term, row.content,
        row.created_at.isoformat(timespec="seconds"), row.expires_on, row.people or 0, row.machines or 0,
    )  # fmt: skip

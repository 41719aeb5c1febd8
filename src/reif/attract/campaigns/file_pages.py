"""Load costs from a file of an ad platform: choose it, look at what it would write, take it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reif.attract.campaigns.cost_file import Reading, read_costs
from reif.attract.campaigns.cost_table import MOST_BYTES, UnreadableFile, read_table
from reif.attract.campaigns.enter_costs import enter_costs
from reif.attract.campaigns.keep import add_names
from reif.attract.campaigns.roles import WRITERS
from reif.attract.models import Campaign, Channel, CostFile
from reif.kit.clock import now
from reif.staff.views import Desk, StaffRequest

KEEP = timedelta(days=1)
SHOWN = 100


def sentence(bad: UnreadableFile) -> str:
    """Why a file cannot be read, and what to do."""
    return {
        "empty": _("The file is empty. Export the report again."),
        "binary": _("This is no text. Export the report as CSV, not as a workbook or PDF."),
        "large": _("The file has more than five megabytes or 50,000 rows. Export a shorter span."),
        "headings": _(
            "No row has a day and a cost. Export the report by day, with the columns Day, Campaign, Cost and Currency."
        ),
    }[bad.key]


class CostFiles(Desk):  # /campaigns/costs
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        return render(request, "attract/cost_file_new.html", {})

    def post(self, request: StaffRequest) -> HttpResponse:
        sent = request.FILES.get("file")
        try:
            if sent is None or sent.size is None:
                raise UnreadableFile("empty")
            if sent.size > MOST_BYTES:
                raise UnreadableFile("large")
            content = sent.read()
            read_table(content)
        except UnreadableFile as bad:
            return render(request, "attract/cost_file_new.html", {"problem": sentence(bad)}, status=422)
        CostFile.objects.filter(at__lt=now() - KEEP).delete()
        kept = CostFile.objects.create(name=(sent.name or "")[:200], content=content, by=request.user, at=now())
        return redirect("attract:cost_file", kept.pk)


class OneCostFile(Desk):  # /campaigns/costs/7?channel=google_ads&campaign=3
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, number: int) -> HttpResponse:
        file = self._file(number)
        return self._page(file, self._read(file))

    def post(self, request: StaffRequest, number: int) -> HttpResponse:
        file = self._file(number)
        reading = self._read(file)
        if not reading.cells:
            return self._page(file, reading, 422)
        slugs = dict(Campaign.objects.filter(pk__in={p.campaign for p in reading.cells}).values_list("pk", "slug"))
        done = enter_costs(reading.cells, slugs, "csv", by=request.user.pk)
        add_names(self._names())
        file.delete()
        words = {"new": done.new, "changed": done.changed, "same": done.same, "refused": len(reading.refused)}
        messages.success(
            request,
            _("%(new)s amounts are new, %(changed)s changed, %(same)s were already so, %(refused)s rows were left out.")
            % words,
        )
        return redirect("attract:campaigns")

    def _file(self, number: int) -> CostFile:
        return get_object_or_404(CostFile, pk=number, by=self.request.user)

    def _names(self) -> dict[str, int]:
        """What the person chose for names that are none of ours: `name.0` and `is.0` belong together."""
        told, known = {}, set(Campaign.objects.values_list("pk", flat=True))
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        for key in sent:
            name = sent[key]
            chosen = sent.get(f"is.{key.removeprefix('name.')}", "") if key.startswith("name.") else ""
            if chosen.isdigit() and int(chosen) in known:
                told[name.strip().lower()[:200]] = int(chosen)
        return told

    def _read(self, file: CostFile) -> Reading:
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        channel, campaign = sent.get("channel", ""), sent.get("campaign", "")
        return read_costs(
            read_table(bytes(file.content)), channel if channel in Channel.values else "",
            int(campaign) if campaign.isdigit() and Campaign.objects.filter(pk=campaign).exists() else None, self._names(),
        )  # fmt: skip

    def _page(self, file: CostFile, reading: Reading, status: int = 200) -> HttpResponse:
        campaigns = list(Campaign.objects.order_by("name").values_list("pk", "name"))
        names, sent = dict(campaigns), self.request.POST if self.request.method == "POST" else self.request.GET
        context: dict[str, Any] = {
            "file": file, "reading": reading, "channels": Channel.choices, "campaigns": campaigns,
            "refused": reading.refused[:SHOWN], "more": max(0, len(reading.refused) - SHOWN),
            "sums": sorted(((names.get(pk, "?"), cents) for pk, cents in reading.sums.items()), key=lambda row: -row[1]),
            "unknown": sorted(reading.unknown.items()), "chosen": sent.get("campaign", ""), "names": list(self._names().items()),
        }  # fmt: skip
        return render(self.request, "attract/cost_file.html", context, status=status)

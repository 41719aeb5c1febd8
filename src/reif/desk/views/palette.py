"""What the command palette offers for the letters typed so far."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpResponse
from django.shortcuts import render

from reif.desk.search import find_companies, find_deals, find_people
from reif.kit.fold import fold
from reif.staff.nav import entries_for
from reif.staff.views import EVERYONE, Desk, StaffRequest

MOST = 6


class PaletteView(Desk):  # /palette?q=
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        text = request.GET.get("q", "").strip()[:80]
        pages = [link for link in entries_for(request.user) if fold(text) in fold(str(link.entry.label))]
        found = {"people": [], "companies": [], "deals": []} if not text else {
            "people": find_people(text, request.user, MOST),
            "companies": find_companies(text, request.user, MOST),
            "deals": find_deals(text, request.user, MOST),
        }  # fmt: skip
        return render(request, "desk/_palette.html", {"q": text, "pages": pages[:8], **found})

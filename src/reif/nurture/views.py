"""The journeys: a list with what became of them, and one as an outline and a canvas."""

from __future__ import annotations

from typing import ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from reif.nurture.overview import figures, outline
from reif.nurture.picture import picture
from reif.nurture.versions import journeys
from reif.playbook.current import revision
from reif.staff.models import Role
from reif.staff.views import Desk, StaffRequest

READERS = frozenset({Role.ADMIN, Role.MARKETING, Role.MANAGER, Role.ANALYST})


class JourneysView(Desk):  # /journeys
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest) -> HttpResponse:
        language, all_figures = get_language() or "de", figures()
        rows = [(j, j.title(language), all_figures.get(j.key)) for j in journeys()]
        return render(request, "nurture/journeys.html", {"rows": rows})


class JourneyView(Desk):  # /journeys/hr-nurture
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, key: str) -> HttpResponse:
        journey = next((j for j in journeys() if j.key == key), None)
        if journey is None:
            raise Http404
        language = get_language() or "de"
        lines = outline(journey, language)
        context = {
            "journey": journey, "title": journey.title(language), "figures": figures().get(key), "lines": lines,
            "picture": picture(journey, lines, language), "revision": revision(),
        }  # fmt: skip
        return render(request, "nurture/journey.html", context)

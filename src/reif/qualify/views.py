"""The scoring page: what earns points, who has earned them, how scores lie, and when somebody deserves a stage."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from reif.playbook.current import revision
from reif.qualify.overview import distribution, model_in_words, segments_in_words, stages_in_words
from reif.staff.views import EVERYONE, Desk, StaffRequest


class ScoringView(Desk):  # /scoring
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        language = get_language() or "de"
        context: dict[str, Any] = model_in_words(language)
        context |= {
            "stages": stages_in_words(language),
            "segments": segments_in_words(language),
            "bands": (bands := distribution()),
            "most": max(band.people for band in bands),
            "revision": revision(),
        }
        return render(request, "qualify/scoring.html", context)

"""The scoring page, model by model: what earns points, how everybody lies, and when somebody deserves a stage."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.crm.models import Person, Standing
from reif.playbook.apply import Overtaken
from reif.qualify.board.grid import bands, grid, left_out
from reif.qualify.board.overview import model_in_words, stages_in_words
from reif.qualify.models import Point
from reif.qualify.publish.progress import BEFORE, progress
from reif.qualify.publish.stop import stop
from reif.qualify.scoring.in_force import live, scoring
from reif.qualify.ways import Model, Scoring, words_of
from reif.qualify.why.explain import explain_score
from reif.qualify.why.missing import missing
from reif.qualify.why.over_time import over_time
from reif.qualify.why.rows import rows_in_words
from reif.qualify.why.why import sentence
from reif.rules.within import Within
from reif.staff.models import Role
from reif.staff.views import EVERYONE, Desk, StaffRequest

ROWS, MOST = 200, 5000
WRITERS = frozenset({Role.ADMIN, Role.MARKETING})


def tabs(known: Scoring, chosen: Model, language: str) -> list[tuple[str, str, bool]]:
    """Key, name and whether it is shown, for each model; none when there is one only."""
    models = known.models if len(known.models) > 1 else ()
    return [(m.key, words_of(m, language), m.key == chosen.key) for m in models]


def chosen(known: Scoring, key: str) -> Model:
    """The model that was asked for; the main one for none, also where nothing is written yet."""
    found = known.model(key) or (known.main if key == known.main.key else None)
    if found is None:
        raise Http404
    return found


class ScoringView(Desk):  # /scoring?model=main&segment=large
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        language, known = get_language() or "de", scoring()
        model, within = chosen(known, request.GET.get("model", "")), Within.of(request.GET)
        axes = [
            (axis, b := bands(model, axis, within), max(band.people for band in b))
            for axis in ("score", "fit", "engagement")
        ]
        context: dict[str, Any] = model_in_words(model, language, within) | within.drawn(request) | {
            "tabs": tabs(known, model, language), "grid": grid(model, model.key == known.main.key, within),
            "grades": model.grades, "axes": axes, "left_out": left_out(model, language, within), "progress": progress(),
            "stages": stages_in_words(language), "model": model,
            "may_write": request.user.role in WRITERS,
        }  # fmt: skip
        return render(request, "qualify/scoring.html", context)


class BuildView(
    Desk
):  # /scoring/build?seen=people: how far it is; the whole page when it shows other points now. POST stops
    roles: ClassVar[frozenset[str]] = EVERYONE
    writers: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        found = progress()
        if request.GET.get("seen", "") in BEFORE and (found is None or not found.is_before):
            return HttpResponse(headers={"HX-Refresh": "true"})
        context = {"progress": found, "may_write": request.user.role in WRITERS}
        return render(request, "qualify/_build.html", context)

    def post(self, request: StaffRequest) -> HttpResponse:
        try:
            if stop(request.user):
                messages.success(request, _("Stopped. The scoring of before is in force."))
        except Overtaken as overtaken:
            messages.error(request, str(overtaken))
        return redirect("qualify:scoring")


class PersonScoreView(Desk):  # /people/7/score?model=main&rows=400
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(Person.objects.living().visible_to(request.user), pk=pk)
        language, known = get_language() or "de", scoring()
        model = chosen(known, request.GET.get("model", ""))
        other = "" if model.key == known.main.key else model.key
        lines = explain_score(person, language, model.key)
        points = Point.objects.filter(person=person, build=live().number, model=model.key).order_by("-given_at", "-id")
        rows = list(points[: (most := _most(request.GET.get("rows", ""))) + 1])
        chart = over_time(person, model.key, language)
        context = {
            "person": person, "tabs": tabs(known, model, language), "points": lines, "chart": chart, "model": model,
            "as_table": request.GET.get("as") == "table", "missing": (lacking := missing(person, language)),
            "counts": lacking is not None and (other in lacking.models or not other),
            "why": sentence(person, language, lines, other),
            "rows": rows_in_words(rows[:most], model, language), "more": most + ROWS if len(rows) > most else 0,
            "place": Standing.objects.counting().filter(person=person, model=model.key).first(),
        }  # fmt: skip
        return render(request, "qualify/person_score.html", context)


def _most(asked: str) -> int:
    """How many rows of the ledger are shown: so many more with each click, up to a page that a browser still likes."""
    return min(max(int(asked), ROWS), MOST) if asked.isdecimal() and len(asked) < 6 else ROWS

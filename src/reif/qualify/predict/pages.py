"""The pages of predictions: the card of a model, the most promising people, a number set by hand."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.crm.models import Person
from reif.playbook.current import current
from reif.qualify.predict.by_hand import release, set_by_hand
from reif.qualify.predict.card import FAR, SHIFTED
from reif.qualify.predict.keep import NotThere, ready
from reif.qualify.predict.lessons import ask_for
from reif.qualify.predict.panel import WRITERS
from reif.qualify.predict.reasons import subject_words
from reif.qualify.predict.records import Forecaster, Lesson, Prediction
from reif.qualify.predict.shape import Shape, subject_of
from reif.qualify.predict.ways import OUTCOMES
from reif.staff.keyset import keyset_page
from reif.staff.models import Role
from reif.staff.views import EVERYONE, Desk, StaffRequest

TEACHERS = frozenset({Role.ADMIN, Role.MARKETING})
HEAVY, VERSIONS = 10, 12


def _outcome(said: str) -> str:
    if said and said not in OUTCOMES:
        raise Http404
    return said or OUTCOMES[0]


class PredictionView(Desk):  # /prediction?outcome=won
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        outcome = _outcome(request.GET.get("outcome", ""))
        versions = list(Forecaster.objects.filter(outcome=outcome).order_by("-version")[:VERSIONS])
        model = next((v for v in versions if v.in_force), None)
        context: dict[str, Any] = {
            "outcome": outcome, "outcomes": OUTCOMES, "versions": versions, "model": model,
            "lesson": _lesson(outcome), "ways": current("predict").of(outcome),
            "may_teach": request.user.role in TEACHERS, "table": request.GET.get("as") == "table",
        } | (_card(model) if model else {})  # fmt: skip
        template = "qualify/_lesson.html" if request.GET.get("piece") == "lesson" else "qualify/prediction.html"
        return render(request, template, context)


class LessonsView(Desk):  # POST /prediction/lessons
    roles: ClassVar[frozenset[str]] = TEACHERS

    def post(self, request: StaffRequest) -> HttpResponse:
        outcome = _outcome(request.POST.get("outcome", ""))
        ask_for(outcome, "train", by=request.user.pk)
        return redirect(f"{reverse('qualify:prediction')}?outcome={outcome}")


class PromisingView(Desk):  # /prediction/people?outcome=won
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        outcome = _outcome(request.GET.get("outcome", ""))
        mine = Person.objects.living().visible_to(request.user)
        rows = Prediction.objects.filter(outcome=outcome, counts__isnull=False, person__in=mine)
        page = keyset_page(
            rows.select_related("person__company", "person__owner"), request.GET.get("after", ""), "counts"
        )
        return render(request, "qualify/promising.html", {"page": page, "outcome": outcome, "outcomes": OUTCOMES})


class ByHandView(Desk):  # POST and DELETE /prediction/people/7/sql
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest, pk: int, outcome: str) -> HttpResponse:
        person, said = self._person(pk, outcome), request.POST
        if said.get("release"):
            release(person.pk, outcome, by=request.user.pk)
            return redirect("desk:person", pk)
        text, reason = said.get("percent", "").strip().rstrip("% "), said.get("reason", "").strip()
        if not (text.isdigit() and int(text) <= 100 and reason):
            messages.error(request, _("Nothing was changed: a whole number from 0 to 100 and a reason are needed."))
            return redirect("desk:person", pk)
        set_by_hand(person.pk, outcome, int(text) / 100, reason, by=request.user.pk)
        messages.success(request, _("This chance counts until it is released."))
        return redirect("desk:person", pk)

    def _person(self, pk: int, outcome: str) -> Person:
        _outcome(outcome)
        found: Person = get_object_or_404(Person.objects.living().visible_to(self.request.user), pk=pk)
        return found


def _lesson(outcome: str) -> Lesson | None:
    return Lesson.objects.filter(outcome=outcome, sort="train").order_by("-id").first()


def _card(model: Forecaster) -> dict[str, Any]:
    card, language = model.card, get_language() or "de"
    try:
        shape = ready(model).shape
    except NotThere:
        shape = Shape()
    points = card["calibration"]
    weights = [
        {"words": subject_words(w["name"], shape, language), "share": 100 * w["share"]} for w in card["weights"][:HEAVY]
    ]
    return {
        "card": card, "since": _day(card["since"]), "until": _day(card["until"]), "edge": _day(card["edge"]),
        "weights": weights, "heaviest": max((w["share"] for w in weights), default=1), "points": points,
        "chart": {"x": [f"{100 * p['said']:.1f} %" for p in points], "series": [
            {"name": _("came true"), "values": [p["true"] for p in points]},
            {"name": _("said"), "values": [p["said"] for p in points], "dashed": True}]},
        "lift": [{"part": f"{10 * n}–{10 * n + 10} %", "times": round(x, 2)} for n, x in enumerate(card["lift"])],
        "lift_most": max(card["lift"], default=1), "moved": _moved(model, shape, language),
    }  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _moved(model: Forecaster, shape: Shape, language: str) -> list[dict[str, Any]]:
    """Columns that have moved since it learned, the farthest first; windows of one sort of deed count once."""
    by: dict[str, float] = {}
    for name, index in model.drift.items():
        by[subject_of(name)] = max(index, by.get(subject_of(name), 0))
    told = [
        {"words": subject_words(n, shape, language), "index": i, "far": i >= FAR} for n, i in by.items() if i >= SHIFTED
    ]
    return sorted(told, key=lambda t: -float(str(t["index"])))[:HEAVY]

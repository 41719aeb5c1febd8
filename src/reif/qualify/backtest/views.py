"""The pages of the back-test: ask for one, watch it, read it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from reif.playbook.history import history
from reif.qualify.backtest.ask import ask, stop
from reif.qualify.backtest.drawn import drawn
from reif.qualify.backtest.listed import listed
from reif.qualify.backtest.record import Trial
from reif.qualify.backtest.source import Wanted, wanted
from reif.qualify.editor.drafts import draft
from reif.staff.models import Role
from reif.staff.views import Desk, StaffRequest

READERS = frozenset({Role.ADMIN, Role.MARKETING, Role.ANALYST, Role.MANAGER})
RECENT, REVISIONS = 12, 20
LISTED = (
    ("mql-entering", _("MQL, enter")),
    ("mql-leaving", _("MQL, leave")),
    ("sql-entering", _("SQL, enter")),
    ("sql-leaving", _("SQL, leave")),
)


class TryView(Desk):  # /scoring/try: choose what to try and on which history; POST begins
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest) -> HttpResponse:
        return _form(request, wanted(request.GET))

    def post(self, request: StaffRequest) -> HttpResponse:
        asked = wanted(request.POST)
        if asked.problems:
            return _form(request, asked, status=422)
        trial = ask(asked.draft, asked.words, request.user, asked.since, asked.until, asked.model)
        return redirect("qualify:trial", trial.pk)


class TrialView(Desk):  # /scoring/try/7?outcome=won&as=table
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        trial = get_object_or_404(Trial.objects.select_related("asked_by"), pk=pk)
        context: dict[str, Any] = {"trial": trial}
        if comparison := trial.comparison:
            context |= drawn(comparison, trial.suggestions, request.GET)
        return render(request, "qualify/trial.html", context)


class ProgressView(Desk):  # /scoring/try/7/progress: a piece while it runs; the whole page again when it is over
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        trial = get_object_or_404(Trial, pk=pk)
        answer = render(request, "qualify/_progress.html", {"trial": trial})
        if trial.is_over:
            answer["HX-Refresh"] = "true"
        return answer


class TrialEndView(Desk):  # /scoring/try/7/end
    roles: ClassVar[frozenset[str]] = READERS

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        stop(get_object_or_404(Trial, pk=pk))
        return redirect("qualify:trial", pk)


class TrialPeopleView(Desk):  # /scoring/try/7/people?list=mql-entering&page=2
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        trial = get_object_or_404(Trial, pk=pk)
        context = {"trial": trial, "people": listed(trial, request.GET, request.user), "lists": LISTED}
        return render(request, "qualify/_trial_people.html", context)


def _form(request: StaffRequest, asked: Wanted, status: int = 200) -> HttpResponse:
    context = {
        "asked": asked,
        "models": asked.draft["scoring"].models,
        "revisions": history(REVISIONS),
        "draft": draft(),
        "recent": Trial.objects.select_related("asked_by").defer("told", "hints", "said").order_by("-id")[:RECENT],
    }
    return render(request, "qualify/try.html", context, status=status)

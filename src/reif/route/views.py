"""The seller's inbox and the answers to hand-overs."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reif.crm.models import Person
from reif.route.accept import Answered, accept
from reif.route.brief import brief
from reif.route.candidates import candidates
from reif.route.forms import HandForm, RefusalForm
from reif.route.hand import hand
from reif.route.inbox import inbox
from reif.route.models import Assignment
from reif.route.reject import reject
from reif.staff.models import Role, User
from reif.staff.panels import panels_for
from reif.staff.views import EVERYONE, Desk

SELLERS: frozenset[str] = frozenset({Role.SELLER, Role.MANAGER, Role.ADMIN})
GIVERS: frozenset[str] = frozenset({Role.MANAGER, Role.ADMIN})


class InboxView(Desk):
    """GET /inbox, with `scope`, `open` (an assignment to show beside the list) and `piece=list`."""

    roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        user = self.request.user
        context: dict[str, Any] = {"inbox": inbox(user, request.GET.get("scope", "")), "may_give": user.role in GIVERS}
        if context["may_give"]:
            context["hand_form"] = HandForm()
        if request.GET.get("piece") == "list":
            return render(request, "route/_lists.html", context)
        opened = request.GET.get("open", "")
        found = _visible(self).filter(id=int(opened)).first() if opened.isdigit() else None
        context |= {"panels": panels_for("inbox", request), "opened": found.pk if found else None}
        return render(request, "route/inbox.html", context | (_sheet(request, found) if found else {}))


class AssignmentView(Desk):
    """GET /assignments/42: the brief, for the side panel."""

    roles = EVERYONE

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        assignment = get_object_or_404(_visible(self), id=number)
        if not request.headers.get("HX-Request"):
            return redirect(f"{reverse('route:inbox')}?open={assignment.pk}")
        return _piece(request, assignment)


class AcceptanceView(Desk):
    """POST /assignments/42/acceptance."""

    roles = SELLERS

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        assignment = get_object_or_404(_visible(self), id=number)
        try:
            accept(assignment, by=self.request.user)
        except Answered as answered:
            return _conflict(request, assignment, str(answered))
        sentence = _("%(name)s is yours. Plan the first step.") % {"name": assignment.person.name}
        return _answer(request, assignment, sentence)


class RejectionView(Desk):
    """POST /assignments/42/rejection with a reason."""

    roles = SELLERS

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        assignment = get_object_or_404(_visible(self), id=number)
        form = RefusalForm(request.POST)
        if not form.is_valid():
            context = {"assignment": assignment, "refusal": form}
            if request.headers.get("HX-Request"):
                return render(request, "route/_refusal.html", context, status=422)
            return render(request, "route/refusal.html", context, status=422)
        try:
            reject(assignment, form.refusal(), by=self.request.user)
        except Answered as answered:
            return _conflict(request, assignment, str(answered))
        sentence = _("%(name)s went back to marketing, with the reason.") % {"name": assignment.person.name}
        return _answer(request, assignment, sentence)


class HandoverView(Desk):
    """POST /people/42/assignment: the manager gives somebody to a seller."""

    roles = GIVERS

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        person = get_object_or_404(Person.objects.living().visible_to(self.request.user), id=number)
        form = HandForm(request.POST)
        if not form.is_valid():
            return HttpResponse(form.errors["owner"][0], status=400, content_type="text/plain; charset=utf-8")
        assignment = hand(person, form.cleaned_data["owner"], by=self.request.user)
        sentence = _("%(name)s was offered to %(owner)s.") % {"name": person.name, "owner": assignment.owner.name}
        assignment = _visible(self).get(id=assignment.pk)
        return _answer(request, assignment, sentence)


def _visible(view: Desk) -> Any:
    rows = Assignment.objects.visible_to(view.request.user)
    return rows.select_related("person__company", "owner__team", "answered_by")


def _sheet(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    if assignment.person.erased_at:
        raise PermissionDenied
    return {
        "assignment": assignment,
        "brief": brief(assignment),
        "candidates": candidates(assignment),
        "refusal": RefusalForm(),
        "may_answer": isinstance(request.user, User) and request.user.role in SELLERS,
        "steps": panels_for("inbox.person", request, person=assignment.person),
    }


def _piece(request: HttpRequest, assignment: Assignment, status: int = 200, problem: str = "") -> HttpResponse:
    context = _sheet(request, assignment) | {"problem": problem}
    return render(request, "route/_assignment.html", context, status=status)


def _conflict(request: HttpRequest, assignment: Assignment, sentence: str) -> HttpResponse:
    """Somebody was faster: say so, and show how it is now."""
    if not request.headers.get("HX-Request"):
        messages.error(request, sentence)
        return redirect("route:inbox")
    response = _piece(request, Assignment.objects.get(id=assignment.pk), status=409, problem=sentence)
    return _steer(response, {"inbox": {}})


def _answer(request: HttpRequest, assignment: Assignment, sentence: str) -> HttpResponse:
    """Done: the panel shows it, the list follows, a toast says it."""
    if not request.headers.get("HX-Request"):
        messages.success(request, sentence)
        return redirect(f"{reverse('route:inbox')}?open={assignment.pk}")
    fresh = Assignment.objects.select_related("person__company", "owner__team", "answered_by").get(id=assignment.pk)
    return _steer(_piece(request, fresh), {"inbox": {}, "toast": {"text": sentence, "tone": "good"}})


def _steer(response: HttpResponse, events: dict[str, Any]) -> HttpResponse:
    response["HX-Retarget"], response["HX-Reswap"] = "#aside", "innerHTML"
    response["HX-Trigger"] = json.dumps(events)
    return response

"""The board and the page of a deal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reif.close.asked import Asked, shown
from reif.close.board import board
from reif.close.dossier import dossier
from reif.close.forms import ClosureForm, DealFieldsForm, DealForm
from reif.close.people import as_choice, find_people
from reif.close.place import Place, place
from reif.close.views.answers import back_to, by_script, done, refused
from reif.close.writers import WRITERS
from reif.crm.change_deal import change_deal
from reif.crm.deals import DealClosed, lose, open_deal, reopen, win
from reif.crm.models import Deal, DealStage, Person
from reif.staff.views import EVERYONE, Desk


class DealView(Desk):
    """Finds the deal of the address, among those that the reader may see."""

    roles = EVERYONE
    writers = WRITERS

    def deal(self, number: int) -> Deal:
        rows = Deal.objects.visible_to(self.request.user).select_related("person", "company", "owner")
        found: Deal = get_object_or_404(rows, id=number)
        return found

    def address(self, deal: Deal) -> str:
        return reverse("close:deal", args=[deal.pk])


class BoardView(Desk):
    """GET /deals, with `scope`, `owner`, `next` and `piece=board`; POST /deals makes a deal."""

    roles = EVERYONE
    writers = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        user = self.request.user
        context = {"board": board(user, Asked.of(user, request.GET.dict())), "may_write": user.role in WRITERS}
        return render(
            request, "close/_board.html" if request.GET.get("piece") == "board" else "close/board.html", context
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        user = self.request.user
        form = DealForm(request.POST, user=user)
        if not form.is_valid():
            return _form(request, {"form": form}, status=422)
        given = form.cleaned_data
        deal = open_deal(
            person=given["person"], name=given["name"], cents=given["amount"], currency=given["currency"],
            stage=given["stage"], expected_on=given["expected_on"], owner=user.pk, by=user.pk,
        )  # fmt: skip
        sentence = _("%(name)s is on the board.") % {"name": deal.name}
        return done(request, sentence, reverse("close:deal", args=[deal.pk]), "deals", "inbox", "sheet:close")


class NewDealView(Desk):
    """GET /deals/new, with `stage` and `person`: the form."""

    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        user, wanted = self.request.user, request.GET
        initial: dict[str, Any] = {"stage": wanted.get("stage", DealStage.APPOINTMENT.value), "currency": "CHF"}
        if wanted.get("person", "").isdigit():
            rows = Person.objects.living().visible_to(user).select_related("company")
            person = get_object_or_404(rows, id=int(wanted["person"]))
            about = person.company.name if person.company else person.company_name or person.name
            currency = "CHF" if person.country in ("", "CH", "LI") else "EUR"
            initial |= {"person": as_choice(person), "name": about, "currency": currency}
        return _form(request, {"form": DealForm(user=user, initial=initial)})


class PeopleFoundView(Desk):
    """GET /deals/people with `person`: suggestions for the field of the form."""

    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        people = find_people(self.request.user, request.GET.get("person", ""))
        choices = [(as_choice(p), p.company.name if p.company else p.company_name) for p in people]
        return render(request, "close/_people_found.html", {"choices": choices})


class DealPageView(DealView):
    """GET /deals/42; POST /deals/42 changes its fields."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        deal = self.deal(number)
        context = dossier(deal, self.request.user) | {"form": DealFieldsForm.of(deal)}
        piece = {
            "head": "close/_deal_head.html",
            "activities": "close/_deal_activities.html",
            "timeline": "close/_deal_timeline.html",
        }
        return render(request, piece.get(request.GET.get("piece", ""), "close/deal.html"), context)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        deal = self.deal(number)
        form = DealFieldsForm(request.POST)
        if not form.is_valid():
            context = dossier(deal, self.request.user) | {"form": form}
            template = "close/_deal_fields.html" if by_script(request) else "close/deal.html"
            return render(request, template, context, status=422)
        change_deal(deal, self.request.user.pk, **form.values())
        return done(request, _("Saved."), self.address(deal), "deal")


class StageView(DealView):
    """POST /deals/42/stage with `stage`, `position` (an index) the `from` and the filters that the mover saw."""

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        deal, user = self.deal(number), self.request.user
        stage, index = request.POST.get("stage", ""), request.POST.get("position", "")
        if stage not in DealStage.values:
            return HttpResponse(_("There is no such stage."), status=400, content_type="text/plain; charset=utf-8")
        seen = shown(user, Asked.of(user, request.GET.dict()))
        to = Place(stage, int(index) if index.isdigit() else None, request.GET.get("from", ""))
        try:
            before = place(deal, to, seen, user)
        except DealClosed:
            return refused(request, _closed(deal), self.address(deal))
        words = {"name": deal.name, "stage": DealStage(stage).label}
        sentence = _("%(name)s is at “%(stage)s” now.") % words
        if to.came_from and before != to.came_from and before != stage:
            words["was"] = DealStage(before).label
            sentence = _("%(name)s had been moved to “%(was)s” meanwhile; it is at “%(stage)s” now.") % words
        return done(request, sentence, self.address(deal), "deals", "deal")


class ClosureView(DealView):
    """GET /deals/42/closure with `outcome`: the form. POST: won or lost. DELETE: open again."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        outcome = "lost" if request.GET.get("outcome") == "lost" else "won"
        return _closure(request, self.deal(number), ClosureForm(initial={"outcome": outcome}), outcome)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        deal, form, by = self.deal(number), ClosureForm(request.POST), self.request.user.pk
        if request.POST.get("outcome") == "open":  # what a form without JavaScript says for DELETE
            return self.delete(request, number)
        if not form.is_valid():
            return _closure(request, deal, form, request.POST.get("outcome", ""), status=422)
        given = form.cleaned_data
        try:
            if given["outcome"] == "won":
                win(deal, by)
                sentence = _("Won: %(name)s. Well done.")
            else:
                lose(deal, by, given["reason"], given["note"])
                sentence = _("%(name)s is closed as lost, with the reason.")
        except DealClosed:
            return refused(request, _closed(self.deal(number)), self.address(deal))
        return done(request, sentence % {"name": deal.name}, self.address(deal), "deals", "deal", "sheet:close")

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        deal = self.deal(number)
        reopen(deal, self.request.user.pk)
        return done(request, _("%(name)s is open again.") % {"name": deal.name}, self.address(deal), "deals", "deal")


def _form(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    template = "close/_deal_form.html" if by_script(request) else "close/deal_form.html"
    return render(request, template, context | {"next": back_to(request, "")}, status=status)


def _closure(request: HttpRequest, deal: Deal, form: ClosureForm, outcome: str, status: int = 200) -> HttpResponse:
    template = "close/closure.html"
    if by_script(request):
        template = "close/_closure_form.html" if status == 422 else "close/_closure.html"
    return render(request, template, {"deal": deal, "form": form, "outcome": outcome}, status=status)


def _closed(deal: Deal) -> str:
    words = {"name": deal.name}
    if deal.won_at:
        return _("%(name)s was won meanwhile. Open it again to move it.") % words
    return _("%(name)s was closed meanwhile. Open it again to move it.") % words

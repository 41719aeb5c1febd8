"""Consent in the whole house: figures, the rules of the three countries, deadlines."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.channels.email.limits import sender
from reif.channels.law.house import consent_book
from reif.channels.law.legal_forms import refusal
from reif.crm.basis import informed
from reif.crm.law.ecg import newest
from reif.desk.privacy import deadlines, figures, law_table
from reif.staff.models import Role
from reif.staff.views import Desk, StaffRequest

READERS = frozenset({Role.ADMIN, Role.MARKETING, Role.MANAGER, Role.ANALYST})
KEEPERS = frozenset({Role.ADMIN, Role.MARKETING})


class ConsentsView(Desk):  # /consents
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest) -> HttpResponse:
        switches = figures.switches()
        context: dict[str, Any] = {
            "head": figures.headline(), "switches": switches, "widest": max((s.whole for s in switches), default=0),
            "months": figures.months(), "table": request.GET.get("as") == "table", "forms": figures.by_form(),
            "texts": figures.texts(), "waiting": figures.waiting(), "days": consent_book().confirmation.days,
            "refusal": refusal(sender()), "tab": "overview",
        }  # fmt: skip
        return render(request, "desk/consents.html", context)


class LawView(Desk):  # /consents/rules
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest) -> HttpResponse:
        context = {
            "blocks": law_table.law_table(),
            "own": law_table.own_rules(),
            "seat": law_table.seat(),
            "tab": "rules",
        }
        return render(
            request, "desk/law.html", context | {"ecg": newest(), "sender": sender(), "refusal": refusal(sender())}
        )


class DeadlinesView(Desk):  # /consents/deadlines
    """POST people=…: these were told where their data come from."""

    roles: ClassVar[frozenset[str]] = KEEPERS

    def get(self, request: StaffRequest) -> HttpResponse:
        context = {
            "claims": deadlines.claims(), "inform": deadlines.to_inform(), "retentions": deadlines.retentions(),
            "next": deadlines.next_look(), "tab": "deadlines",
        }  # fmt: skip
        return render(request, "desk/deadlines.html", context)

    def post(self, request: StaffRequest) -> HttpResponseBase:
        people = [int(one) for one in request.POST.getlist("people") if one.isdigit()]
        number = informed(people)
        words = (
            ngettext("Noted for one person.", "Noted for %(n)s people.", number)
            if number
            else _("Choose somebody first.")
        )
        messages.success(request, words % {"n": number} if number else words)
        return redirect("desk:deadlines")

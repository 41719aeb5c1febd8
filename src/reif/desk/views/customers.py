"""Customers whom the law lets us write to without consent: who they are, what has to be met, and noting that it is."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.crm.law.permitted import fitting
from reif.crm.law.table import CONDITIONS
from reif.crm.law.words import CONDITION_WORDS
from reif.crm.models import Person
from reif.crm.permit import note_customers
from reif.desk.privacy.customers import asking, country_words, customers_without
from reif.desk.views.consents import KEEPERS
from reif.staff.keyset import capped_count, keyset_page
from reif.staff.views import Desk, StaffRequest

MOST = 500
SOURCE = 200


class CustomersView(Desk):  # /consents/customers
    """POST people=…, met=…, source=…, sure=on: these customers fulfil these conditions."""

    roles: ClassVar[frozenset[str]] = KEEPERS

    def get(self, request: StaffRequest) -> HttpResponse:
        return self._page(request)

    def post(self, request: StaffRequest) -> HttpResponseBase:
        met = [one for one in request.POST.getlist("met") if one in CONDITIONS]
        source = request.POST.get("source", "").strip()[:SOURCE]
        numbers = [int(one) for one in request.POST.getlist("people")[:MOST] if one.isdecimal() and len(one) < 18]
        people = list(customers_without().filter(pk__in=numbers))
        if wrong := _wrong(people, met, source, request.POST.get("sure", "")):
            return self._page(request, wrong, {"met": met, "source": source, "chosen": numbers})
        left_out = note_customers(people, met, source=source, by=request.user.pk)
        messages.success(request, _said(len(people) - len(left_out), met))
        if left_out:
            words = _("Left out, since they objected: %(names)s.")
            messages.warning(request, words % {"names": ", ".join(person.name for person in left_out[:10])})
        return redirect("desk:customers")

    def _page(self, request: StaffRequest, wrong: str = "", told: dict[str, Any] | None = None) -> HttpResponse:
        people = customers_without().select_related("company")
        page = keyset_page(people, request.GET.get("after", ""), "pk")
        number, more = capped_count(people)
        context: dict[str, Any] = {
            "rows": page.rows, "after": page.after, "number": number, "more": more, "wrong": wrong, "tab": "customers",
            "conditions": [(key, CONDITION_WORDS[key], asking(key)) for key in CONDITIONS], "met": [], "chosen": [],
        }  # fmt: skip
        return render(request, "desk/customers.html", context | (told or {}), status=422 if wrong else 200)


def _wrong(people: list[Person], met: list[str], source: str, sure: str) -> str:
    if not people:
        return _("Choose at least one customer.")
    if not met:
        return _("Tick the conditions that are met. Without any of them the law knows no exception.")
    if not source:
        return _("Say what they bought, and where that is written down: an order, a contract, an invoice.")
    return "" if sure else _("Confirm that you have checked it; you may be asked to prove it.")


def _said(number: int, met: list[str]) -> str:
    words = ngettext("Noted for one customer.", "Noted for %(n)s customers.", number) % {"n": number}
    lands = fitting(sorted({*met, *(["sale"] if "purchase" in met else [])}), False)
    if where := country_words(lands.split(",")):
        return f"{words} {_('The exception holds in: %(countries)s.') % {'countries': where}}"
    return f"{words} {_('With these conditions alone it holds in no country; note the others when they are met.')}"

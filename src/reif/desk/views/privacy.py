"""What belongs to one person's rights: proof of consent, the account of their data, being forgotten."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from reif.crm.erase import erase
from reif.crm.models import Consent, Person
from reif.desk.privacy.account import account_of
from reif.desk.privacy.account_paper import account_paper
from reif.desk.privacy.evidence import evidence_of, evidence_paper
from reif.desk.views.person import KEEPERS, PROVERS, OfPerson
from reif.staff.models import Role
from reif.staff.views import Desk, StaffRequest


@method_decorator(never_cache, name="dispatch")
class PersonEvidenceView(OfPerson):  # /people/7/consents.pdf, .json
    form = "pdf"
    roles: ClassVar[frozenset[str]] = PROVERS
    writers: ClassVar[frozenset[str] | None] = None

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        person = self.person(pk)
        name = f"{_('consents')}-{slugify(person.name) or person.pk}"
        if self.form == "json":
            return as_json(evidence_of(person), name)
        return as_pdf(evidence_paper(person), name)


@method_decorator(never_cache, name="dispatch")
class ConsentEvidenceView(Desk):  # /consents/9.pdf, .json
    form = "pdf"
    roles: ClassVar[frozenset[str]] = PROVERS

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        people = Person.objects.living().visible_to(request.user)
        consent = get_object_or_404(Consent.objects.select_related("person").filter(person__in=people), pk=pk)
        name = f"{_('consent')}-{consent.pk}"
        if self.form == "json":
            return as_json(evidence_of(consent.person, [consent]), name)
        return as_pdf(evidence_paper(consent.person, [consent]), name)


@method_decorator(never_cache, name="dispatch")
class PersonAccountView(OfPerson):  # /people/7/account.pdf, .json
    form = "pdf"
    roles: ClassVar[frozenset[str]] = KEEPERS
    writers: ClassVar[frozenset[str] | None] = None

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        person = self.person(pk)
        name = f"{_('account')}-{slugify(person.name) or person.pk}"
        return as_json(account_of(person), name) if self.form == "json" else as_pdf(account_paper(person), name)


class ErasureView(OfPerson):  # /people/7/erasure
    """Shows what goes and what stays; the name must be typed, because there is no way back."""

    roles: ClassVar[frozenset[str]] = frozenset({Role.ADMIN})
    writers: ClassVar[frozenset[str] | None] = None

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        return render(request, "desk/erasure.html", self.context(pk))

    def post(self, request: StaffRequest, pk: int) -> HttpResponseBase:
        context = self.context(pk)
        typed = " ".join(request.POST.get("name", "").split())
        if typed.casefold() != context["person"].name.casefold():
            context |= {"error": _("That is not the name. Please type it as it stands above."), "typed": typed}
            return render(request, "desk/erasure.html", context, status=422)
        erase([pk], by=request.user.pk)
        messages.success(request, _("The person is forgotten. The address is kept as a hash alone."))
        return redirect("desk:people")

    def context(self, pk: int) -> dict[str, Any]:
        person = self.person(pk)
        kept = [c for c in person.consents.all() if c.channel == "phone" and c.given_at]
        return {
            "person": person, "activities": person.activities.count(), "submissions": person.submissions.count(),
            "deals": person.deals.count(), "kept": kept,
        }  # fmt: skip


def as_json(told: dict[str, Any], name: str) -> HttpResponse:
    raw = msgspec.json.format(msgspec.json.encode(told), indent=2)
    return _file(raw, "application/json", f"{name}.json")


def as_pdf(raw: bytes, name: str) -> HttpResponse:
    return _file(raw, "application/pdf", f"{name}.pdf")


def _file(raw: bytes, mime: str, name: str) -> HttpResponse:
    response = HttpResponse(raw, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

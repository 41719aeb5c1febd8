"""Companies: the list, sorted and from a score on, and one with everybody in it."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from reif.crm.models import Company
from reif.kit.fold import fold
from reif.qualify.why.company import of_its_people
from reif.staff.keyset import keyset_page
from reif.staff.views import EVERYONE, Desk, StaffRequest

SORTS = {
    "name": ("name_fold", False, _("Name")),
    "score": ("score", True, _("Score")),
    "new": ("created_at", True, _("Newest")),
}
STEPS = (1, 25, 50, 100)
"""Scores from which on a list of companies is offered."""


class CompaniesView(Desk):  # /companies?q=&sort=&least=
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        text = request.GET.get("q", "").strip()[:80]
        companies = Company.objects.visible_to(request.user)
        if text:
            companies = companies.filter(name_fold__prefix=fold(text))
        least = _number(request.GET.get("least", ""))
        if least is not None:
            companies = companies.filter(score__gte=least)
        sort = request.GET.get("sort", "")
        key, descending, _label = SORTS.get(sort, SORTS["name"])
        page = keyset_page(companies, request.GET.get("after", ""), key, descending)
        ids = [c.pk for c in page.rows]
        facts = Company.objects.filter(pk__in=ids).annotate(n=Count("people"), best=Max("people__score"))
        known = {pk: numbers for pk, *numbers in facts.values_list("pk", "n", "best")}
        rows = [(c, *known[c.pk]) for c in page.rows]
        context = {
            "page": page, "rows": rows, "q": text, "sorts": [(k, words) for k, (_key, _way, words) in SORTS.items()],
            "sort": sort if sort in SORTS else "name", "least": least, "steps": STEPS,
        }  # fmt: skip
        return render(request, "desk/companies.html", context)


def _number(said: str) -> int | None:
    """Points as somebody typed them; None for none."""
    text = said.strip()
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) <= 6 else None


class CompanyView(Desk):  # /companies/3
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        company = get_object_or_404(Company.objects.visible_to(request.user).select_related("owner"), pk=pk)
        people = (
            company.people.living().visible_to(request.user).select_related("owner").order_by("-score", "-id")[:200]
        )
        deals = company.deals.visible_to(request.user).select_related("owner", "person").order_by("-opened_at")[:50]
        parent = Company.objects.visible_to(request.user).filter(pk=company.parent_id).first()
        children = company.children.visible_to(request.user).order_by("name_fold", "id")[:50]
        context = {"company": company, "people": people, "deals": deals, "children": children}
        context |= {"parent": parent, "score_of": of_its_people(company)}
        return render(request, "desk/company.html", context)

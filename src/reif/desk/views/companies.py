"""Companies: the list, and one with everybody in it."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from reif.crm.models import Company
from reif.kit.fold import fold
from reif.staff.keyset import keyset_page
from reif.staff.views import EVERYONE, Desk, StaffRequest


class CompaniesView(Desk):  # /companies?q=
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        text = request.GET.get("q", "").strip()[:80]
        companies = Company.objects.visible_to(request.user)
        if text:
            companies = companies.filter(name_fold__prefix=fold(text))
        page = keyset_page(companies, request.GET.get("after", ""), "name_fold", descending=False)
        ids = [c.pk for c in page.rows]
        facts = Company.objects.filter(pk__in=ids).annotate(n=Count("people"), best=Max("people__score"))
        known = {pk: numbers for pk, *numbers in facts.values_list("pk", "n", "best")}
        rows = [(c, *known[c.pk]) for c in page.rows]
        return render(request, "desk/companies.html", {"page": page, "rows": rows, "q": text})


class CompanyView(Desk):  # /companies/3
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        company = get_object_or_404(Company.objects.visible_to(request.user).select_related("owner"), pk=pk)
        people = (
            company.people.living().visible_to(request.user).select_related("owner").order_by("-score", "-id")[:200]
        )
        deals = company.deals.visible_to(request.user).select_related("owner", "person").order_by("-opened_at")[:50]
        context = {"company": company, "people": people, "deals": deals}
        return render(request, "desk/company.html", context)

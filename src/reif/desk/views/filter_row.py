"""The operator and the value of one more filter, for the field that was chosen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from reif.rules.vocabulary import vocabulary
from reif.staff.models import User
from reif.staff.views import EVERYONE, Desk, StaffRequest


class FilterRowView(Desk):  # /people/filter-row?row=g0.r1&g0.r1.field=score
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        words = vocabulary(get_language() or "de")
        row = request.GET.get("row", "g0.r0")[:12]
        chosen = request.GET.get(f"{row}.field", "")
        field: Any = next((f for f in words["fields"] if f["name"] == chosen), None)
        context = {
            "row": row,
            "field": field,
            "kinds": words["kinds"],
            "chosen": chosen,
        }
        if field and field["type"] == "user":
            context["staff"] = User.objects.filter(is_active=True).order_by("last_name", "first_name")
        return render(request, "desk/_filter_row.html", context)

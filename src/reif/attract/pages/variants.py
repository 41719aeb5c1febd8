"""Variants of a page: made as a copy of the draft, weighed, left out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reif.attract.pages.compare import add_arm, drop_arm, weigh
from reif.attract.pages.pieces import Editing
from reif.attract.pages.refused import Refused


class Variants(Editing):  # POST /pages/4/variants: a new one
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            arm = add_arm(self.page(pk), request.POST.get("name", ""), by=self.request.user.pk)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("attract:page_test", pk)
        return redirect(f"/pages/{pk}?arm={arm.key}")


class Variant(Editing):  # POST /pages/4/variants/b: its name and weight, or with `drop` out of the next test
    def post(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        page = self.page(pk)
        try:
            if request.POST.get("drop"):
                drop_arm(page, key)
            else:
                weight = request.POST.get("weight", "1")
                weigh(page, {key: int(weight[:4]) if weight.isdigit() else 1}, {key: request.POST.get("name", "")})
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("attract:page_test", pk)

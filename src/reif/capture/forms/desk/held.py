"""Forms that came from pages where they may not stand: look, release, throw away."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.capture.forms.answers import said
from reif.capture.forms.desk.pages import READERS, WRITERS, find, frame
from reif.capture.forms.form_file import Form
from reif.capture.forms.quarantine import drop, release
from reif.capture.models import Quarantined
from reif.staff.keyset import keyset_page
from reif.staff.views import Desk, StaffRequest


class HeldView(Desk):  # /forms/demo/quarantine
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, slug: str) -> HttpResponse:
        form, language = find(slug), (get_language() or "de")[:2]
        rows = Quarantined.objects.filter(form=slug, decided_at=None)
        page = keyset_page(rows, request.GET.get("after", ""), "at")
        done = Quarantined.objects.filter(form=slug, decided_at__isnull=False).select_related(
            "decided_by", "submission__person"
        )
        context = frame(form, request, "held") | {
            "rows": [(row, _answers(row, form, language)) for row in page.rows], "after": page.after,
            "done": list(done.order_by("-decided_at")[:20]),
        }  # fmt: skip
        return render(request, "capture/desk/held.html", context)


class DecisionView(Desk):  # POST /forms/demo/quarantine/7/decision with take=1 or nothing
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest, slug: str, pk: int) -> HttpResponseRedirect:
        form = find(slug)
        row = get_object_or_404(Quarantined, pk=pk, form=slug)
        if row.decided_at is not None:
            messages.info(request, _("Somebody was faster."))
        elif not request.POST.get("take"):
            drop(row, request.user)
            messages.success(request, _("Thrown away."))
        elif release(row, form, request.user) is None:
            messages.error(request, _("It has no mail address that could be one, so nothing can be made of it."))
        else:
            messages.success(request, _("Released: it is a submission now."))
        return redirect("capture:desk_held", slug)


def _answers(row: Quarantined, form: Form, language: str) -> list[tuple[str, str]]:
    fields = {f.name: f for f in form.questions}
    told: dict[str, Any] = {name: value for name, value in row.posted.items() if name in fields}
    return [
        (fields[n].label.in_(language) or n, text) for n, v in told.items() if (text := said(v, fields[n], language))
    ]

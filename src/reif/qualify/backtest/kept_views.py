"""The back-test that somebody had seen when a revision was published, for good."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string

from reif.playbook.models import Revision
from reif.qualify.backtest.drawn import drawn
from reif.qualify.backtest.record import Kept
from reif.qualify.backtest.views import READERS
from reif.staff.views import Desk, StaffRequest


class KeptView(Desk):  # /scoring/kept/7?outcome=won&as=table
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        kept = get_object_or_404(Kept, pk=pk)
        context: dict[str, Any] = {"kept": kept, "revision": Revision.objects.filter(pk=kept.revision).first()}
        return render(request, "qualify/kept.html", context | drawn(kept.comparison, None, request.GET))


def beside_revision(request: HttpRequest, *, revision: Revision) -> str:
    """For the page of a revision; nothing when it was published without a back-test."""
    kept = Kept.objects.filter(revision=revision.pk).order_by("-id").first()
    if kept is None:
        return ""
    return render_to_string("qualify/_kept.html", {"kept": kept, "told": kept.comparison}, request=request)

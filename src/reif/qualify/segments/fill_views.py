"""Everybody whom a list finds, into a segment or out of it: asked for, shown while it goes on, and stopped."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.qualify.models import Filling
from reif.qualify.segments.fill import ON_ITS_WAY, SELLING, fill, stop_filling
from reif.rules.decode import BadPredicate
from reif.rules.parse import wrong
from reif.staff.templatetags.ui import number
from reif.staff.views import EVERYONE, Desk, StaffRequest

LONGEST = 8_000


def fill_from_list(request: StaffRequest, segment: str) -> HttpResponse:
    """What the list of people sends when all that were found are chosen."""
    found, put = request.POST.get("found", ""), request.POST.get("do") != "remove"
    if len(found) > LONGEST:
        messages.error(request, _("The list has too many conditions for this. Save it as a segment instead."))
        return redirect("qualify:segment", segment)
    try:
        one = fill(segment, found, request.user, put)
    except BadPredicate as bad:
        messages.error(request, wrong(QueryDict(found), bad))
        return redirect("qualify:segment", segment)
    if one.is_over:
        messages.success(request, said(one.put, one.moved, one.gone - one.moved))
    return redirect("qualify:segment", segment)


def said(put_in: bool, moved: int, there: int = 0) -> str:
    """What came of putting people in or taking them out. there: so many were in it already."""
    told = {"n": number(moved)}
    if not put_in:
        return ngettext("%(n)s person taken out.", "%(n)s people taken out.", moved) % told
    put = ngettext("%(n)s person put into the segment.", "%(n)s people put into the segment.", moved) % told
    already = ngettext("%(n)s was in it already.", "%(n)s were in it already.", there) % {"n": number(there)}
    return f"{put} {already}" if there else put


class SegmentFillingView(Desk):  # /segments/guests/filling: GET the progress, POST stops it
    roles: ClassVar[frozenset[str]] = EVERYONE
    writers: ClassVar[frozenset[str] | None] = SELLING

    def get(self, request: StaffRequest, key: str) -> HttpResponse:
        """When it is over, the page is drawn anew, with the people who are in it now."""
        one = Filling.objects.filter(segment=key).order_by("-id").first()
        if one is None:
            raise Http404
        answer = render(
            request, "qualify/segments/_filling.html", {"filling": one, "may_fill": request.user.role in SELLING}
        )
        if one.is_over:
            messages.success(request, said(one.put, one.moved, one.gone - one.moved))
            answer["HX-Refresh"] = "true"
        return answer

    def post(self, request: StaffRequest, key: str) -> HttpResponse:
        if stop_filling(key):
            messages.success(request, _("Stopped. Whoever was moved until now stays so."))
        return redirect("qualify:segment", key)


def filling_of(segment: str) -> Filling | None:
    """The one that is on its way."""
    return Filling.objects.filter(segment=segment, state__in=ON_ITS_WAY).order_by("id").first()

"""How far everybody has been gone through for a segment: shown while it goes on, stopped, and begun again."""

from __future__ import annotations

from typing import ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from reif.log.append import writing
from reif.qualify.models import Sorting
from reif.qualify.segments.growth import sizes
from reif.qualify.segments.in_force import moving
from reif.qualify.segments.sort import begin, stop
from reif.qualify.segments.views import WRITERS
from reif.staff.views import EVERYONE, Desk, StaffRequest


class SegmentSortingView(Desk):  # /segments/hot/sorting: GET the progress, POST on=1|0
    roles: ClassVar[frozenset[str]] = EVERYONE
    writers: ClassVar[frozenset[str] | None] = WRITERS

    def get(self, request: StaffRequest, key: str) -> HttpResponse:
        """When it is over, the page is drawn anew, with the people who are in it now."""
        one = Sorting.objects.filter(segment=key).first()
        if one is None:
            raise Http404
        context = {"sorting": one, "people": sizes().get(key, 0), "may_write": request.user.role in WRITERS}
        answer = render(request, "qualify/segments/_sorting.html", context)
        if one.is_over:
            answer["HX-Refresh"] = "true"
        return answer

    def post(self, request: StaffRequest, key: str) -> HttpResponse:
        segments = {s.key: (place, s) for place, s in enumerate(moving())}
        if key not in segments:
            raise Http404
        place, segment = segments[key]
        with writing():
            if request.POST.get("on") == "1":
                begin(key, segment.digest, place, None)
            else:
                stop(key)
        return redirect("qualify:segment", key)

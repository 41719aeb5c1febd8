"""Upload a list of a meeting tool, look at what it means, take it over."""

from __future__ import annotations

import hashlib

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reif.attract.models import AttendanceList, Webinar
from reif.attract.webinars.attendance.decode import BYTES, BadList
from reif.attract.webinars.attendance.match import match
from reif.attract.webinars.attendance.read import Attendee, read
from reif.attract.webinars.attendance.take_over import take_over
from reif.attract.webinars.views import WebinarDesk
from reif.kit.clock import now

SHOWN = 100


class Attendance(WebinarDesk):
    """GET /content/webinars/<n>/attendance: where to get the list, and the upload. POST: read it."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self.show(request, self.webinar(number))

    def post(self, request: HttpRequest, number: int) -> HttpResponseBase:
        webinar, given = self.webinar(number), request.FILES.get("file")
        try:
            if not webinar.over:
                raise BadList(_("The webinar is not over yet. Import the list afterwards."))
            if given is None:
                raise BadList(_("Choose the list first."))
            raw = given.read(BYTES + 1)
            found = read(raw)
        except BadList as error:
            return self.show(request, webinar, str(error), 422)
        AttendanceList.objects.filter(webinar=webinar, taken_at=None).delete()
        made = AttendanceList.objects.create(
            webinar=webinar, name=(given.name or "")[:200], digest=hashlib.sha256(raw).hexdigest(), format=found.format,
            rows=[msgspec.to_builtins(one) for one in found.attendees], at=now(), by=self.request.user,
        )  # fmt: skip
        return redirect("attract:attendance_list", webinar.pk, made.pk)

    def show(self, request: HttpRequest, webinar: Webinar, error: str = "", status: int = 200) -> HttpResponse:
        context = {"webinar": webinar, "error": error, "may_write": self.may_write}
        return render(request, "attract/webinars/attendance.html", context, status=status)


class OneList(WebinarDesk):
    """GET /content/webinars/<n>/attendance/<m>: who it names, before anything is changed. POST: take it over."""

    def get(self, request: HttpRequest, number: int, which: int) -> HttpResponse:
        one = self.list(number, which)
        if one.taken_at:
            return redirect("attract:webinar", number)
        found = match(one.webinar, [Attendee(**row) for row in one.rows])
        again = AttendanceList.objects.filter(webinar=number, digest=one.digest).exclude(taken_at=None).first()
        longest = max((minutes for _person, minutes in found.there), default=0)
        context = {
            "webinar": one.webinar, "list": one, "found": found, "again": again, "may_write": self.may_write, "shown": SHOWN,
            "there": sorted(found.there, key=lambda stay: -stay[1])[:SHOWN], "of": max(longest, one.webinar.minutes),
            "walked_in": {person.pk for person, _minutes in found.walked_in},
        }  # fmt: skip
        return render(request, "attract/webinars/list_preview.html", context)

    def post(self, request: HttpRequest, number: int, which: int) -> HttpResponse:
        told = take_over(self.list(number, which), self.request.user.pk)
        sentence = _("%(there)s were there, %(missed)s missed it.")
        messages.success(request, sentence % {"there": told.get("there", 0), "missed": told.get("missed", 0)})
        return redirect("attract:webinar", number)

    def list(self, number: int, which: int) -> AttendanceList:
        found: AttendanceList = get_object_or_404(
            AttendanceList.objects.select_related("webinar"), pk=which, webinar=number
        )
        return found

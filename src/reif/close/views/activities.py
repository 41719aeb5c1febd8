"""Plan, finish and cancel activities; what is planned, for the inbox."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reif.close.agenda import agenda
from reif.close.forms import KINDS, ActivityForm
from reif.close.views.answers import back_to, by_script, done, refused
from reif.close.writers import WRITERS
from reif.crm.activities import cancel, finish, plan
from reif.crm.models import Activity, Person
from reif.kit.clock import now
from reif.staff.views import EVERYONE, Desk


class ActivitiesView(Desk):
    """GET /activities: the agenda. POST /activities: plan something."""

    roles = EVERYONE
    writers = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"spans": agenda(self.request.user), "may_write": self.request.user.role in WRITERS}
        return render(request, "close/_agenda.html" if by_script(request) else "close/agenda.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        user = self.request.user
        form = ActivityForm(request.POST, user=user)
        if not form.is_valid():
            return _form(request, form, status=422)
        given = form.cleaned_data
        activity = plan(
            given["kind"], form.words, person=given["person"], deal=given["deal"], owner=user.pk, by=user.pk,
            due_at=form.due_at, minutes=given["minutes"],
        )  # fmt: skip
        sentence = _("Planned: %(what)s.") % {"what": activity.subject}
        return done(
            request, sentence, reverse("close:activities"), "activities", "inbox", "deals", "deal", "sheet:close"
        )


class NewActivityView(Desk):
    """GET /activities/new with `kind` and `person` or `deal`: the form."""

    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET
        start = _next_hour(now())
        initial: dict[str, Any] = {key: wanted[key] for key in ("person", "deal") if wanted.get(key, "").isdigit()}
        initial |= {"kind": wanted.get("kind") if wanted.get("kind") in KINDS else "call"}
        initial |= {"day": start.date(), "at": start.time(), "minutes": 45 if initial["kind"] == "demo" else 30}
        return _form(request, ActivityForm(user=self.request.user, initial=initial), sheet=True)


class CompletionView(Desk):
    """POST /activities/42/completion."""

    roles = WRITERS

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        activity = _find(self, number)
        body = request.POST.get("body", "")[:5000]
        if not finish(activity, self.request.user.pk, request.POST.get("outcome", ""), body):
            return refused(request, _("This was finished or cancelled already."), reverse("close:activities"))
        return done(request, _("Done: %(what)s.") % {"what": activity.subject}, reverse("close:activities"), *HEARD)


class ActivityView(Desk):
    """DELETE /activities/42: it will not happen. POST does the same for forms without JavaScript."""

    roles = WRITERS

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        activity = _find(self, number)
        if not cancel(activity, self.request.user.pk):
            return refused(request, _("This was finished or cancelled already."), reverse("close:activities"))
        return done(
            request, _("Cancelled: %(what)s.") % {"what": activity.subject}, reverse("close:activities"), *HEARD
        )

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        return self.delete(request, number)


HEARD = ("activities", "inbox", "deals", "deal")


def _find(view: Desk, number: int) -> Activity:
    rows = Activity.objects.visible_to(view.request.user).select_related("person", "deal")
    found: Activity = get_object_or_404(rows, id=number)
    return found


def _form(request: HttpRequest, form: ActivityForm, status: int = 200, sheet: bool = False) -> HttpResponse:
    about = form["person"].value()
    person = Person.objects.visible_to(form.user).filter(id=about).first() if str(about or "").isdigit() else None
    context = {"form": form, "person": person, "next": back_to(request, request.GET.get("next", ""))}
    if not by_script(request):
        return render(request, "close/activity_form.html", context, status=status)
    return render(
        request, "close/_activity_sheet.html" if sheet else "close/_activity_form.html", context, status=status
    )


def _next_hour(moment: datetime) -> datetime:
    """The next full hour of the reader's day, at the latest tomorrow morning at nine."""
    local = timezone.localtime(moment)
    start = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if start.hour < 8:
        return start.replace(hour=9)
    if start.hour > 17:
        return datetime.combine(start.date() + timedelta(days=1), time(9), start.tzinfo)
    return start

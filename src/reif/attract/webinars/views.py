"""The pages of webinars: list, editor, one with its numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.attract.content.writers import READERS, WRITERS
from reif.attract.models import Webinar
from reif.attract.webinars.form import WebinarForm
from reif.attract.webinars.numbers import by_day, in_state, numbers, stays
from reif.attract.webinars.save import EditedMeanwhile, SlugTaken, call_off, save, start
from reif.kit.clock import now
from reif.kit.fold import fold
from reif.playbook.current import current
from reif.staff.keyset import keyset_page
from reif.staff.models import User
from reif.staff.views import Desk


class WebinarDesk(Desk):
    """Finds the webinar of the address."""

    roles = READERS
    writers = WRITERS

    def webinar(self, number: int) -> Webinar:
        found: Webinar = get_object_or_404(Webinar, pk=number)
        return found

    @property
    def may_write(self) -> bool:
        return self.request.user.role in WRITERS

    def form(self, request: HttpRequest, form: WebinarForm, webinar: Webinar | None, status: int = 200) -> HttpResponse:
        context = {"form": form, "webinar": webinar, "may_write": self.may_write}
        return render(request, "attract/webinars/editor.html", context, status=status)


class Webinars(WebinarDesk):
    """GET /content/webinars with `q`, `after`. POST: a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Webinar.objects.all()
        for word in fold(request.GET.get("q", "")).split()[:5]:
            rows = rows.filter(folded__contains=word)
        page = keyset_page(rows, request.GET.get("after", ""), "starts_at")
        counted = numbers(page.rows)
        context = {
            "lines": [(w, counted[w.pk]) for w in page.rows], "after": page.after, "q": request.GET.get("q", ""),
            "now": now(), "may_write": self.may_write,
        }  # fmt: skip
        return render(request, "attract/webinars/list.html", context)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = WebinarForm(request.POST)
        if not form.is_valid():
            return self.form(request, form, None, 422)
        try:
            made = start(form.cleaned_data["slug"], form.values())
        except SlugTaken:
            form.add_error("slug", _("Another webinar has this address. Choose a different one."))
            return self.form(request, form, None, 422)
        messages.success(request, _("The webinar is written down. A form that registers for it makes it complete."))
        return redirect("attract:webinar", made.pk)


class NewWebinar(WebinarDesk):
    """GET /content/webinars/new"""

    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        user: User = self.request.user
        return self.form(
            request, WebinarForm(initial={"timezone": user.timezone, "speaker": user.name, "minutes": 45}), None
        )


class OneWebinar(WebinarDesk):
    """GET /content/webinars/<n> with `state`, `after`: numbers and people. POST: save. DELETE: one that nobody has a seat in."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        webinar, state = self.webinar(number), request.GET.get("state", "")
        people = in_state(webinar, state).select_related("person", "person__company")
        page, bars = keyset_page(people, request.GET.get("after", ""), "pk"), stays(webinar)
        context = {
            "webinar": webinar, "numbers": numbers([webinar])[webinar.pk], "days": by_day(webinar),
            "bars": bars, "most": max(bar.n for bar in bars),
            "seats": page.rows, "after": page.after, "state": state, "may_write": self.may_write,
            "lists": webinar.lists.exclude(taken_at=None).select_related("by").order_by("-taken_at")[:10],
            **self._around(webinar),
        }  # fmt: skip
        return render(request, "attract/webinars/webinar.html", context)

    def post(self, request: HttpRequest, number: int) -> HttpResponseBase:
        webinar, form = self.webinar(number), WebinarForm(request.POST)
        if not form.is_valid():
            return self.form(request, form, webinar, 422)
        try:
            moved = save(webinar, form.values(), form.cleaned_data["version"] or 0)
        except EditedMeanwhile:
            form.add_error(
                None, _("Somebody else saved this webinar meanwhile. Look at it, then enter your change again.")
            )
            return self.form(request, form, webinar, 409)
        said = _("Saved. Whoever has a seat is told of the new date.") if moved else _("Saved.")
        messages.success(request, said)
        return redirect("attract:webinar", webinar.pk)

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        webinar = self.webinar(number)
        if webinar.registrations.exists():
            sentence = _("People have a seat in it. Call it off, and they are told.")
            return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
        webinar.delete()
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("attract:webinars")
        return response

    def _around(self, webinar: Webinar) -> dict[str, Any]:
        """The page and the forms that lead to it."""
        forms = [form for form in current("forms").forms if form.does.webinar == webinar.slug]
        return {"page": webinar.landings.first(), "forms": forms}


class EditWebinar(WebinarDesk):
    """GET /content/webinars/<n>/fields: its editor."""

    roles = WRITERS

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        webinar = self.webinar(number)
        return self.form(request, WebinarForm.of(webinar), webinar)


class CallingOff(WebinarDesk):
    """POST /content/webinars/<n>/calling-off: it does not take place."""

    roles = WRITERS

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        told = call_off(self.webinar(number))
        sentence = ngettext("Called off; %(n)s person is told.", "Called off; %(n)s people are told.", told)
        messages.success(request, sentence % {"n": told})
        return redirect("attract:webinar", number)

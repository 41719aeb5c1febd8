"""/calls: the calls with what came of them, and the editor of one with a picture of it beside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from reif.attract import house
from reif.attract.calls.numbers import DAYS, numbers
from reif.attract.calls.serve import drawn
from reif.attract.calls.sheet import CallForm
from reif.attract.content.writers import READERS, WRITERS
from reif.attract.models import Call
from reif.staff.keyset import keyset_page
from reif.staff.views import Desk


class CallDesk(Desk):
    """A page of those who write."""

    roles = READERS
    writers = WRITERS

    def sheet(self, form: CallForm, call: Call | None, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {"form": form, "call": call, "may_write": self.request.user.role in WRITERS}
        context |= _picture(form, call)
        if call:
            context |= {"numbers": numbers().get(call.slug), "days": DAYS}
        return render(self.request, "attract/calls/edit.html", context, status=status)


class CallList(CallDesk):
    """GET /calls"""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = keyset_page(Call.objects.all(), request.GET.get("after", ""), "priority")
        found = numbers()
        context = {
            "lines": [(call, found.get(call.slug)) for call in page.rows], "after": page.after, "days": DAYS,
            "may_write": self.request.user.role in WRITERS, "kinds": Call.Kind.choices,
        }  # fmt: skip
        return render(request, "attract/calls/list.html", context)


class NewCall(CallDesk):
    """GET /calls/new?kind=popup, POST /calls/new"""

    def get(self, request: HttpRequest) -> HttpResponse:
        kind = request.GET.get("kind", "")
        return self.sheet(CallForm(initial={"kind": kind if kind in Call.Kind.values else Call.Kind.POPUP}), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CallForm(request.POST)
        if not form.is_valid():
            return self.sheet(form, None, 422)
        messages.success(request, _("Saved. It is shown when you switch it on."))
        return redirect("attract:call", form.save().pk)


class OneCall(CallDesk):
    """/calls/7"""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        call = get_object_or_404(Call, pk=number)
        return self.sheet(CallForm(instance=call), call)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        call = get_object_or_404(Call, pk=number)
        form = CallForm(request.POST, instance=call)
        if not form.is_valid():
            return self.sheet(form, call, 422)
        form.save()
        messages.success(request, _("Saved."))
        return redirect("attract:call", number)

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        get_object_or_404(Call, pk=number).delete()
        house.forget()
        response = HttpResponse(status=204)
        response["HX-Redirect"] = "/calls"
        return response


class Running(CallDesk):
    """POST /calls/7/running with `on`: switch it on or off."""

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        call = get_object_or_404(Call, pk=number)
        call.live = request.POST.get("on") == "1"
        call.save(update_fields=["live", "updated_at"])
        house.forget()
        messages.success(request, _("It is shown from now on.") if call.live else _("It is not shown any more."))
        return redirect("attract:calls" if request.POST.get("back") else f"/calls/{number}")


class CallPreview(CallDesk):
    """POST /calls/preview: a picture of what the form says, also while it is not complete."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CallForm(request.POST)
        form.is_valid()
        return render(request, "attract/calls/_preview.html", _picture(form, None))


def _picture(form: CallForm, call: Call | None) -> dict[str, Any]:
    """The call as it would stand on a page."""
    told = {**form.initial, **{f: getattr(call, f) for f in _SHOWN if call}}
    if form.is_bound:
        told = {name: form.data.get(form.add_prefix(name)) for name in _SHOWN}
    shown = Call(slug="preview", **{name: str(told.get(name) or "") for name in _SHOWN})
    if shown.kind not in Call.Kind.values:
        shown.kind = Call.Kind.POPUP
    shown.title = shown.title or _("Title")
    shown.button = shown.button or _("Button")
    return {"shown": shown, "html": mark_safe(drawn(shown, still=True))}


_SHOWN = ("kind", "place", "title", "text", "button", "form", "picture")

"""The page of the API keys: see who has one, make one, end one."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reif.kit.clock import now
from reif.staff.api.forms import KeyForm, scope_words
from reif.staff.api.keys import make_key, revoke
from reif.staff.models import ApiKey, Role
from reif.staff.views import Desk, StaffRequest

MOST = 200


class KeysView(Desk):  # /apikeys
    roles: ClassVar[frozenset[str]] = frozenset({Role.ADMIN})

    def get(self, request: StaffRequest) -> HttpResponse:
        return _page(request)


class NewKeyView(Desk):  # /apikeys/new
    roles: ClassVar[frozenset[str]] = frozenset({Role.ADMIN})

    def get(self, request: StaffRequest) -> HttpResponse:
        return render(request, "staff/apikey_new.html", {"form": KeyForm()})

    def post(self, request: StaffRequest) -> HttpResponse:
        """The answer shows the key, this once; no address leads to it again."""
        form = KeyForm(request.POST)
        if not form.is_valid():
            return render(request, "staff/apikey_new.html", {"form": form}, status=422)
        told = form.cleaned_data
        key, secret = make_key(told["name"], told["scopes"], by=request.user, days=form.days)
        return _page(request, made=key, secret=secret)


class KeyEndView(Desk):  # /apikeys/3/end
    roles: ClassVar[frozenset[str]] = frozenset({Role.ADMIN})

    def post(self, request: StaffRequest, pk: int) -> HttpResponseRedirect:
        key = get_object_or_404(ApiKey, pk=pk)
        if revoke(key):
            messages.success(request, _("“%(name)s” works no more.") % {"name": key.name})
        return redirect("staff:apikeys")


def _page(request: StaffRequest, **more: object) -> HttpResponse:
    moment = now()
    rows = ApiKey.objects.select_related("created_by").order_by("revoked_at", "-created_at")[:MOST]
    keys = [
        {"row": key, "works": key.works(moment), "scopes": [scope_words(s) for s in key.scopes]}
        for key in sorted(rows, key=lambda key: not key.works(moment))
    ]
    response = render(request, "staff/apikeys.html", {"keys": keys} | more)
    response["Cache-Control"] = "no-store"
    return response

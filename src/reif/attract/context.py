"""Who speaks on public pages, and which calls stand on them, for every template that asks; nobody asking costs nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reif.attract.calls.serve import CallsHere
from reif.attract.models import Site


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": SimpleLazyObject(lambda: Site.objects.first() or Site(name="")), "calls": CallsHere(request)}

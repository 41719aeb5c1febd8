"""Who speaks on public pages, and which calls stand on them, for every template that asks; nobody asking costs nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reif.attract import house
from reif.attract.calls.here import CallsHere


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": SimpleLazyObject(house.site), "calls": CallsHere(request)}

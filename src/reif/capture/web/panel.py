"""On the page of a person: their browsers, how each is known, how often and from where they come."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max
from django.http import HttpRequest
from django.template.loader import render_to_string

from reif.capture.models import Visit
from reif.crm.models import Person, Visitor

MOST = 8


def draw_visits(request: HttpRequest, person: Person) -> str:
    """Nothing for somebody whose browser is not known. Two questions."""
    browsers = list(Visitor.objects.filter(person=person).order_by("-identified_at", "-id")[: MOST + 1])
    if not browsers:
        return ""
    stays = Visit.objects.filter(visitor__in=browsers).order_by().values("visitor", "device", "country", "by")
    rows = stays.annotate(n=Count("id"), last=Max("ended_at")).order_by("last")
    latest: dict[int, dict[str, Any]] = {}
    for row in rows:
        known = latest.get(row["visitor"], {"n": 0})
        latest[row["visitor"]] = {**row, "n": known["n"] + row["n"]}
    lines = [(browser, latest.get(browser.pk, {})) for browser in browsers[:MOST]]
    context = {"lines": lines, "more": len(browsers) > MOST, "person": person}
    return render_to_string("capture/traffic/_browsers.html", context, request)

"""/content: what is published, and what it brought in thirty days, for those who write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reif.attract.models import Content, LandingPage
from reif.kit.clock import now
from reif.log.models import Event
from reif.staff.models import Role
from reif.staff.views import Desk

DAYS = 30


@dataclass
class Line:
    """One published thing and its numbers; `submissions` is None where there is no form."""

    row: Content | LandingPage
    views: int
    submissions: int | None

    @property
    def kind(self) -> str:
        return "page" if isinstance(self.row, LandingPage) else str(self.row.kind)

    @property
    def share(self) -> float | None:
        """None without a form, and where forms came from more people than let their views be counted."""
        if self.submissions is None or not self.views or self.submissions > self.views:
            return None
        return self.submissions / self.views


class Section(Desk):
    roles = frozenset({Role.ADMIN, Role.MARKETING, Role.ANALYST})

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = published()
        kind = request.GET.get("kind", "")
        shown = [line for line in lines if not kind or line.kind == kind]
        tabs = [(k, sum(line.kind == k for line in lines)) for k in sorted({line.kind for line in lines})]
        context = {"lines": shown, "kind": kind, "tabs": tabs, "all": len(lines), "days": DAYS}
        return render(request, "attract/content.html", context)


def published() -> list[Line]:
    """Everything with its numbers, the most read first. Three queries, however much there is."""
    rows: list[Content | LandingPage] = [*Content.objects.defer("body"), *LandingPage.objects.all()]
    views, submissions = numbers(rows)
    lines = [Line(row, views.get(row.path, 0), _sum(row, submissions)) for row in rows]
    return sorted(lines, key=lambda line: (-line.views, line.row.title))


def numbers(rows: list[Content | LandingPage]) -> tuple[dict[str, int], dict[str, int]]:
    """Views by path and submissions by form in the last thirty days, people only, in one query."""
    since = now() - timedelta(days=DAYS)
    paths = [row.path for row in rows]
    views = Q(kind="page.viewed", topic__in=paths) & ~Q(body__machine=True)
    found = (
        Event.objects.filter(views | Q(kind="form.submitted"), at__gte=since)
        .order_by()
        .values_list("kind", "topic")
        .annotate(n=Count("id"))
    )
    counted = {(kind, topic): n for kind, topic, n in found}
    return (
        {topic: n for (kind, topic), n in counted.items() if kind == "page.viewed"},
        {topic: n for (kind, topic), n in counted.items() if kind == "form.submitted"},
    )


def _sum(row: Content | LandingPage, submissions: dict[str, int]) -> int | None:
    if not isinstance(row, LandingPage) or not row.forms:
        return None
    return sum(submissions.get(form, 0) for form in row.forms)

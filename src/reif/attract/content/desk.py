"""/content: the articles, and what they brought in thirty days, for those who write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reif.attract.content.writers import READERS, WRITERS
from reif.attract.models import Content
from reif.kit.clock import now
from reif.kit.fold import fold
from reif.log.models import Event
from reif.rules.within import EVERYBODY, Within
from reif.staff.keyset import capped_count, keyset_page
from reif.staff.views import Desk

DAYS = 30
STATES = ("draft", "scheduled", "published")


@dataclass(frozen=True)
class Line:
    """One article and its numbers."""

    row: Content
    views: int

    @property
    def findings(self) -> int:
        return sum(level != "hint" for _code, level in self.row.seo)

    @property
    def tone(self) -> str:
        levels = {level for _code, level in self.row.seo}
        return "bad" if "bad" in levels else "warn" if "warn" in levels else "good"


class Section(Desk):
    """GET /content with `state`, `q`, `after`; `segment`: whose views."""

    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        state, words, within = request.GET.get("state", ""), request.GET.get("q", ""), Within.of(request.GET)
        texts = matching(Content.objects.filter(kind=Content.Kind.ARTICLE), words)
        tabs = [(one, *capped_count(in_state(texts, one))) for one in STATES]
        shown = in_state(texts, state).defer("body", "teaser", "description").select_related("edited_by")
        page = keyset_page(shown, request.GET.get("after", ""), "published_at" if state in STATES[1:] else "updated_at")
        views, _submissions = numbers([row.path for row in page.rows], within=within)
        context = within.drawn(request) | {
            "lines": [Line(row, views.get(row.path, 0)) for row in page.rows], "after": page.after, "state": state,
            "q": words, "tabs": tabs, "all": sum(n for _state, n, _more in tabs), "days": DAYS,
            "may_write": self.request.user.role in WRITERS,
        }  # fmt: skip
        return render(request, "attract/articles/list.html", context)


def in_state(texts: Any, state: str) -> Any:
    """Those in a state; all of them for a word that is none."""
    if state == "draft":
        return texts.drafts()
    if state == "scheduled":
        return texts.scheduled()
    return texts.published() if state == "published" else texts


def matching(texts: QuerySet[Content], words: str) -> QuerySet[Content]:
    """Those whose title, address, author, category or keyword has each of the words."""
    for word in fold(words).split()[:5]:
        texts = texts.filter(folded__contains=word)
    return texts


def numbers(
    paths: Iterable[str], forms: Iterable[str] = (), within: Within = EVERYBODY
) -> tuple[dict[str, int], dict[str, int]]:
    """Views by path and submissions by form in the last thirty days, people only, in one query. within: of a segment alone."""
    since = now() - timedelta(days=DAYS)
    views = Q(kind="page.viewed", topic__in=list(paths)) & ~Q(body__machine=True)
    found = (
        Event.objects.filter(within.deeds(), views | Q(kind="form.submitted", topic__in=list(forms)), at__gte=since)
        .order_by()
        .values_list("kind", "topic")
        .annotate(n=Count("id"))
    )
    counted = {(kind, topic): n for kind, topic, n in found}
    return (
        {topic: n for (kind, topic), n in counted.items() if kind == "page.viewed"},
        {topic: n for (kind, topic), n in counted.items() if kind == "form.submitted"},
    )

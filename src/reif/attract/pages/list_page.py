"""/pages: every landing page with its state and its numbers; new ones from templates, and copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reif.attract.content.desk import DAYS, numbers
from reif.attract.content.writers import READERS, WRITERS
from reif.attract.models import LandingPage
from reif.attract.pages.make import duplicate, make_page
from reif.attract.pages.starters import STARTERS, starter
from reif.kit.clock import now
from reif.kit.fold import fold
from reif.rules.within import EVERYBODY, Within
from reif.staff.keyset import capped_count, keyset_page
from reif.staff.views import Desk, StaffRequest

STATES = ("published", "changed", "draft", "test", "down")


@dataclass(frozen=True)
class Line:
    """A page with its numbers of the last days; submissions is None where there is no form."""

    page: LandingPage
    views: int
    submissions: int | None
    findings: int | None = None

    @property
    def state(self) -> str:
        return state_of(self.page)

    @property
    def changed(self) -> bool:
        return self.state == "published" and bool(self.page.draft_id) and self.page.draft_id != self.page.live_id

    @property
    def share(self) -> float | None:
        if self.submissions is None or not self.views or self.submissions > self.views:
            return None
        return self.submissions / self.views


class Pages(Desk):  # /pages with q, state, after, segment; POST makes one from a template
    roles = READERS
    writers = WRITERS
    request: StaffRequest

    def get(self, request: HttpRequest) -> HttpResponse:
        words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
        rows, within = _searched(LandingPage.objects.all(), words), Within.of(request.GET)
        shown = keyset_page(
            _in_state(rows, state).select_related("running").defer("blocks"), request.GET.get("after", ""), "updated_at"
        )
        total, more = capped_count(LandingPage.objects.all())
        context: dict[str, Any] = within.drawn(request) | {
            "lines": lines(shown.rows, within), "after": shown.after, "q": words, "state": state, "states": STATES, "days": DAYS,
            "total": total, "more": more, "may_write": self.request.user.role in WRITERS,
        }  # fmt: skip
        return render(request, "attract/editor/pages.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        title, key = request.POST.get("title", "").strip()[:200], request.POST.get("starter", "blank")
        if key not in STARTERS:
            raise Http404
        if not title:
            context = {"starters": STARTERS, "chosen": key, "error": _("Give the page a title first.")}
            return render(request, "attract/editor/new.html", context, status=422)
        language = request.POST.get("language", "de")
        page = make_page(starter(key, title, language if language in ("de", "en") else "de"), by=self.request.user.pk)
        return redirect("attract:editor", page.pk)


class NewPage(Desk):  # /pages/new: the templates to begin with
    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(
            request, "attract/editor/new.html", {"starters": STARTERS, "chosen": request.GET.get("starter", "demo")}
        )


class PageCopies(Desk):  # POST /pages/4/copies
    roles = WRITERS
    request: StaffRequest

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = get_object_or_404(LandingPage.objects.select_related("draft", "webinar", "asset"), pk=pk)
        made = duplicate(page, by=self.request.user.pk)
        messages.success(request, _("This is the copy. It is a draft until you publish it."))
        return redirect("attract:editor", made.pk)


def lines(pages: list[LandingPage], within: Within = EVERYBODY) -> list[Line]:
    """With the numbers of the last days, in two queries, and what the check found when it was last asked."""
    forms = dict(LandingPage.objects.filter(pk__in=[p.pk for p in pages]).values_list("pk", "blocks"))
    for page in pages:
        page.blocks = forms[page.pk]
    views, submissions = numbers([p.path for p in pages], {form for p in pages for form in p.forms}, within)
    return [Line(page, views.get(page.path, 0), _sum(page, submissions), page.findings) for page in pages]


def _sum(page: LandingPage, submissions: dict[str, int]) -> int | None:
    return sum(submissions.get(form, 0) for form in set(page.forms)) if page.forms else None


def state_of(page: LandingPage) -> str:
    """published, scheduled, draft or down."""
    if page.published_at and page.published_at <= now():
        return "published"
    if page.due_at or page.published_at:
        return "scheduled"
    return "down" if page.closed_at else "draft"


def _searched(rows: QuerySet[LandingPage], words: str) -> QuerySet[LandingPage]:
    for word in fold(words).split()[:5]:
        rows = rows.filter(folded__contains=word)
    return rows


def _in_state(rows: QuerySet[LandingPage], state: str) -> QuerySet[LandingPage]:
    match state:
        case "published":
            return rows.filter(published_at__lte=now())
        case "changed":
            return rows.filter(published_at__lte=now()).exclude(draft=None).exclude(draft=F("live"))
        case "draft":
            return rows.filter(Q(published_at=None) | Q(published_at__gt=now()), closed_at=None)
        case "test":
            return rows.exclude(running=None)
        case "down":
            return rows.filter(published_at=None).exclude(closed_at=None)
    return rows

"""The choice of a segment on pages of figures: found by the beginning of a word, kept in the address, so that it can be shared."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from reif.kit.fold import fold
from reif.playbook.current import current
from reif.qualify.models import Sorting
from reif.qualify.segments.growth import sizes
from reif.qualify.segments.names import segment_words
from reif.qualify.segments.sort import ON_ITS_WAY
from reif.rules.within import Within
from reif.staff.views import EVERYONE, Desk, StaffRequest

MOST = 40
PLACES = ("after", "piece", "most")
"""What an address says of a place in a list; another segment has another list."""


class SegmentChoiceView(Desk):  # /segments/choice?at=/funnel?days=90&q=gro: for the page at that address
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        at, text = _here(request), request.GET.get("q", "").strip()[:80]
        found, counts = matching(text, segment_words(get_language() or "de")), sizes()
        rows = [(words, counts.get(key, 0), pointing(at, key), key) for key, words in found[:MOST]]
        context = {"at": at, "q": text, "rows": rows, "more": max(0, len(found) - MOST), "everybody": pointing(at, ""),
                   "chosen": QueryDict(at.partition("?")[2]).get("segment", "")}  # fmt: skip
        whole = "q" not in request.GET
        return render(request, f"qualify/segments/{'_choice' if whole else '_choices'}.html", context)


def _here(request: StaffRequest) -> str:
    """The page that asks, as it is by now: a search in a list may have changed what stands after the question mark."""
    at = request.GET.get("at", "")
    if not url_has_allowed_host_and_scheme(at, allowed_hosts=None) or not at.startswith("/"):
        return "/"
    path, now_ = at.partition("?")[0], urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{path}?{now_.query}" if now_.query and now_.path == path else at


def matching(text: str, known: dict[str, str]) -> list[tuple[str, str]]:
    """Keys and words of those of which each typed word begins one, by their words."""
    typed, spoken = fold(text).split(), [(key, words, f" {fold(words)} {key}") for key, words in known.items()]
    found = [(key, words) for key, words, within in spoken if all(f" {one}" in within for one in typed)]
    return sorted(found, key=lambda pair: fold(pair[1]))


def pointing(at: str, key: str) -> str:
    """The same page for another segment, or for everybody."""
    path, _mark, asked = at.partition("?")
    query = QueryDict(asked, mutable=True)
    for name in ("segment", *PLACES):
        query.pop(name, None)
    if key:
        query["segment"] = key
    return f"{path}?{query.urlencode()}" if query else path


def draw_choice(request: HttpRequest, within: Within) -> str:
    """In the row of filters; what there is to choose from is asked for when somebody opens it."""
    context = {"within": within, "at": request.get_full_path(), "everybody": pointing(request.get_full_path(), "")}
    return render_to_string("qualify/segments/_chosen.html", context, request)


def draw_note(request: HttpRequest, within: Within) -> str:
    """What has to be known of the chosen one: that it is gone or archived, or that not everybody was looked at yet."""
    if not within.key:
        return ""
    archived = any(s.key == within.key for s in current("segments").segments) and not within.there
    going = Sorting.objects.filter(segment=within.key, state__in=ON_ITS_WAY).first() if within.there else None
    context: dict[str, Any] = {"within": within, "archived": archived, "going": going}
    context["everybody"] = pointing(request.get_full_path(), "")
    return render_to_string("qualify/segments/_figures_note.html", context, request).strip()

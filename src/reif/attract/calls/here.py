"""Which calls stand on a page of ours that is being drawn: some in its HTML, the others told to c.js.

A call in the text, and a bar that waits for nothing, are part of the page: nothing jumps, and they work without a script.
What comes later (a popup, what slides in, a bar after some seconds) is drawn by the script when its moment has come.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe

from reif.attract.calls.serve import ADDRESS, chosen_at, told
from reif.attract.calls.showing import Showing
from reif.attract.models import Call


class CallsHere:
    """For one request, found when its page asks. Forms, confirmations and the sign-in have none."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __bool__(self) -> bool:
        return bool(self.chosen)

    @cached_property
    def chosen(self) -> list[tuple[Call, Showing]]:
        """The calls whose rules hold here, for this visitor."""
        request, match = self._request, self._request.resolver_match
        if match is None or not ((match.app_names and match.app_names[0] == "attract") or match.url_name == "page_at"):
            return []
        language = (translation.get_language() or "de")[:2]
        url, referrer = request.build_absolute_uri(), request.headers.get("referer", "")
        return chosen_at(request, url[:ADDRESS], referrer[:ADDRESS], language, "")

    @property
    def standing(self) -> bool:
        """Whether a call may stand in the HTML, so that the page needs its looks."""
        return any(_stands(call, rules) for call, rules in self.chosen)

    @property
    def top_bar(self) -> SafeString:
        return mark_safe("".join(self.drawn(call) for call in self._bars if call.place == Call.Place.TOP))

    @property
    def bottom_bar(self) -> SafeString:
        return mark_safe("".join(self.drawn(call) for call in self._bars if call.place != Call.Place.TOP))

    @property
    def _bars(self) -> list[Call]:
        """Of each edge the most important one."""
        bars = [call for call, rules in self.chosen if call.kind == Call.Kind.BAR and _stands(call, rules)]
        return list({call.place == Call.Place.TOP: call for call in reversed(bars)}.values())

    def inline(self, slug: str = "", place: str = "") -> list[Call]:
        """In the text: the one with this slug, or those that stand at a place by themselves."""
        calls = [call for call, _rules in self.chosen if call.kind == Call.Kind.INLINE]
        return [call for call in calls if (call.slug == slug if slug else call.place == place)]

    @property
    def told(self) -> list[dict[str, Any]]:
        """For c.js; those in the page without their HTML."""
        bars = {call.pk for call in self._bars}
        return [
            told(call, rules, "", html=not _stands(call, rules))
            for call, rules in self.chosen
            if call.kind != Call.Kind.BAR or not _stands(call, rules) or call.pk in bars
        ]

    def drawn(self, call: Call) -> SafeString:
        """In the HTML of the page. A form that stands there already is not drawn twice: the call leads to it."""
        standing: set[str] = getattr(self._request, "forms_here", set())
        more = {"call": call, "href": call.href, "here": True, "twice": call.form in standing}
        return mark_safe(render_to_string("attract/calls/_here.html", more, self._request))


def _stands(call: Call, rules: Showing) -> bool:
    """In the HTML of the page; all but time and scrolling is known before it is drawn."""
    if call.kind == Call.Kind.INLINE:
        return True
    return call.kind == Call.Kind.BAR and not rules.seconds and not rules.scroll

"""Calls for our own pages, which carry them, and for foreign ones, whose script asks for them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache

from reif.attract import house
from reif.attract.calls.choose import choose
from reif.attract.calls.showing import Asked, Showing
from reif.attract.models import Call
from reif.kit.useragent import device
from reif.kit.visiting import visiting
from reif.staff.views import Public

ADDRESS = 2000


@method_decorator(never_cache, name="dispatch")
class Calls(Public):
    """/calls.json?u=address&r=referrer&l=language&v=visitor, read by c.js from any site."""

    def get(self, request: HttpRequest) -> HttpResponse:
        told = {name: request.GET.get(name, "")[:ADDRESS] for name in "urlv"}
        language = told["l"][:2] if translation.check_for_language(told["l"][:2] or "-") else "en"
        with translation.override(language):
            found = calls_at(request, told["u"], told["r"], language, told["v"], settings.BASE_URL)
        response = JsonResponse({"calls": found})
        response["Access-Control-Allow-Origin"] = "*"
        return response


class CallsHere:
    """For a page of ours that is being drawn, found when it asks. Forms, confirmations and the sign-in have none."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __bool__(self) -> bool:
        return bool(self.found)

    @cached_property
    def found(self) -> list[dict[str, Any]]:
        request, match = self._request, self._request.resolver_match
        if match is None or not ((match.app_names and match.app_names[0] == "attract") or match.url_name == "page_at"):
            return []
        language = (translation.get_language() or "de")[:2]
        url, referrer = request.build_absolute_uri(), request.headers.get("referer", "")
        return calls_at(request, url[:ADDRESS], referrer[:ADDRESS], language, "", "")


def calls_at(request: HttpRequest, url: str, referrer: str, language: str, key: str, root: str) -> list[dict[str, Any]]:
    """What c.js needs of each: its HTML, where and when it comes. root: put before our own addresses."""
    running = house.running()
    if not running:
        return []
    path = urlsplit(url).path.rstrip("/") or "/"
    who = visiting(request, url, referrer, key)
    asked = Asked(path, language, device(request.headers.get("user-agent", "")), who)
    return [_told(call, rules, root) for call, rules in choose(running, asked)]


def _told(call: Call, rules: Showing, root: str) -> dict[str, Any]:
    return {
        "slug": call.slug, "kind": call.kind, "place": call.place, "seconds": rules.seconds, "scroll": rules.scroll,
        "days": rules.days, "form": bool(call.form), "html": drawn(call, root),
    }  # fmt: skip


def drawn(call: Call, root: str = "", still: bool = False) -> str:
    """Its HTML. still: a picture of it, in which nothing can be pressed."""
    href = f"{root}{call.href}" if call.href.startswith("/") else call.href
    html = render_to_string("attract/calls/_call.html", {"call": call, "href": href, "root": root, "still": still})
    return re.sub(r'((?:src|srcset)="|, )(/(?:pictures|covers)/)', rf"\g<1>{root}\g<2>", html) if root else html

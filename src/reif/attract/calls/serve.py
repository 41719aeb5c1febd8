"""Calls for pages of other sites, whose script asks for them; and what a script needs to know of one."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.decorators import method_decorator
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
        said = {name: request.GET.get(name, "")[:ADDRESS] for name in "urlv"}
        language = said["l"][:2] if translation.check_for_language(said["l"][:2] or "-") else "en"
        with translation.override(language):
            found = calls_at(request, said["u"], said["r"], language, said["v"], settings.BASE_URL)
        response = JsonResponse({"calls": found})
        response["Access-Control-Allow-Origin"] = "*"
        return response


def calls_at(request: HttpRequest, url: str, referrer: str, language: str, key: str, root: str) -> list[dict[str, Any]]:
    """What c.js needs of each: its HTML, where and when it comes. root: put before our own addresses."""
    return [told(call, rules, root) for call, rules in chosen_at(request, url, referrer, language, key)]


def chosen_at(request: HttpRequest, url: str, referrer: str, language: str, key: str) -> list[tuple[Call, Showing]]:
    """The calls that are shown at an address to whoever asks, the most important first."""
    running = house.running()
    if not running:
        return []
    path = urlsplit(url).path.rstrip("/") or "/"
    who = visiting(request, url, referrer, key)
    return choose(running, Asked(path, language, device(request.headers.get("user-agent", "")), who))


def told(call: Call, rules: Showing, root: str, html: bool = True) -> dict[str, Any]:
    """One call as c.js reads it. html: False where it stands in the page already."""
    return {
        "slug": call.slug, "kind": call.kind, "place": call.place, "seconds": rules.seconds, "scroll": rules.scroll,
        "days": rules.days, "form": bool(call.form), "html": drawn(call, root) if html else "",
    }  # fmt: skip


def drawn(call: Call, root: str = "", still: bool = False) -> str:
    """Its HTML. still: a picture of it, in which nothing can be pressed."""
    href = f"{root}{call.href}" if call.href.startswith("/") else call.href
    html = render_to_string("attract/calls/_call.html", {"call": call, "href": href, "root": root, "still": still})
    return re.sub(r'((?:src|srcset)="|, )(/(?:pictures|covers)/)', rf"\g<1>{root}\g<2>", html) if root else html

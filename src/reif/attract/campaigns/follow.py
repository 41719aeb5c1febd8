"""/s/<code>: the short way to an address that staff stored. Nothing is asked of the visitor, nothing is kept about them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from reif.attract.campaigns.short import count_click, expired
from reif.attract.campaigns.tagging import tagged
from reif.attract.models import Link
from reif.kit.useragent import is_machine
from reif.staff.views import Public


class Follow(Public):  # /s/herbst
    """Goes where the link leads and nowhere else: no part of the address decides about the target."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        link = Link.objects.filter(code=code.lower()).first()
        if link is None or expired(link):
            return render(
                request, "attract/link_gone.html", {"expired": link is not None}, status=404 if link is None else 410
            )
        count_click(link, machine=_by_machine(request))
        response = HttpResponseRedirect(tagged(link))
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer-when-downgrade"
        return response


def _by_machine(request: HttpRequest) -> bool:
    """A browser that only looks ahead is none of the people either."""
    ahead = "prefetch" in (request.headers.get("sec-purpose", "") + request.headers.get("purpose", ""))
    return request.method == "HEAD" or ahead or is_machine(request.headers.get("user-agent"))

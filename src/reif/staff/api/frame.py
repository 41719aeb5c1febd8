"""Around every call under /api/v1: a request id, the rate that is left, and errors in one shape wherever they come from."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from reif.staff.api.problem import TYPE, answer, plain

PREFIX = "/api/v1/"
_ID = re.compile(r"^[A-Za-z0-9._:-]{8,100}$")


class ApiFrame:
    """Middleware. A sane X-Request-ID of the caller is kept, so that both sides can look for the same id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        told = request.headers.get("X-Request-ID", "")
        request.request_id = told if _ID.match(told) else uuid4().hex  # type: ignore[attr-defined]
        language = translation.get_language_from_request(request)
        response = self.get_response(request)
        if response.status_code >= 400 and response.get("Content-Type", "") != TYPE:
            with translation.override(language):
                response = _problem(request, response)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        response["Cache-Control"] = "no-store"
        if rate := getattr(request, "rate", None):
            response["RateLimit-Limit"], response["RateLimit-Remaining"] = str(rate.limit), str(rate.left)
        return response


def _problem(request: HttpRequest, was: HttpResponse) -> HttpResponse:
    """In place of a page that was meant for people."""
    response = answer(request, plain(was.status_code))
    for header in ("Allow", "Retry-After"):
        if header in was:
            response[header] = was[header]
    return response

"""Errors in one shape: problem details (RFC 9457), in the caller's language, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from reif.staff.api.mistakes import sentence

if TYPE_CHECKING:
    from ninja import NinjaAPI

TYPE = "application/problem+json"
PROBLEM: dict[str, Any] = {
    "title": "Problem", "type": "object", "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "What kind of problem, for programs: urn:reif:problem:…"},
        "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for people: what is wrong and what to do"},
        "instance": {"type": "string"}, "request_id": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object", "properties": {
            "pointer": {"type": "string", "description": "Where: a JSON Pointer, or the name of a parameter"},
            "code": {"type": "string"}, "detail": {"type": "string"}}}},
    },
}  # fmt: skip
Flaw = tuple[str, str, str]
"""Where (JSON Pointer), a code, a sentence."""


class Problem(HttpError):
    """Refuse a call. key: the kind of problem, with hyphens; detail: the sentence; flaws: where exactly."""

    def __init__(self, status: int, key: str, detail: str, flaws: Iterable[Flaw] = (), **headers: str) -> None:
        super().__init__(status, detail)
        self.key, self.detail, self.flaws, self.headers = key, detail, list(flaws), headers


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a response."""
    body: dict[str, Any] = {
        "type": f"urn:reif:problem:{problem.key}", "title": HTTPStatus(problem.status_code).phrase,
        "status": problem.status_code, "detail": problem.detail, "instance": request.path,
        "request_id": getattr(request, "request_id", ""),
    }  # fmt: skip
    if problem.flaws:
        body["errors"] = [dict(zip(("pointer", "code", "detail"), flaw, strict=True)) for flaw in problem.flaws]
    response = HttpResponse(msgspec.json.encode(body), content_type=TYPE, status=problem.status_code)
    for name, value in problem.headers.items():
        response[name.replace("_", "-")] = value
    return response


def register(api: NinjaAPI) -> None:
    """Give every exception of an operation this shape."""
    api.add_exception_handler(ValidationError, lambda request, error: answer(request, _invalid(error)))  # type: ignore[arg-type]
    api.add_exception_handler(HttpError, lambda request, error: answer(request, _known(error)))  # type: ignore[arg-type]
    api.add_exception_handler(Http404, lambda request, error: answer(request, not_found()))


def not_found() -> Problem:
    return Problem(404, "not-found", _("There is nothing at this address."))


def plain(status: int) -> Problem:
    """The problem of a response that has no words of its own."""
    match status:
        case 404:
            return not_found()
        case 405:
            return Problem(405, "method-not-allowed", _("This address does not take this method."))
        case 413:
            return Problem(413, "too-large", _("This is too large. Send less at once."))
        case 503:
            return Problem(
                503, "busy", _("The database is busy. Nothing was changed; send this again in some seconds.")
            )
    return Problem(status, "error", _("Something went wrong. If it stays, tell the administrator the request id."))


def _known(error: HttpError) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, AuthenticationError):
        words = _("This call needs a key: Authorization: Bearer reif_… An administrator makes one.")
        return Problem(401, "no-key", words, WWW_Authenticate="Bearer")
    if error.status_code == 400:
        return Problem(400, "not-json", _("The body cannot be read as JSON."))
    return Problem(error.status_code, "error", str(error))


def _invalid(error: ValidationError) -> Problem:
    flaws = [(_pointer(one["loc"]), str(one["type"]), sentence(one)) for one in error.errors[:100]]
    return Problem(422, "invalid", _("Some values cannot be used. Nothing was changed."), flaws)


def _pointer(where: Iterable[Any]) -> str:
    """The body's parts as a JSON Pointer (RFC 6901), a parameter by its name. The library puts the argument first."""
    source, *path = where
    if source != "body":
        return str(path[-1]) if path else str(source)
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path[1:])

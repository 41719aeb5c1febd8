"""The address that forms made for HubSpot send to, open and with a key."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from reif.capture.forms import legal, tally
from reif.capture.forms.afterwards import safe
from reif.capture.forms.entry import Entry, read
from reif.capture.forms.form_file import Form
from reif.capture.forms.hubspot import MOST_FIELDS, Body, error, errors, posted
from reif.capture.forms.origin import allowed, is_ours, origin_of, welcome
from reif.capture.forms.over import over
from reif.capture.forms.quarantine import set_aside
from reif.capture.forms.submit import Sent, submit
from reif.capture.web.visitor import agent, client_ip, own_hosts, visitor_in
from reif.kit.clock import now
from reif.playbook.current import current
from reif.staff.api.keys import Bearer
from reif.staff.api.problem import Problem
from reif.staff.views import Public

SCOPE = "submissions:write"
BACK = timedelta(days=30)
"""How long ago a form may say it was sent."""


@method_decorator(csrf_exempt, name="dispatch")  # acts for nobody but the one who typed; there is no session to ride on
class HubspotSubmissions(Public):
    """POST /submissions/v3/integration/submit/<portal>/<guid>"""

    secure = False

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shared(HttpResponse(status=204), None, request)

    def post(self, request: HttpRequest, portal: str, guid: str) -> HttpResponseBase:
        form: Form | None = current("forms").by_guid(guid)
        if form is None:
            return self._shared(_refused("There is no form with this guid", [], 404), None, request)
        with translation.override((get_language() or "de")[:2]):
            return self._shared(self._answer(request, form), form, request)

    def _answer(self, request: HttpRequest, form: Form) -> HttpResponse:
        if self.secure and (problem := keyed(request)):
            return _refused(str(problem), [], problem.status_code)
        try:
            body = msgspec.json.decode(request.body, type=Body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
            return _refused(f"The body cannot be read: {wrong}", [], 400)
        except RequestDataTooBig:
            return _refused("The body is too large", [error("The body is too large", "INPUT_TOO_LARGE")], 413)
        if len(body.fields) > MOST_FIELDS:
            return _refused("Too many fields", [error("At most 1000", "MAX_NUMBER_OF_SUBMITTED_VALUES_EXCEEDED")], 400)
        return self._take(request, form, body)

    def _take(self, request: HttpRequest, form: Form, body: Body) -> HttpResponse:
        said, wrong = posted(form, body)
        entry = read(form, said, boxes=False, lenient=body.skip_validation)
        try:
            entry.ticked = legal.ticked(form, body.legal_consent_options)
        except legal.BadLegal as bad:
            wrong.append(error(str(bad), bad.kind))
        found = errors(form, entry.errors) if body.skip_validation else [*wrong, *errors(form, entry.errors)]
        if sentence := over(form):
            found.append(error(sentence, "FORM_CLOSED"))
        if found:
            return _refused("The request is not valid", found, 400)
        sent = self._sent(request, form, entry, body)
        host = origin_of(request)
        if not self.secure and form.domains and not is_ours(host, request) and not allowed(form, host):
            set_aside(sent, said, host, "domain")
        else:
            submit(sent)
            tally.note(form.slug, "sent", page="hubspot")
        return JsonResponse(_thanks(form, request))

    def _sent(self, request: HttpRequest, form: Form, entry: Entry, body: Body) -> Sent:
        ip = _told_ip(body) if self.secure else client_ip(request)
        return Sent(
            form=form, entry=entry, key=secrets.token_hex(32), language=(get_language() or "de")[:2],
            url=body.context.page_uri[:2000], visitor="" if form.kiosk else visitor_in(body.context.hutk[:64]), ip=ip,
            agent=agent(request), own=own_hosts(request), via="hubspot", at=moment(body.submitted_at),
            legal=legal.evidence(body.legal_consent_options),
        )  # fmt: skip

    def _shared(self, answer: HttpResponse, form: Form | None, request: HttpRequest) -> HttpResponse:
        origin = request.headers.get("origin", "")
        answer["Vary"] = "Origin"
        if origin and (form is None or welcome(form, origin_of(request), request)):
            answer["Access-Control-Allow-Origin"] = origin
            answer["Access-Control-Allow-Methods"] = "POST, OPTIONS"
            answer["Access-Control-Allow-Headers"] = "Content-Type, Authorization"
            answer["Access-Control-Max-Age"] = "86400"
        return answer


class SecureHubspotSubmissions(HubspotSubmissions):
    """POST /submissions/v3/integration/secure/submit/<portal>/<guid>, with a key; its word about the visitor counts."""

    secure = True


def keyed(request: HttpRequest) -> Problem | None:
    """What is wrong with the key of the request; nothing when it may write."""
    word, _blank, key = request.headers.get("authorization", "").partition(" ")
    try:
        Bearer(SCOPE).authenticate(request, key if word.lower() == "bearer" else "")
    except Problem as problem:
        return problem
    return None


def moment(told: str | int | None) -> datetime | None:
    """When it was sent, in milliseconds of 1970; only within thirty days, and never ahead."""
    try:
        at = datetime.fromtimestamp(int(told) / 1000, UTC) if told is not None else None
    except (ValueError, OverflowError, OSError):
        return None
    return at if at and now() - BACK <= at <= now() else None


def _told_ip(body: Body) -> str | None:
    try:
        return str(ip_address(body.context.ip_address.strip()))
    except ValueError:
        return None


def _thanks(form: Form, request: HttpRequest) -> dict[str, str]:
    if form.redirect and safe(form, form.redirect, own_hosts(request)):
        return {"redirectUri": request.build_absolute_uri(form.redirect)}
    language = (get_language() or "de")[:2]
    return {"inlineMessage": form.after.in_(language) or form.title.in_(language)}


def _refused(message: str, found: list[dict[str, str]], status: int) -> JsonResponse:
    told = {"status": "error", "message": message, "correlationId": secrets.token_hex(16), "errors": found}
    return JsonResponse(told, status=status)

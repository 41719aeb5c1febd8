"""The addresses in mails: pixel, links, goodbye. No cookie is set and none is asked for."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import structlog
from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from reif.channels.email.links import HONEYPOT
from reif.channels.email.tokens import BadToken, arrival_of, message_of
from reif.channels.email.track import Seen, clicked, opened, unsubscribe
from reif.channels.models import Message
from reif.crm.consent import may_mail
from reif.crm.models import Person
from reif.staff.views import Public

PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
log = structlog.get_logger("reif.mail")


class Pixel(Public):  # /o/<token>.gif
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        message = _message(token)
        if message:
            try:
                opened(message, _seen(request))
            except OperationalError:
                log.warning("open_not_noted", message=message.id)
        return HttpResponse(PIXEL, content_type="image/gif", headers={"Cache-Control": "no-store, private"})

    head = get


class Link(Public):  # /l/<token>/<number>
    def get(self, request: HttpRequest, token: str, number: int) -> HttpResponse:
        message = _message(token)
        links = message.content.links if message and message.content else []
        if message is None or number > len(links):
            raise Http404
        target = links[number - 1] if number != HONEYPOT else "/"
        try:
            why = clicked(message, target, _seen(request), honeypot=number == HONEYPOT)
        except OperationalError:  # the reader wants the page, not our bookkeeping
            why = "not_noted"
            log.warning("click_not_noted", message=message.id)
        response = HttpResponseRedirect(_landing(message, target, human=not why))
        response["Cache-Control"] = "no-store, private"
        return response

    head = get


@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(Public):  # /u/<token>
    """GET only shows the page, because scanners follow links; POST does it, also without cookies (RFC 8058)."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(request, _message(token), done=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        message = _message(token)
        if message is None:
            raise Http404
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        unsubscribe(message, one_click)
        return HttpResponse("ok", "text/plain") if one_click else self._page(request, message, done=True)

    def _page(self, request: HttpRequest, message: Message | None, done: bool) -> HttpResponse:
        if message is None:
            raise Http404
        language = message.content.language if message.content else settings.LANGUAGE_CODE
        person = Person.objects.living().filter(id=message.person_id).first()
        with translation.override(language):
            context = {"done": done, "address": person.email if person else "", "LANGUAGE_CODE": language}
            return render(request, "channels/unsubscribe.html", context)


def _message(token: str) -> Message | None:
    try:
        return Message.objects.select_related("content").filter(id=message_of(token)).first()
    except BadToken:
        return None


def _seen(request: HttpRequest) -> Seen:
    return Seen(request.method or "GET", request.headers.get("User-Agent", "")[:500])


def _landing(message: Message, target: str, human: bool) -> str:
    """The target; on our own pages with the mail as the source, and a short-lived word about who comes."""
    if not target.startswith("/"):
        return target
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query))
    if "utm_medium" not in query:
        query |= {"utm_source": "mail", "utm_medium": "email", "utm_campaign": message.mail}
    if human and message.person_id and may_mail([message.person_id]):
        query["reif"] = arrival_of(message.person_id)
    return settings.BASE_URL + urlunsplit(("", "", parts.path, urlencode(query), parts.fragment))

"""The addresses in mails: pixel and links. No cookie is set and none is asked for."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import structlog
from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from reif.channels.email.links import HONEYPOT
from reif.channels.email.tokens import BadToken, arrival_of, message_of
from reif.channels.email.track import Seen, clicked, opened, purpose_of
from reif.channels.models import Message
from reif.crm.consent import may_mail
from reif.staff.views import Public

PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
log = structlog.get_logger("reif.mail")


class Pixel(Public):  # /o/<token>.gif
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        message = message_for(token)
        if message:
            try:
                opened(message, _seen(request))
            except OperationalError:
                log.warning("open_not_noted", message=message.id)
        return HttpResponse(PIXEL, content_type="image/gif", headers={"Cache-Control": "no-store, private"})

    head = get


class Link(Public):  # /l/<token>/<number>
    def get(self, request: HttpRequest, token: str, number: int) -> HttpResponse:
        message = message_for(token)
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


def message_for(token: str) -> Message | None:
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
    if human and message.person_id and may_mail([message.person_id], purpose_of(message)):
        query["reif"] = arrival_of(message.person_id)
    return settings.BASE_URL + urlunsplit(("", "", parts.path, urlencode(query), parts.fragment))

"""The live line of the inbox: server-sent events, each meant for the reader it goes to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import cast

import msgspec
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from reif.route.live import News, listening
from reif.staff.models import Role, User
from reif.staff.views import EVERYONE, Desk

BEAT, LIFE = 15.0, 600.0


class StreamView(Desk):
    """GET /inbox/stream. Ends after ten minutes, and the browser comes back with a session that is checked anew."""

    roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponseBase:
        user = cast(User, request.user)
        reader = _Reader(user.pk, user.team_id, user.role != Role.SELLER, user.language)
        response = StreamingHttpResponse(_lines(reader), content_type="text/event-stream")
        response["Cache-Control"] = "no-cache"
        response["X-Accel-Buffering"] = "no"
        return response


class _Reader(msgspec.Struct, frozen=True):
    user: int
    team: int | None
    sees_all: bool
    language: str


async def _lines(reader: _Reader) -> AsyncIterator[bytes]:
    end = time.monotonic() + LIFE
    with listening() as page:
        yield b"retry: 2000\nevent: open\ndata: {}\n\n"
        while time.monotonic() < end:
            try:
                news = await asyncio.wait_for(page.news.get(), BEAT)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if news.concerns(reader.user, reader.team, reader.sees_all):
                yield _event(news, reader)


def _event(news: News, reader: _Reader) -> bytes:
    data: dict[str, object] = {"kind": news.kind, "assignment": news.assignment}
    with override(reader.language):
        if text := _sentence(news, reader):
            link = f"{reverse('route:inbox')}?open={news.assignment}" if news.assignment else reverse("route:inbox")
            data["toast"] = {"text": text, "tone": "bad" if news.kind == "sla.breached" else "good", "href": link}
    return b"event: inbox\ndata: " + msgspec.json.encode(data) + b"\n\n"


def _sentence(news: News, reader: _Reader) -> str:
    """Only what is news for this reader is said aloud; the list changes for all."""
    about = {"name": news.name, "company": news.company or "–"}
    if news.kind == "person.assigned" and news.owner == reader.user:
        return _("New for you: %(name)s, %(company)s") % about
    if news.kind == "sla.breached" and (news.owner == reader.user or reader.sees_all):
        return _("Not answered in time: %(name)s, %(company)s") % about
    if news.kind == "sla.warned" and news.owner == reader.user:
        return _("Please answer soon: %(name)s, %(company)s") % about
    return ""

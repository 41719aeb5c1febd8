"""How these views answer: pieces to pages with JavaScript, redirects to those without, sentences for both."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

Events = dict[str, Any]


def by_script(request: HttpRequest) -> bool:
    """Did htmx or the board ask?"""
    return bool(request.headers.get("HX-Request"))


def done(request: HttpRequest, sentence: str, to: str, *said: str) -> HttpResponse:
    """Nothing to swap: the page hears `said` and shows the sentence; without JavaScript it goes to `to`."""
    if not by_script(request):
        messages.success(request, sentence)
        return redirect(back_to(request, to))
    events: Events = {"toast": {"text": sentence, "tone": "good"}, **{name: {} for name in said}}
    return with_events(HttpResponse(status=204), events)


def refused(request: HttpRequest, sentence: str, to: str) -> HttpResponse:
    """409 with the sentence, as text for the board and as a toast for htmx."""
    if not by_script(request):
        messages.error(request, sentence)
        return redirect(back_to(request, to))
    response = HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8")
    return with_events(response, {"toast": {"text": sentence, "tone": "bad"}})


def with_events(response: HttpResponse, events: Events) -> HttpResponse:
    """Events that the page hears, in ASCII as headers have to be."""
    response["HX-Trigger"] = json.dumps(events)
    return response


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page given as `next`, when it is one of ours."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else otherwise

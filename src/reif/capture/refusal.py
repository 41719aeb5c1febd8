"""The answer to who posts too much: a sentence in the reader's language, made once and sent as bytes."""

from __future__ import annotations

import json
from functools import cache
from math import ceil
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

KINDS = {"many": "RATE_LIMITS", "large": "INPUT_TOO_LARGE"}


async def too_many(scope: dict[str, Any], send: Any, wait: float) -> None:
    """429 over ASGI; wait in seconds. The body of the request is not read."""
    await _refuse(scope, send, 429, "many", [(b"retry-after", str(min(ceil(wait), 3600)).encode())])


async def too_large(scope: dict[str, Any], send: Any) -> None:
    """413 over ASGI, before a byte of the body is read."""
    await _refuse(scope, send, 413, "large", [(b"connection", b"close")])


async def _refuse(scope: dict[str, Any], send: Any, status: int, why: str, more: list[tuple[bytes, bytes]]) -> None:
    headers = dict(scope["headers"])
    language = "de" if headers.get(b"accept-language", b"de")[:2].lower() == b"de" else "en"
    as_json = b"json" in headers.get(b"content-type", b"") or b"application/json" in headers.get(b"accept", b"")
    body = _json(language, why) if as_json else _page(language, why)
    head = [
        (b"content-type", b"application/json" if as_json else b"text/html; charset=utf-8"), *more,
        (b"cache-control", b"no-store"), (b"content-length", str(len(body)).encode()),
        (b"access-control-allow-origin", headers.get(b"origin", b"*")),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


def _sentence(why: str) -> str:
    if why == "large":
        return _("That was more than this form can take. Please shorten what you entered, and send again.")
    return _("Many forms have come from your connection in a short time. Please wait a minute, and send again.")


@cache
def _page(language: str, why: str) -> bytes:
    with translation.override(language):
        return render_to_string("capture/too_many.html", {"sentence": _sentence(why), "language": language}).encode()


@cache
def _json(language: str, why: str) -> bytes:
    """In the shape of the endpoint whose callers read JSON."""
    with translation.override(language):
        said = {"status": "error", "message": _sentence(why), "errorType": KINDS[why]}
        return json.dumps(said, ensure_ascii=False).encode()

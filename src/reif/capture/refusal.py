"""The answer to who posts too much: a sentence in the reader's language, made once and sent as bytes."""

from __future__ import annotations

import json
from functools import cache
from math import ceil
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _


async def too_many(scope: dict[str, Any], send: Any, wait: float) -> None:
    """429 over ASGI; wait in seconds. The body of the request is not read."""
    headers = dict(scope["headers"])
    language = "de" if headers.get(b"accept-language", b"de")[:2].lower() == b"de" else "en"
    as_json = b"json" in headers.get(b"content-type", b"") or b"application/json" in headers.get(b"accept", b"")
    head, body = _answer(language, as_json, min(ceil(wait), 3600), headers.get(b"origin", b"*"))
    await send({"type": "http.response.start", "status": 429, "headers": head})
    await send({"type": "http.response.body", "body": body})


def _answer(language: str, as_json: bool, seconds: int, origin: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    body = _json(language) if as_json else _page(language)
    kind = b"application/json" if as_json else b"text/html; charset=utf-8"
    return [
        (b"content-type", kind), (b"retry-after", str(seconds).encode()), (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()), (b"access-control-allow-origin", origin),
    ], body  # fmt: skip


def sentence() -> str:
    """In the language that is active."""
    return _("Many forms have come from your connection in a short time. Please wait a minute, and send again.")


@cache
def _page(language: str) -> bytes:
    with translation.override(language):
        return render_to_string("capture/too_many.html", {"sentence": sentence(), "language": language}).encode()


@cache
def _json(language: str) -> bytes:
    """In the shape of the endpoint whose callers read JSON."""
    with translation.override(language):
        said = {"status": "error", "message": sentence(), "errorType": "RATE_LIMITS"}
        return json.dumps(said, ensure_ascii=False).encode()

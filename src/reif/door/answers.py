"""Answers, most of them made once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from .refusal import Refusal

Headers = list[tuple[bytes, bytes]]
Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
JSON = (b"content-type", b"application/json")
encode = msgspec.json.Encoder().encode


class Answer(Struct, frozen=True):
    status: int
    body: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = (JSON,)


class Rejected(Struct, rename="camel"):
    """One event of a batch that was not taken; `message_id` when it had one."""

    index: int
    message_id: str | None
    code: str
    message: str


TAKEN = Answer(200, b'{"success":true}')
NOTHING = Answer(204, headers=())


def batch_answer(accepted: int, rejected: list[Rejected]) -> Answer:
    """200 when anything was taken (or nothing was sent), else 400 with the first reason."""
    if rejected and not accepted:
        first = rejected[0]
        reason = {"code": first.code, "message": first.message, "index": first.index}
        return Answer(400, encode({"error": reason, "rejected": rejected}))
    return Answer(200, encode({"success": True, "accepted": accepted, "rejected": rejected}))


def refused(refusal: Refusal, *more: tuple[bytes, bytes]) -> Answer:
    """The refusal as JSON, with Retry-After when trying again makes sense."""
    headers = (JSON, *more)
    if refusal.retry_after:
        headers += ((b"retry-after", str(refusal.retry_after).encode()),)
    return Answer(refusal.status, encode({"error": {"code": refusal.code, "message": refusal.message}}), headers)


@lru_cache(512)
def cors(origin: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """Any site may send events: the write key names the site, and answers hold nothing private."""
    return (
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"origin"),
    )


def preflight(head: dict[bytes, bytes]) -> Answer:
    """Browsers ask before they send an Authorization header to another site."""
    wanted = head.get(b"access-control-request-headers", b"authorization, content-type")
    return Answer(
        204,
        headers=(
            (b"access-control-allow-methods", b"POST, GET, OPTIONS"),
            (b"access-control-allow-headers", wanted),
            (b"access-control-max-age", b"86400"),
        ),
    )


@lru_cache(512)
def _start(status: int, headers: tuple[tuple[bytes, bytes], ...]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


_TAKEN: tuple[Message, Message] = _start(200, TAKEN.headers), {"type": "http.response.body", "body": TAKEN.body}


def messages(answer: Answer, origin: bytes | None = None) -> tuple[Message, Message]:
    """An answer as ASGI's two messages; `origin` is the foreign site whose browser may read it."""
    if answer is TAKEN and origin is None:
        return _TAKEN
    headers = answer.headers if origin is None else answer.headers + cors(origin)
    return _start(answer.status, headers), {"type": "http.response.body", "body": answer.body}

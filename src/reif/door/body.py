"""The bytes of a request: read, unpacked, and never more than the limit."""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable
from typing import Any

from .refusal import Refusal, too_large

MAX_BODY = 500_000
_PACKED = b"\x1f\x8b"  # how gzip begins
_MAX_DRAIN = 16 * MAX_BODY  # read and thrown away, so that the client can hear the 413
Receive = Callable[[], Awaitable[dict[str, Any]]]
Head = dict[bytes, bytes]


class Gone(Exception):
    """The client hung up before its request was complete."""


def at_once(first: dict[str, Any], head: Head) -> bytes | None:
    """The body, when it came plain and complete with the first message, as most do; else None: see `whole`.

    Granian says `more_body` even of a body that is complete; asking it again would be one more way between threads.
    """
    body: bytes = first.get("body", b"")
    if b"content-encoding" in head or body[:2] == _PACKED or len(body) > MAX_BODY:
        return None
    if first.get("more_body", True) and head.get(b"content-length") != b"%d" % len(body):
        return None
    return body


async def whole(first: dict[str, Any], receive: Receive, head: Head) -> bytes:
    """The body that begins with a received message, unpacked; Refusal when it is too large or packed oddly."""
    if first["type"] == "http.disconnect":
        raise Gone
    body: bytes = first.get("body", b"")
    if first.get("more_body") and head.get(b"content-length") != b"%d" % len(body):
        body = await _rest(receive, body)
    if len(body) > MAX_BODY:
        raise too_large(MAX_BODY)
    encoding = head.get(b"content-encoding")
    if encoding is not None or body[:2] == _PACKED:
        return unpack(body, encoding or b"gzip")
    return body


async def _rest(receive: Receive, first: bytes) -> bytes:
    parts, size = [first], len(first)
    while size <= _MAX_DRAIN:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part = message.get("body", b"")
        size += len(part)
        if size <= MAX_BODY:
            parts.append(part)
        if not message.get("more_body"):
            break
    if size > MAX_BODY:
        raise too_large(MAX_BODY)
    return b"".join(parts)


def unpack(body: bytes, encoding: bytes) -> bytes:
    """Bounded decompression: a small body that unpacks to a huge one is refused after the limit, not after the end."""
    name = encoding.strip().lower()
    if name in (b"identity", b""):
        return body
    if name not in (b"gzip", b"x-gzip", b"deflate"):
        raise Refusal("unknown_encoding", "Content-Encoding must be gzip, deflate or identity.")
    bare = name == b"deflate" and (body[:1] != b"\x78" or int.from_bytes(body[:2], "big") % 31 != 0)
    inflater = zlib.decompressobj(-15 if bare else 47)
    try:
        plain = inflater.decompress(body, MAX_BODY + 1)
    except zlib.error as error:
        raise Refusal("bad_encoding", "The body is not what its Content-Encoding says.") from error
    if len(plain) > MAX_BODY:
        raise too_large(MAX_BODY)
    if not inflater.eof or inflater.unused_data:
        raise Refusal("bad_encoding", "The compressed body is cut off, or has more than one part.")
    return plain

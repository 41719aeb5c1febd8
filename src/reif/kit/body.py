"""Read what was posted, up to a limit that also holds when the sender told no length or a wrong one."""

from __future__ import annotations

from typing import Any


class TooBig(ValueError):
    """More bytes than allowed. `most`: how many would be."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} bytes")
        self.most = most


def read_body(request: Any, most: int) -> bytes:
    """The raw bytes of a Django request, kept on it for the next who asks; raises TooBig without reading all of it."""
    if (kept := getattr(request, "_body", None)) is not None:
        return _within(kept, most)
    told = request.META.get("CONTENT_LENGTH") or "0"
    if told.isdigit() and int(told) > most:
        raise TooBig(most)
    request._body = request.read(most + 1)
    return _within(request._body, most)


def _within(body: bytes, most: int) -> bytes:
    if len(body) > most:
        raise TooBig(most)
    return body

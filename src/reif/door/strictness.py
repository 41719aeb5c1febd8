"""What no event may contain, whatever its library: cheap checks on the bytes first, exact ones only on suspicion."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from .refusal import Refusal

MAX_EVENT = 32_768
MAX_ID = 255
MAX_DEPTH = 64
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def check_bytes(raw: bytes | msgspec.Raw) -> None:
    """Size, NUL characters (PostgreSQL stores none) and depth of one event."""
    text = raw if isinstance(raw, bytes) else bytes(raw)
    if len(text) > MAX_EVENT:
        raise Refusal("event_too_large", f"The event is larger than {MAX_EVENT:,} bytes.")
    if b"\\u0000" in text and _NUL.search(text):
        raise Refusal("nul_character", "A text has a NUL character (\\u0000).")
    if text.count(b"{") + text.count(b"[") > MAX_DEPTH and depth(text) > MAX_DEPTH:
        raise Refusal("too_deep", f"The JSON is nested deeper than {MAX_DEPTH} levels.")


def depth(text: bytes) -> int:
    """How deep the brackets of a JSON text are nested."""
    now = deepest = 0
    for byte in _TEXT.sub(b"", text):
        if byte in b"{[":
            now += 1
            deepest = max(deepest, now)
        elif byte in b"}]":
            now -= 1
    return deepest


def identifier(value: str | int | float | None, name: str) -> str | None:
    """An id as text, or None when empty; numbers are ids too."""
    if value is None or value == "":
        return None
    text = value if isinstance(value, str) else str(value)
    if len(text) > MAX_ID:
        raise Refusal("id_too_long", f"{name} is longer than {MAX_ID} characters.")
    return text


def encodable(encode: Any, event: Any) -> bytes:
    """The event's line; refused when it has a number that no database holds."""
    try:
        line: bytes = encode(event)
    except (OverflowError, UnicodeEncodeError, RecursionError) as error:
        raise Refusal("number_out_of_range", "The event has a number of more than 64 bits.") from error
    return line

"""What no event may contain, whatever its library: cheap checks on the bytes first, exact ones only on suspicion."""

from __future__ import annotations

import re

import msgspec

from .refusal import Refusal

MAX_EVENT = 32_768
MAX_ID = 255
MAX_DEPTH = 64
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_BACKSLASH, _BRACKET = ord("\\"), ord("[")  # looking for one byte is several times quicker than for two
_PAIR = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


def check_bytes(raw: bytes | msgspec.Raw) -> None:
    """Size, NUL characters (PostgreSQL stores none) and depth of one event."""
    text = raw if raw.__class__ is bytes else bytes(raw)
    if len(text) > MAX_EVENT:
        raise Refusal("event_too_large", f"The event is larger than {MAX_EVENT:,} bytes.")
    if _BACKSLASH in text and b"\\u0000" in text and _NUL.search(text):
        raise Refusal("nul_character", "A text has a NUL character (\\u0000).")
    opened = len(text) - len(text.replace(b"{", b""))  # jumps from one to the next, where `count` looks at every byte
    if _BRACKET in text:
        opened += text.count(b"[")
    if opened > MAX_DEPTH and depth(text) > MAX_DEPTH:
        raise Refusal("too_deep", f"The JSON is nested deeper than {MAX_DEPTH} levels.")


def half_pair(text: bytes) -> bool:
    """Whether an escape stands for half of a surrogate pair; asked only of texts that could not be read."""
    return b"\\u" in text and _HALF.search(_PAIR.sub(b"", text)) is not None


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
    text = value if value.__class__ is str else str(value)
    if len(text) > MAX_ID:
        raise Refusal("id_too_long", f"{name} is longer than {MAX_ID} characters.")
    return text

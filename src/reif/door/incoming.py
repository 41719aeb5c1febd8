"""Segment's message as it comes in, decoded straight from the bytes."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from .refusal import Refusal
from .strictness import check_bytes, half_pair

Id = str | int | float | None
Time = str | int | float | None


class Page(Struct):
    url: str | None = None
    path: str | None = None
    referrer: str | None = None
    title: str | None = None


class Library(Struct):
    name: str = ""
    version: str = ""


class Surroundings(Struct, rename="camel"):
    page: Page | None = None
    campaign: dict[str, Any] | None = None
    locale: str | None = None
    timezone: str | None = None
    user_agent: str | None = None
    ip: str | None = None
    library: Library | None = None
    traits: dict[str, Any] | None = None
    consent: Any = None


class Incoming(Struct, rename="camel"):
    type: str | None = None
    user_id: Id = None
    anonymous_id: Id = None
    previous_id: Id = None
    group_id: Id = None
    message_id: Id = None
    event: str | None = None
    name: str | None = None
    category: str | None = None
    properties: dict[str, Any] | None = None
    traits: dict[str, Any] | None = None
    context: Surroundings | None = None
    timestamp: Time = None
    original_timestamp: Time = None
    sent_at: Time = None
    write_key: str | None = None


_decode = msgspec.json.Decoder(Incoming).decode
_decode_any = msgspec.json.Decoder().decode
MALFORMED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def incoming(raw: bytes | msgspec.Raw) -> Incoming:
    """One message; Refusal with the place of the fault. Odd surroundings are dropped, odd content is refused."""
    check_bytes(raw)
    try:
        return _decode(raw)
    except msgspec.ValidationError:
        return _lenient(raw)
    except MALFORMED as error:
        raise malformed(error, raw) from error


def malformed(error: Exception, raw: bytes | msgspec.Raw) -> Refusal:
    """The refusal for bytes that are no JSON text."""
    if isinstance(error, RecursionError):
        return Refusal("too_deep", "The JSON is nested too deeply.")
    if isinstance(error, UnicodeDecodeError):
        return Refusal("not_utf8", "The body is not UTF-8.")
    if half_pair(bytes(raw)):
        return Refusal("lone_surrogate", "A text has half of a surrogate pair (a cut-off emoji, for example).")
    return Refusal("bad_json", f"The body is not JSON: {error}.")


def _lenient(raw: bytes | msgspec.Raw) -> Incoming:
    try:
        message = _decode_any(raw)
        if not isinstance(message, dict):
            raise Refusal("bad_event", "An event must be a JSON object.")
        message["context"] = _known(message.get("context"))
        return msgspec.convert(message, Incoming)
    except msgspec.ValidationError as error:
        raise Refusal("bad_event", f"The event has a value of the wrong kind: {error}.") from error
    except MALFORMED as error:
        raise malformed(error, raw) from error


def _known(context: Any) -> dict[str, Any] | None:
    """The fields of a context that have the right kind; the rest is not worth losing an event for."""
    if not isinstance(context, dict):
        return None
    texts = {k: context[k] for k in ("locale", "timezone", "userAgent", "ip") if isinstance(context.get(k), str)}
    maps = {k: context[k] for k in ("campaign", "traits") if isinstance(context.get(k), dict)}
    parts = {k: _texts(context[k]) for k in ("page", "library") if isinstance(context.get(k), dict)}
    return {**texts, **maps, **parts, "consent": context.get("consent")}


def _texts(part: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in part.items() if isinstance(value, str)}

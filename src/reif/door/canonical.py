"""The one shape in which every library's events lie in the spool."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

Type = Literal["identify", "track", "page", "screen", "group", "alias", "beacon"]
Consent = Literal["none", "aggregate", "personal"]
Own = Literal["session", "network"]


class Context(Struct, omit_defaults=True):
    """What the client told about its surroundings. `ip` lives in the spool only: never copy it into the log.

    country: by the internet address, when there is a file of addresses. own: why the browser is one of our own people's.
    robot: what the browser itself says of being driven. variant: of the page that was shown. claimed: a browser says it, so anybody may have.
    """

    url: str | None = None
    path: str | None = None
    referrer: str | None = None
    title: str | None = None
    campaign: dict[str, str] | None = None
    locale: str | None = None
    timezone: str | None = None
    user_agent: str | None = None
    ip: str | None = None
    library: str | None = None
    consent: Consent | None = None
    country: str | None = None
    own: Own | None = None
    robot: str | None = None
    variant: str | None = None
    claimed: bool = False


class Canonical(Struct, omit_defaults=True):
    """One event. `event` is the name of a track, page or screen, and view|leave|click|event|form|call|consent of a beacon.

    `at` is when it happened by our clock (the client's clock skew taken out), never after `received_at`.
    """

    message_id: str
    type: Type
    at: datetime
    received_at: datetime
    site: str
    user_id: str | None = None
    anonymous_id: str | None = None
    previous_id: str | None = None
    group_id: str | None = None
    event: str | None = None
    properties: dict[str, Any] = {}
    traits: dict[str, Any] = {}
    context: Context = msgspec.field(default_factory=Context)


encode = msgspec.json.Encoder().encode
_decoder = msgspec.json.Decoder(Canonical)


def decode_lines(blob: bytes) -> list[Canonical]:
    """Events of one spool row: JSON, one event a line."""
    return _decoder.decode_lines(blob)

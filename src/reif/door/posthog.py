"""PostHog's events in the canonical shape: its names that begin with $ are Segment's types."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from .canonical import Canonical
from .incoming import MALFORMED, Id, Incoming, Library, Page, Surroundings, Time, malformed
from .refusal import Refusal
from .request import Request
from .segment import canonical
from .strictness import check_bytes

_TYPES = {
    "$identify": "identify",
    "$set": "identify",
    "$create_alias": "alias",
    "$groupidentify": "group",
    "$pageview": "page",
    "$screen": "screen",
}


class Captured(Struct):
    event: str = ""
    distinct_id: Id = None
    properties: dict[str, Any] = {}
    timestamp: Time = None
    uuid: Id = None
    set: Any = msgspec.field(default=None, name="$set")


_decode = msgspec.json.Decoder(Captured).decode


def captured(raw: bytes | msgspec.Raw, request: Request) -> Canonical:
    """One captured event; Refusal when it cannot be used."""
    check_bytes(raw)
    try:
        said = _decode(raw)
    except msgspec.ValidationError as error:
        raise Refusal("bad_event", f"The event has a value of the wrong kind: {error}.") from error
    except MALFORMED as error:
        raise malformed(error, raw) from error
    if not said.event:
        raise Refusal("no_event_name", "The event needs a name.")
    kind = _TYPES.get(said.event, "track")
    return canonical(_message(said, kind), request, kind)


def _message(said: Captured, kind: str) -> Incoming:
    p = said.properties
    who: Id = said.distinct_id or _text(p, "distinct_id")
    anonymous = kind == "group" or (who is not None and p.get("$device_id") == who)
    message = Incoming(
        user_id=None if anonymous else who,
        anonymous_id=who if anonymous else _text(p, "$anon_distinct_id") or _text(p, "$device_id"),
        message_id=said.uuid,
        event=said.event,
        properties={name: value for name, value in p.items() if not name.startswith("$")},
        traits=_map(p, "$set") or (said.set if isinstance(said.set, dict) else None),
        timestamp=said.timestamp,
        context=_surroundings(p),
    )
    if kind == "alias":
        message.user_id, message.previous_id = _text(p, "alias"), who
    elif kind == "group":
        message.group_id, message.traits = _text(p, "$group_key"), _map(p, "$group_set")
    if kind in ("page", "screen", "identify", "alias", "group"):
        message.event = _text(p, "$screen_name")
    return message


def _surroundings(p: dict[str, Any]) -> Surroundings:
    return Surroundings(
        page=Page(_text(p, "$current_url"), _text(p, "$pathname"), _text(p, "$referrer"), _text(p, "title")),
        campaign={name: p.get(f"utm_{utm}") for name, utm in _UTM.items()},
        user_agent=_text(p, "$raw_user_agent"),
        ip=_text(p, "$ip"),
        library=Library(_text(p, "$lib") or "posthog", _text(p, "$lib_version") or ""),
    )


_UTM = {"name": "campaign", "source": "source", "medium": "medium", "term": "term", "content": "content"}


def _text(p: dict[str, Any], name: str) -> str | None:
    value = p.get(name)
    return value if isinstance(value, str) else None


def _map(p: dict[str, Any], name: str) -> dict[str, Any] | None:
    value = p.get(name)
    return value if isinstance(value, dict) else None

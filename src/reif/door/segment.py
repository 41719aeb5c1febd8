"""Segment's messages (also RudderStack's and Jitsu's) in the canonical shape."""

from __future__ import annotations

import secrets
from typing import Any, cast, get_args

from .canonical import Canonical, Consent, Context, Type
from .incoming import Incoming, Library, Page, Surroundings
from .refusal import Refusal
from .request import Request
from .strictness import identifier
from .times import happened, moment

TYPES = frozenset(get_args(Type)) - {"beacon"}
_NO_SURROUNDINGS = Surroundings()
_NO_PAGE = Page()
_NO_LIBRARY = Library()


def canonical(message: Incoming, request: Request, kind: str | None) -> Canonical:
    """One message; `kind` is the type that the address names, None in a batch. Refusal when it cannot be used."""
    kind = kind or message.type
    if kind not in TYPES:
        raise Refusal("unknown_type", f"type must be one of {', '.join(sorted(TYPES))}.")
    original, sent = message.original_timestamp or message.timestamp, message.sent_at
    around = message.context or _NO_SURROUNDINGS
    properties = message.properties or {}
    event = Canonical(
        identifier(message.message_id, "messageId") or new_id(),
        cast(Type, kind),
        happened(
            None if original is None else _moment(original, "timestamp"),
            request.sent_at if sent is None else _moment(sent, "sentAt"),
            request.received_at,
        ),
        request.received_at,
        request.site,
        None if message.user_id is None else identifier(message.user_id, "userId"),
        None if message.anonymous_id is None else identifier(message.anonymous_id, "anonymousId"),
        None if message.previous_id is None else identifier(message.previous_id, "previousId"),
        None if message.group_id is None else identifier(message.group_id, "groupId"),
        identifier(message.event or message.name, "event"),
        properties,
        message.traits or around.traits or {},
        _context(around, properties if kind in ("page", "screen") else {}, request),
    )
    if message.category:
        event.properties = {"category": message.category, **properties}
    _check(event)
    return event


def new_id() -> str:
    """A message id for an event that came without one."""
    return f"reif-{secrets.token_hex(16)}"


def _moment(value: str | int | float, name: str) -> Any:
    if value == "":
        return None
    try:
        return moment(value)
    except ValueError:
        raise Refusal("bad_timestamp", f"{name} is not an ISO 8601 time.") from None


def _check(event: Canonical) -> None:
    if event.type == "alias":
        if event.previous_id is None or (event.user_id or event.anonymous_id) is None:
            raise Refusal("no_identity", "An alias needs previousId and userId.")
    elif event.user_id is None and event.anonymous_id is None:
        raise Refusal("no_identity", "The event needs a userId or an anonymousId.")
    if event.type == "track" and event.event is None:
        raise Refusal("no_event_name", "A track call needs the name of its event.")
    if event.type == "group" and event.group_id is None:
        raise Refusal("no_group", "A group call needs a groupId.")


def _context(around: Surroundings, page_properties: dict[str, Any], request: Request) -> Context:
    page = around.page or _NO_PAGE
    library = around.library or _NO_LIBRARY
    context = Context(
        page.url,
        page.path,
        page.referrer or None,
        page.title,
        campaign_of(around.campaign) if around.campaign else None,
        around.locale,
        around.timezone,
        around.user_agent or request.user_agent,
        around.ip or request.ip,
        f"{library.name}/{library.version}" if library.name else None,
        _consent(around.consent) if around.consent is not None else None,
    )
    context.claimed = request.user_agent is not None
    if page_properties:
        _fill(context, page_properties)
    return context


def _fill(context: Context, properties: dict[str, Any]) -> None:
    """A page call may name its page in the properties alone."""
    for name in ("url", "path", "referrer", "title"):
        value = properties.get(name)
        if getattr(context, name) is None and isinstance(value, str) and value:
            setattr(context, name, value)


def campaign_of(values: dict[str, Any]) -> dict[str, str] | None:
    return {key: value for key, value in values.items() if isinstance(value, str) and value} or None


def _consent(value: Any) -> Consent | None:
    """One of our levels, or Segment's category preferences: any one granted is personal, none granted is none."""
    if value in get_args(Consent):
        return cast(Consent, value)
    preferences = value.get("categoryPreferences") if isinstance(value, dict) else None
    if isinstance(preferences, dict) and preferences:
        return "personal" if any(preferences.values()) else "none"
    return None

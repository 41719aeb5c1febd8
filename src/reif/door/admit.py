"""From the bytes of a request to lines for the spool."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from .answers import NOTHING, TAKEN, Answer, Rejected, batch_answer
from .beacon import beacon
from .canonical import Canonical, encode
from .credentials import spellings
from .incoming import MALFORMED, Id, Time, incoming, malformed
from .posthog import captured
from .refusal import Refusal
from .request import Request
from .segment import canonical
from .times import moment

MAX_BATCH = 2_500


class Admitted(NamedTuple):
    """Lines to commit, and what to answer once they are durable."""

    lines: list[bytes]
    answer: Answer


class Envelope(Struct):
    """What a body says beside its events; PostHog's names are api_key, token and sent_at."""

    batch: list[msgspec.Raw] | None = None
    writeKey: str | None = None  # noqa: N815
    api_key: str | None = None
    token: str | None = None
    sentAt: Time = None  # noqa: N815
    sent_at: Time = None


class _Name(Struct):
    messageId: Id = None  # noqa: N815
    uuid: Id = None


_open = msgspec.json.Decoder(Envelope).decode
_name = msgspec.json.Decoder(_Name).decode


def envelope(body: bytes) -> Envelope:
    """The envelope of any body; Refusal when the body is no JSON object."""
    try:
        return _open(body)
    except msgspec.ValidationError as error:
        raise Refusal("bad_body", f"The body must be a JSON object: {error}.") from error
    except MALFORMED as error:
        return _patched(body, error)


def keys_of(outer: Envelope) -> list[str]:
    """Write keys that the body names."""
    return spellings(outer.writeKey) + spellings(outer.api_key) + spellings(outer.token)


def admit_one(body: bytes, request: Request, kind: str) -> Admitted:
    """A body that is one event."""
    return Admitted([encode(canonical(incoming(body), request, kind))], TAKEN)


def admit_beacon(body: bytes, request: Request) -> Admitted:
    """Nothing of a browser that sends Global Privacy Control, whatever its page says."""
    if request.refuses:
        return Admitted([], NOTHING)
    return Admitted([encode(beacon(body, request))], NOTHING)


def admit_captured(body: bytes, outer: Envelope, request: Request) -> Admitted:
    """PostHog: a batch, or one event as the body."""
    if outer.batch is None:
        return Admitted([encode(captured(body, request))], TAKEN)
    return _admit_each(outer, request, captured)


def admit_batch(outer: Envelope, request: Request) -> Admitted:
    """Segment's batch."""
    if outer.batch is None:
        raise Refusal("no_batch", "The body needs a `batch`, a list of events.")
    return _admit_each(outer, request, _one_of_batch)


def _one_of_batch(raw: msgspec.Raw, request: Request) -> Canonical:
    return canonical(incoming(raw), request, None)


def _admit_each(outer: Envelope, request: Request, read: Callable[[msgspec.Raw, Request], Canonical]) -> Admitted:
    batch = outer.batch or []
    if len(batch) > MAX_BATCH:
        raise Refusal("batch_too_long", f"A batch has at most {MAX_BATCH:,} events.")
    request.sent_at = _sent_at(outer)
    lines: list[bytes] = []
    rejected: list[Rejected] = []
    for index, raw in enumerate(batch):
        try:
            lines.append(encode(read(raw, request)))
        except Refusal as refusal:
            rejected.append(Rejected(index, _message_id(raw), refusal.code, refusal.message))
    return Admitted(lines, batch_answer(len(lines), rejected))


def _sent_at(outer: Envelope) -> Any:
    sent = outer.sentAt or outer.sent_at
    try:
        return moment(sent) if sent else None
    except ValueError:
        raise Refusal("bad_timestamp", "sentAt is not an ISO 8601 time.") from None


def _message_id(raw: msgspec.Raw) -> str | None:
    try:
        name = _name(raw)
    except (msgspec.MsgspecError, *MALFORMED):
        return None
    found = name.messageId or name.uuid
    return str(found)[:255] if found is not None else None


def _patched(body: bytes, error: Exception) -> Envelope:
    """One event with half an emoji spoils the whole text for a strict reader; a lenient one finds the good events."""
    try:
        loose = json.loads(body)
        if not isinstance(loose, dict) or not isinstance(loose.get("batch"), list):
            raise malformed(error, body)
        outer = msgspec.convert({key: loose.get(key) for key in ("writeKey", "api_key", "token", "sentAt")}, Envelope)
        outer.batch = [msgspec.Raw(json.dumps(event).encode()) for event in loose["batch"]]
    except (ValueError, RecursionError) as problem:
        raise malformed(error, body) from problem
    return outer

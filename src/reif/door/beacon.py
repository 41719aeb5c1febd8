"""The beacon of our own script. Without personal consent it leaves no visitor and no address behind."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import Struct

from reif.kit.geoip import country_of

from .canonical import Canonical, Consent, Context
from .incoming import MALFORMED, Id, Time, malformed
from .refusal import Refusal
from .request import Request
from .segment import new_id
from .strictness import check_bytes, identifier
from .times import happened, moment


class Beacon(Struct):
    """`t` what, `u` address, `r` referrer, `ti` title, `v` visitor, `c` consent, `m` id, `ts` when, `d` more.

    `va` the page's variant, `tz` time zone (with personal consent), `w` a machine drives the browser.
    """

    t: Literal["view", "leave", "click", "event", "form", "call", "consent"]
    u: str = ""
    r: str | None = None
    ti: str | None = None
    v: Id = None
    c: Consent = "none"
    m: Id = None
    ts: Time = None
    d: dict[str, Any] | None = None
    va: str | None = None
    tz: str | None = None
    w: int | bool | None = None


_decode = msgspec.json.Decoder(Beacon).decode


def beacon(raw: bytes, request: Request) -> Canonical:
    """One beacon in the canonical shape; Refusal when it cannot be used."""
    check_bytes(raw)
    try:
        said = _decode(raw)
    except msgspec.ValidationError as error:
        raise Refusal("bad_event", f"The beacon has a value of the wrong kind: {error}.") from error
    except MALFORMED as error:
        raise malformed(error, raw) from error
    if not said.u and said.t != "consent":
        raise Refusal("bad_event", "The beacon does not say on which page (u).")
    personal = said.c == "personal"
    return Canonical(
        message_id=identifier(said.m, "m") or new_id(),
        type="beacon",
        at=_at(said.ts, request),
        received_at=request.received_at,
        site=request.site,
        anonymous_id=identifier(said.v, "v") if personal else None,
        event=said.t,
        properties=said.d or {},
        context=_context(said, personal, request),
    )


def _context(said: Beacon, personal: bool, request: Request) -> Context:
    """The internet address becomes a country here, and goes no further."""
    return Context(
        url=said.u or None, referrer=said.r or None, title=said.ti or None, locale=request.language,
        timezone=(said.tz or "")[:64] or None if personal else None, user_agent=request.user_agent, library="t.js",
        consent=said.c, country=country_of(request.ip) or None, own=request.own, variant=(said.va or "")[:128] or None,
        robot="webdriver" if said.w else "prefetch" if request.ahead else None,
    )  # fmt: skip


def _at(value: Time, request: Request) -> Any:
    try:
        return happened(None if value in (None, "") else moment(value), None, request.received_at)
    except ValueError:
        raise Refusal("bad_timestamp", "ts is not an ISO 8601 time.") from None

"""Short signed tokens for links in mails: they carry numbers and words, never a person's data.

Form: `<payload>.<mac>`, both base64url; the mac is HMAC-SHA256 over purpose and payload, cut to 128 bit (RFC 2104).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

import msgspec


class BadToken(ValueError):
    """The token was changed, is meant for something else, or has run out."""


def sign(secret: str, purpose: str, *parts: int | str, until: datetime | None = None) -> str:
    """Bind `parts` to a purpose, and to an end when `until` is given."""
    body = msgspec.json.encode([int(until.timestamp()) if until else 0, *parts])
    payload = _b64(body)
    return f"{payload}.{_b64(_mac(secret, purpose, payload))}"


def read(secret: str, purpose: str, token: str, now: datetime) -> list[int | str]:
    """The parts that were signed; raises BadToken."""
    payload, _, mac = token.partition(".")
    if not hmac.compare_digest(mac.encode(), _b64(_mac(secret, purpose, payload)).encode()):
        raise BadToken("signature")
    until, *parts = msgspec.json.decode(
        base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)), type=list[int | str]
    )
    if until and now.timestamp() > int(until):
        raise BadToken("expired")
    return parts


def _mac(secret: str, purpose: str, payload: str) -> bytes:
    return hmac.new(secret.encode(), f"{purpose}\0{payload}".encode(), hashlib.sha256).digest()[:16]


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

"""Is a call from whom it says? Each way that senders sign, over the bytes as they came, compared in constant time."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.utils.translation import gettext_lazy as _
from standardwebhooks import Webhook, WebhookVerificationError

from reif.kit.clock import now

TOLERANCE = 300  # seconds: older calls may be somebody else's recording
WAYS = {
    "header": _("a secret in a header"), "hmac": _("a signature over the body (HMAC-SHA256)"),
    "stamped": _("a signature with a time (t=…,v1=…), as Calendly and Stripe send it"),
    "standard": _("Standard Webhooks"), "hubspot": _("HubSpot’s signature, version 3"),
}  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """A call as it came. uri: the whole address; headers by small name."""

    method: str
    uri: str
    headers: Mapping[str, str]
    body: bytes
    ip: str | None = None


class Refused(ValueError):
    """The call is not taken. code: why; status: for the sender."""

    def __init__(self, code: str, status: int = 401) -> None:
        super().__init__(code)
        self.code, self.status = code, status


def check(way: str, sent: Sent, secret: str, how: Mapping[str, str]) -> None:
    """Raises Refused. how: header, prefix, encoding (hex or base64), as far as the way needs them."""
    if not secret:
        raise Refused("no_secret", 503)
    match way:
        case "hmac":
            told = signature(sent, how.get("header", "x-signature"), how.get("prefix", ""))
            same(told, signed(secret, sent.body, how.get("encoding", "hex")))
        case "stamped":
            _stamped(sent, secret, how.get("header", "x-signature"))
        case "standard":
            _standard(sent, secret)
        case "hubspot":
            _hubspot(sent, secret)
        case _:
            told = sent.headers.get(how.get("header", "x-reif-secret").lower(), "")
            if not told:
                raise Refused("no_signature")
            same(told.removeprefix("Bearer ").strip(), secret, "wrong_secret")


def signed(secret: str, content: bytes, encoding: str = "hex") -> str:
    """HMAC-SHA256."""
    digest = hmac.new(secret.encode(), content, sha256).digest()
    return base64.b64encode(digest).decode() if encoding == "base64" else digest.hex()


def signature(sent: Sent, header: str, prefix: str = "") -> str:
    """What a header says after its prefix; raises Refused without one."""
    told = sent.headers.get(header.lower(), "").strip()
    if not told:
        raise Refused("no_signature")
    return told.removeprefix(prefix)


def same(told: str, expected: str, code: str = "bad_signature") -> None:
    """Raises Refused unless they are equal."""
    if not hmac.compare_digest(told.encode("utf-8", "replace"), expected.encode()):
        raise Refused(code)


def allowed(sent: Sent, networks: list[str]) -> None:
    """Raises Refused when there is a list of networks and the caller is in none of them."""
    if not networks:
        return
    try:
        caller = ip_address(sent.ip or "")
    except ValueError:
        raise Refused("not_allowed", 403) from None
    if not any(caller in ip_network(network, strict=False) for network in networks):
        raise Refused("not_allowed", 403)


def _stamped(sent: Sent, secret: str, header: str) -> None:
    parts = [part.partition("=") for part in signature(sent, header).split(",")]
    stamp = next((value for name, _eq, value in parts if name.strip() == "t"), "")
    _fresh(stamp)
    expected = signed(secret, f"{stamp}.".encode() + sent.body)
    if not any(hmac.compare_digest(value.encode(), expected.encode()) for name, _eq, value in parts if name == "v1"):
        raise Refused("bad_signature")


def _standard(sent: Sent, secret: str) -> None:
    _fresh(sent.headers.get("webhook-timestamp", ""))
    try:
        Webhook(secret).verify(sent.body, dict(sent.headers))
    except WebhookVerificationError:
        raise Refused("bad_signature") from None
    except ValueError:  # a body that is no JSON is somebody else's business
        pass


def _hubspot(sent: Sent, secret: str) -> None:
    stamp = sent.headers.get("x-hubspot-request-timestamp", "")
    _fresh(stamp[:-3] if len(stamp) > 11 else stamp)
    content = sent.method.encode() + sent.uri.encode() + sent.body + stamp.encode()
    same(signature(sent, "x-hubspot-signature-v3"), signed(secret, content, "base64"))


def _fresh(stamp: str) -> None:
    """stamp: Unix seconds."""
    if not stamp.isdecimal() or len(stamp) > 11:
        raise Refused("no_signature")
    if abs(now().timestamp() - int(stamp)) > TOLERANCE:
        raise Refused("too_old")

"""Where EMAIL_URL says mails go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

Tls = Literal["none", "starttls", "implicit"]


class BadEmailUrl(ValueError):
    """EMAIL_URL cannot be used; the words say why."""


@dataclass(frozen=True)
class Relay:
    """A mail server that takes our mails. timeout: seconds for one answer."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: Tls = "none"
    verify: bool = True
    timeout: float = 60

    @property
    def local(self) -> bool:
        return self.host in ("localhost", "::1") or self.host.startswith("127.")


def relay_of(url: str) -> Relay:
    """`smtp://user:password@host:587?tls=starttls`, `smtps://…:465`; also `verify=none`, `timeout=60`."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadEmailUrl("EMAIL_URL must look like smtp://user:password@host:587?tls=starttls")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    tls: Tls = "implicit" if parts.scheme == "smtps" else _tls(options.get("tls", ""))
    default = {"implicit": 465, "starttls": 587, "none": 25}[tls]
    relay = Relay(
        parts.hostname, parts.port or default, unquote(parts.username or ""), unquote(parts.password or ""), tls,
        options.get("verify") != "none", float(options.get("timeout", 60)),
    )  # fmt: skip
    if relay.user and tls == "none" and not relay.local and "tls" not in options:
        raise BadEmailUrl("EMAIL_URL has a password but no encryption: add ?tls=starttls or use smtps://")
    return relay


def _tls(word: str) -> Tls:
    if word in ("", "none"):
        return "none"
    if word == "starttls":
        return "starttls"
    raise BadEmailUrl(f"EMAIL_URL: tls={word} is not known; there are starttls and none")

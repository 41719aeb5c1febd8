"""What a request says about all of its events."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from functools import cache, lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from msgspec import Struct

from .body import Head
from .canonical import Own

log = logging.getLogger("reif.door")
Client = tuple[str, int] | None
_GETS_AHEAD = (b"sec-purpose", b"purpose", b"x-moz")


class Request(Struct):
    """`ip` and `user_agent` are the visitor's: set only when a browser speaks, for a server they would be its own.

    language: the browser's first one. own: why it is one of our own people. refuses: it sends Global Privacy Control.
    ahead: it fetches what nobody may ever look at.
    """

    received_at: datetime
    site: str
    ip: str | None = None
    user_agent: str | None = None
    sent_at: datetime | None = None
    language: str | None = None
    own: Own | None = None
    refuses: bool = False
    ahead: bool = False


def visitor(head: Head, client: Client) -> tuple[str | None, str | None]:
    """Address and user agent of the browser that sent the request."""
    agent = head.get(b"user-agent")
    return address(head, client), agent.decode("latin-1")[:1000] if agent else None


def from_browser(head: Head, client: Client, received_at: datetime, site: str) -> Request:
    """A beacon of our own script, with all that its head tells."""
    ip, agent = visitor(head, client)
    return Request(
        received_at, site, ip, agent, language=_language(head.get(b"accept-language", b"")), own=_own(head, ip),
        refuses=head.get(b"sec-gpc") == b"1", ahead=any(b"prefetch" in head.get(name, b"") for name in _GETS_AHEAD),
    )  # fmt: skip


def address(head: Head, client: Client) -> str | None:
    """Of the sender; behind our own proxy, the one that the proxy saw."""
    if behind_proxy() and (told := head.get(b"x-forwarded-for")):
        return told.rpartition(b",")[2].strip().decode("latin-1").strip("[]")
    return client[0] if client else None


@cache
def behind_proxy() -> bool:
    return os.environ.get("REIF_BEHIND_PROXY") == "1"


@lru_cache(1024)
def _language(accepted: bytes) -> str | None:
    first = accepted.partition(b",")[0].partition(b";")[0].strip().decode("latin-1")
    return first[:16] if first and first != "*" else None


def _own(head: Head, ip: str | None) -> Own | None:
    """Only staff has a session in this house; and some networks are ours."""
    if b"sessionid=" in head.get(b"cookie", b""):
        return "session"
    return "network" if ip and _is_ours(ip) else None


@lru_cache(4096)
def _is_ours(ip: str) -> bool:
    ours = networks(os.environ.get("REIF_OWN_NETWORKS", ""))
    try:
        return bool(ours) and any(ip_address(ip) in network for network in ours)
    except ValueError:
        return False


@cache
def networks(told: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """`192.0.2.0/24, 2001:db8::/32`; what is no network is said in the log, once, and left out."""
    found = []
    for one in filter(None, map(str.strip, told.split(","))):
        try:
            found.append(ip_network(one, strict=False))
        except ValueError as error:
            log.warning("REIF_OWN_NETWORKS: %s", error)
    return tuple(found)

"""What a request says about all of its events."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from .body import Head


class Request(Struct):
    """`ip` and `user_agent` are the visitor's: set only when a browser speaks, for a server they would be its own."""

    received_at: datetime
    site: str
    ip: str | None = None
    user_agent: str | None = None
    sent_at: datetime | None = None


def visitor(head: Head, client: tuple[str, int] | None) -> tuple[str | None, str | None]:
    """Address and user agent of the browser that sent the request."""
    agent = head.get(b"user-agent")
    return client[0] if client else None, agent.decode("latin-1")[:1000] if agent else None

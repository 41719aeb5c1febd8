"""What a request tells about the browser that sent it, as far as it agreed to that."""

from __future__ import annotations

import re
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from reif.capture.sources.source import host_of

_KEY = re.compile(r"^[A-Za-z0-9_-]{8,64}$")


def visitor_key(request: HttpRequest) -> str:
    """The visitor's key, set by our script after consent; empty without personal consent or when it looks wrong.

    Global Privacy Control says no to everything, older cookies included.
    """
    if request.headers.get("sec-gpc") == "1":
        return ""
    return visitor_in(request.COOKIES.get("reif_v", "")) if request.COOKIES.get("reif_c") == "personal" else ""


def visitor_in(text: str) -> str:
    """A visitor's key that was told to us; empty when it cannot be one."""
    return text if _KEY.match(text) else ""


def client_ip(request: HttpRequest) -> str | None:
    """The address of the sender; behind our own proxy, the one that the proxy saw."""
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        told = request.headers.get("x-forwarded-for", told).rpartition(",")[2].strip()
    try:
        return str(ip_address(told.strip("[]")))
    except ValueError:
        return None


def agent(request: HttpRequest) -> str:
    """What the browser calls itself."""
    return request.headers.get("user-agent", "")[:300]


def own_hosts(request: HttpRequest) -> tuple[str, ...]:
    """Hosts whose pages are ours: coming from there is no arrival."""
    return (request.get_host().partition(":")[0], host_of(settings.BASE_URL))

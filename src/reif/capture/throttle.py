"""How much one address may post: a bucket of tokens for each, refused before a page is even looked for.

`guard(app)` stands before Django, so a refusal costs microseconds and reads no body. Counts live in the memory of one
web process: with several of them, an address gets its allowance from each (see docs/run/abuse.md). What must hold over
all processes is held by the database: one submission for one form sent twice, three mails a day to one address.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings

from reif.capture.refusal import too_large, too_many

Clock = Callable[[], float]
MOST_KNOWN = 50_000
LARGEST = 40 * 1024 * 1024
"""Bytes of one post, files included; nothing larger reaches the disk."""


@dataclass
class Bucket:
    """tokens as of `at`, in seconds of the clock."""

    tokens: float
    at: float


class Throttle:
    """Each address may post `burst` times at once, and then `rate` times a second."""

    def __init__(self, rate: float, burst: float, clock: Clock = time.monotonic) -> None:
        self.rate, self.burst, self.clock = rate, burst, clock
        self._buckets: dict[str, Bucket] = {}
        self._lock = threading.Lock()

    def take(self, address: str) -> float:
        """0 when this post may pass; else the seconds until the next one may."""
        key, moment = network(address), self.clock()
        with self._lock:
            bucket = self._buckets.get(key)
            if bucket is None:
                bucket = self._new(key, moment)
            bucket.tokens = min(self.burst, bucket.tokens + (moment - bucket.at) * self.rate)
            bucket.at = moment
            if bucket.tokens < 1:
                return (1 - bucket.tokens) / self.rate
            bucket.tokens -= 1
            return 0.0

    def strained(self, address: str) -> bool:
        """More than half of what it may was used up: a form may ask for a proof of work now. Takes nothing."""
        bucket = self._buckets.get(network(address))
        if bucket is None:
            return False
        return bucket.tokens + (self.clock() - bucket.at) * self.rate < self.burst / 2

    def forget(self) -> None:
        """Everybody begins anew."""
        with self._lock:
            self._buckets.clear()

    def _new(self, key: str, moment: float) -> Bucket:
        if len(self._buckets) >= MOST_KNOWN:
            self._sweep(moment)
        bucket = self._buckets[key] = Bucket(self.burst, moment)
        return bucket

    def _sweep(self, moment: float) -> None:
        """Who is full again need not be remembered; if all are busy, the ones known longest are let go."""
        full = self.burst / self.rate
        self._buckets = {key: b for key, b in self._buckets.items() if moment - b.at < full}
        for key in list(self._buckets)[: max(0, len(self._buckets) - MOST_KNOWN // 2)]:
            del self._buckets[key]


POSTS = Throttle(rate=settings.POSTS_PER_MINUTE / 60, burst=max(settings.POSTS_PER_MINUTE / 2, 5))
"""All public posts of visitors together."""
BEACONS = Throttle(rate=5, burst=100)
"""Posts that only count how far people come in a form."""
PLACES: dict[str, Throttle] = {"/f/": POSTS, "/submissions/v3/": POSTS, "/fp/": BEACONS}
"""Whose allowance a post to a path needs: `watch("/c/")` adds one."""


def watch(start: str, throttle: Throttle = POSTS) -> None:
    """Count posts to paths that begin so. Call it in `apps.ready()`."""
    PLACES[start] = throttle


def network(address: str) -> str:
    """Whose allowance it is: an IPv4 address, or the /64 that one household or server gets of IPv6."""
    if ":" not in address:
        return address
    try:
        told = ip_address(address)
    except ValueError:
        return address
    if isinstance(told, IPv6Address) and told.ipv4_mapped:
        return str(told.ipv4_mapped)
    return str(IPv6Address(int(told) >> 64 << 64))


def sender(scope: dict[str, Any], behind_proxy: bool) -> str:
    """The address that posts; what a header says counts only behind the proxy that the operator has named."""
    peer = scope.get("client")
    if behind_proxy:
        for name, value in reversed(scope["headers"]):
            if name == b"x-forwarded-for":
                return str(value.decode("latin-1").rpartition(",")[2].strip().strip("[]"))
    return str(peer[0]) if peer else ""


def guard(app: Any, places: dict[str, Throttle] = PLACES, behind_proxy: bool | None = None) -> Any:
    """An ASGI application that answers 429 to who posts too much and 413 to who posts too large, and hands on the rest."""
    proxied = bool(settings.SECURE_PROXY_SSL_HEADER) if behind_proxy is None else behind_proxy

    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            throttle = next((places[start] for start in places if scope["path"].startswith(start)), None)
            if throttle is not None:
                if wait := throttle.take(sender(scope, proxied)):
                    await too_many(scope, send, wait)
                    return
                if size(scope) > LARGEST:
                    await too_large(scope, send)
                    return
                receive = upto(receive)
        await app(scope, receive, send)

    return guarded


def size(scope: dict[str, Any]) -> int:
    """What the request says about its length, in bytes; 0 when it does not."""
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(told) if told.isdigit() else LARGEST + 1


def upto(receive: Any) -> Any:
    """A body without a stated length is cut off, too: whoever reads it finds that the sender has gone."""
    taken = 0

    async def counted() -> dict[str, Any]:
        nonlocal taken
        message: dict[str, Any] = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > LARGEST else message

    return counted

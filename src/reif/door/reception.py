"""Where events are taken in: whose they are, what they say, and that they are safe."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from reif.kit.clock import now

from .admit import Admitted, Envelope, admit_batch, admit_beacon, admit_captured, admit_one, envelope, keys_of
from .answers import TAKEN, Answer
from .body import Head, Receive, at_once, whole
from .commit import Committer, lost
from .credentials import in_head
from .keys import FRESH, Keys
from .place import Place
from .refusal import Refusal, locked, no_key
from .request import Request, from_browser, visitor
from .routes import Route
from .store import open_store
from .unavailable import Unavailable

_ASK_AGAIN = 1.0  # an unknown key is looked for in the store at most once a second


class Reception:
    """One store with its keys and its committer."""

    def __init__(self, place: Place) -> None:
        place.home.mkdir(parents=True, exist_ok=True)
        self.store = open_store(place)
        self.keys = Keys(self.store)
        self.committer = Committer(self.store, place)
        self.taken = 0
        self._reading: asyncio.Future[None] | None = None

    async def take(self, route: Route, scope: dict[str, Any], head: Head, receive: Receive) -> Answer:
        """Read, check, commit; the answer is given when the events are durable."""
        first = await receive()
        body = at_once(first, head)
        if body is None:
            body = await whole(first, receive, head)
        if route.task == "metrics":
            return TAKEN
        full = self.committer.room()
        if full is not None:
            raise full
        keys = in_head(head)
        site = self.keys.known(keys[0]) if keys and not self.keys.stale() else None
        if site is not None and route.kind is not None:
            lines, answer = admit_one(body, self._request(site, scope, head), route.kind)
        else:
            lines, answer = await self._admit(route, scope, head, body)
        if lines:
            try:
                refusal = await self.committer.add(lines)
            except asyncio.CancelledError:
                refusal = lost()
            if refusal is not None:
                raise refusal
            self.taken += len(lines)
        return answer

    async def _admit(self, route: Route, scope: dict[str, Any], head: Head, body: bytes) -> Admitted:
        """The longer way: beacons, batches, keys in the body, keys not known yet."""
        if route.task == "beacon":
            return admit_beacon(body, from_browser(head, scope.get("client"), now(), "default"))
        outer, fault = _opened(body)
        site = await self._site([*in_head(head), *keys_of(outer)], fault)
        request = self._request(site, scope, head)
        if route.kind is not None:
            return admit_one(body, request, route.kind)
        if fault is not None:
            raise fault
        return admit_captured(body, outer, request) if route.task == "captured" else admit_batch(outer, request)

    def _request(self, site: str, scope: dict[str, Any], head: Head) -> Request:
        if b"origin" in head:
            return Request(now(), site, *visitor(head, scope.get("client")))
        return Request(now(), site)

    async def _site(self, keys: list[str], fault: Refusal | None) -> str:
        """The site of the first live key; else the fault of a body that named no key, or 401."""
        site = None
        if not self.keys.stale():
            site = _first(map(self.keys.known, keys))
        if site is None and self.keys.stale(_ASK_AGAIN):
            await self._read_keys()
            site = _first(map(self.keys.known, keys))
        if site is not None:
            return site
        raise fault if fault is not None and not keys else no_key()

    async def _read_keys(self) -> None:
        """Ask the store off the event loop; whoever comes meanwhile waits for the same answer."""
        if self._reading is None:
            self._reading = asyncio.get_running_loop().run_in_executor(None, self.keys.reload)
            self._reading.add_done_callback(self._forget_reading)
        try:
            await asyncio.shield(self._reading)
        except Unavailable as error:
            if self.keys.stale(12 * FRESH):
                raise locked() from error

    def _forget_reading(self, _: object) -> None:
        self._reading = None

    async def close(self) -> None:
        """Finish what was handed over, then let go of the store."""
        await self.committer.close()
        self.store.close()


def _opened(body: bytes) -> tuple[Envelope, Refusal | None]:
    try:
        return envelope(body), None
    except Refusal as fault:
        return Envelope(), fault


def _first(sites: Iterable[str | None]) -> str | None:
    return next((site for site in sites if site is not None), None)

"""The door: a plain ASGI application, without a framework, that takes events and says when they are safe."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections import Counter
from typing import Any

from .answers import Answer, Send, encode, messages, preflight, refused
from .body import Gone, Head, Receive
from .health import gauges, health
from .place import Place, here
from .reception import Reception
from .refusal import Refusal
from .routes import ROUTES, SCRIPTS, Route, is_door, route_of
from .script import BUILT, Script

__all__ = ["Door", "door", "is_door"]
log = logging.getLogger("reif.door")


class Door:
    """One door on one store, which it opens at the first request."""

    def __init__(self, place: Place | None = None) -> None:
        self._place = place
        self._scripts = {name: Script(BUILT / name) for name in SCRIPTS}
        self._reception: Reception | None = None
        self._answers: Counter[int] = Counter()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._live(scope, receive, send)
            return
        head: Head = dict(scope["headers"])
        route = ROUTES.get(scope["path"])
        reception = self._reception
        try:
            if route is not None and reception is not None and route.task == "events" and scope["method"] == "POST":
                answer = await reception.take(route, scope, head, receive)
            else:
                answer = await self._answer(scope, head, receive)
        except Refusal as refusal:
            answer = refused(refusal)
        except Gone:
            return
        except Exception:
            log.exception("request failed: %s", scope["path"])
            answer = refused(Refusal("failed", "The door failed at this request; its log says why.", 500))
        self._answers[answer.status] += 1
        if scope["method"] == "HEAD":
            answer = Answer(answer.status, b"", answer.headers)
        start, body = messages(answer, head.get(b"origin"))
        await send(start)
        await send(body)

    async def _answer(self, scope: dict[str, Any], head: Head, receive: Receive) -> Answer:
        route = route_of(scope["path"])
        if route is None:
            raise Refusal("unknown_address", "Nothing is at this address.", 404)
        if scope["method"] not in route.methods:
            return preflight(head) if scope["method"] == "OPTIONS" else _not_allowed(route)
        if self._reception is None:
            self._reception = Reception(self._place or here())
        if scope["method"] == "POST":
            return await self._reception.take(route, scope, head, receive)
        return await self._show(route, scope, head, self._reception)

    async def _show(self, route: Route, scope: dict[str, Any], head: Head, reception: Reception) -> Answer:
        if route.task == "script":
            return self._scripts[route.kind or "t.js"].answer(head)
        if route.task == "settings":
            return _settings(scope["path"].split("/")[3], head)
        if route.task == "health":
            return await asyncio.to_thread(health, reception.committer)
        return await asyncio.to_thread(gauges, reception.committer, self._counted(reception))

    def _counted(self, reception: Reception) -> dict[str, int]:
        answers = {f'reif_door_requests_total{{status="{s}"}}': n for s, n in self._answers.items()}
        return {"reif_door_events_total": reception.taken, **answers}

    async def _live(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """The server's lifespan: finish commits before going."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                if self._reception is not None:
                    await self._reception.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
            _collect_seldom()
            await send({"type": "lifespan.startup.complete"})


def _collect_seldom() -> None:
    """What was imported stays: leave it out of garbage collection, and collect after more new objects than usual."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _not_allowed(route: Route) -> Answer:
    methods = ", ".join((*route.methods, "OPTIONS"))
    refusal = Refusal("method_not_allowed", f"This address takes {methods}.", 405)
    return refused(refusal, (b"allow", methods.encode()))


def _settings(key: str, head: Head) -> Answer:
    """What Segment's browser library asks for at its start, so that it sends its events here."""
    host = head.get(b"host", b"localhost").decode("latin-1")
    segment = {"apiKey": key, "apiHost": f"{host}/v1", "unbundledIntegrations": [], "addBundledMetadata": True}
    found = {"integrations": {"Segment.io": segment}, "plan": {"track": {"__default": {"enabled": True}}}}
    return Answer(200, encode(found))


door = Door()

"""Asking a door: in this process, or over a socket with a server of its own."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import httpx

from reif.door.app import Door
from reif.door.canonical import Canonical
from reif.door.keys import Keys
from reif.door.place import Place
from reif.door.spool import Spool, decode
from reif.door.store import open_store

KEY = "WRITEKEY"
SRC = Path(__file__).resolve().parents[3]
T = TypeVar("T")
A_TRACK = {"type": "track", "userId": "u-1", "event": "Form Submitted", "properties": {"form_id": "demo"}}


class Answered(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


def basic(key: str = KEY) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


def a_key(place: Place, key: str = KEY, site: str = "default") -> None:
    store = open_store(place)
    Keys(store).issue(site, key)
    store.close()


class Asker:
    """One door in this process, asked on the running loop."""

    def __init__(self, place: Place) -> None:
        self.door = Door(place)

    async def __call__(
        self, path: str, body: bytes | object = b"", headers: dict[str, str] | None = None, method: str = "POST"
    ) -> Answered:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"host": "door.example", **(basic() if headers is None else headers)}
        sent: list[dict[str, Any]] = []
        parts = [data[i : i + 100_000] for i in range(0, len(data), 100_000)] or [b""]

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "client": ("198.51.100.7", 4711),
            "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in given.items()],
        }
        await self.door(scope, receive, send)
        found = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
        return Answered(sent[0]["status"], found, sent[1]["body"])

    async def close(self) -> None:
        if self.door._reception is not None:
            await self.door._reception.close()


def ask(place: Place, talk: Callable[[Asker], Awaitable[T]]) -> T:
    """Run a talk with a fresh door on a place."""

    async def whole() -> T:
        asker = Asker(place)
        try:
            return await talk(asker)
        finally:
            await asker.close()

    return asyncio.run(whole())


def ask_once(place: Place, path: str, body: bytes | object = b"", **more: Any) -> Answered:
    return ask(place, lambda asker: asker(path, body, **more))


def spooled(place: Place) -> list[Canonical]:
    """Every event that a place's spool holds."""
    spool = Spool(open_store(place))
    try:
        return [event for row in spool.read(100_000, max_bytes=1 << 40) for event in decode(row)]
    finally:
        spool.close()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(place: Place) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A door served by granian in a process group of its own."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--port", str(port)]
    environment = {
        **os.environ,
        "REIF_HOME": str(place.home),
        "DATABASE_URL": place.database_url,
        "PYTHONPATH": str(SRC),
    }
    log = (place.home / "granian.log").open("wb")
    server = subprocess.Popen(
        [*command, "reif.door.app:door"], env=environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health", server)
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            if httpx.get(address, timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        if server.poll() is not None:
            raise RuntimeError("the server ended")
        time.sleep(0.05)
    raise RuntimeError("the server did not answer in time")

"""Pages that wait for a thread, and downloads that do not hold it."""

from __future__ import annotations

import asyncio
import os
import threading
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from reif.staff.in_threads import PIECE, THREADS, InThreads


class Served(InThreads):
    """The real handler around a view of the test instead of the house's middleware."""

    def __init__(self, view: Callable[[Any], Any]) -> None:
        super().__init__()
        self._middleware_chain = view


async def ask(app: Any, keep: bool = True) -> list[dict[str, Any]]:
    """What it says. keep: bodies, too, not their sizes alone."""
    said: list[dict[str, Any]] = []
    asked = [{"type": "http.request", "body": b"", "more_body": False}]
    never = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if asked:
            return asked.pop()
        await never.wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        size = len(message.get("body", b""))
        said.append(message if keep else {"type": message["type"], "size": size})

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "http_version": "1.1"}
    await app(scope, receive, send)
    return said


def test_no_more_pages_run_at_once_than_there_are_threads_and_all_are_answered() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def view(_request: Any) -> HttpResponse:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.005)
        with lock:
            running -= 1
        return HttpResponse("here")

    async def many() -> list[list[dict[str, Any]]]:
        app = Served(view)
        return await asyncio.gather(*(ask(app) for _n in range(THREADS * 4)))

    answers = asyncio.run(many())
    assert {a[0]["status"] for a in answers} == {200}
    assert 1 < most <= THREADS


def test_what_is_sent_in_pieces_is_made_in_the_thread_of_the_page() -> None:
    threads: list[str] = []

    def pieces() -> Any:
        for n in range(3):
            threads.append(threading.current_thread().name)
            yield f"{n};"

    said = asyncio.run(ask(Served(lambda _request: StreamingHttpResponse(pieces()))))
    assert b"".join(m.get("body", b"") for m in said) == b"0;1;2;"
    assert len(threads) == 3 and all(name.startswith("page") for name in threads)


def test_a_long_download_leaves_piece_by_piece_and_is_never_whole_in_memory() -> None:
    def pieces() -> Any:
        for n in range(100):
            yield bytes([n]) * 100_000

    def measured() -> tuple[list[dict[str, Any]], int]:
        tracemalloc.start()
        try:
            return asyncio.run(ask(Served(lambda _request: StreamingHttpResponse(pieces())), keep=False)), peak()
        finally:
            tracemalloc.stop()

    said, most = measured()
    sizes = [m["size"] for m in said if m["type"] == "http.response.body"]
    assert sum(sizes) == 10_000_000
    assert max(sizes) <= PIECE
    assert most < 5_000_000


def peak() -> int:
    return tracemalloc.get_traced_memory()[1]


def test_a_file_is_sent_as_it_is_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "long.bin"
    path.write_bytes(os.urandom(300_000))
    file = path.open("rb")
    said = asyncio.run(ask(Served(lambda _request: FileResponse(file))))
    assert b"".join(m.get("body", b"") for m in said) == path.read_bytes()
    assert file.closed

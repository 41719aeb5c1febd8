"""The turn of writers to SQLite over processes, and pages that wait for a thread."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from reif.log.sqlite.turn import Turn
from reif.staff.in_threads import PIECE, THREADS, InThreads

HOLDER = """
import sys, time
from reif.log.sqlite.turn import Turn
turn = Turn(sys.argv[1])
turn.take(5)
print("mine", flush=True)
time.sleep(float(sys.argv[2]))
"""


FORKED = """
import os, sys
from django.db import OperationalError
from reif.log.sqlite.turn import turn_of
turn_of(sys.argv[1]).take(5)
said = ["parent has it"]
there, here = os.pipe(), os.pipe()
if os.fork() == 0:
    try:
        turn_of(sys.argv[1]).take(0.05)
    except OperationalError:
        os.write(there[1], b"child is refused")
    os.read(here[0], 1)
    turn_of(sys.argv[1]).take(5)
    os.write(there[1], b"child has it")
    os._exit(0)
said.append(os.read(there[0], 99).decode())
turn_of(sys.argv[1]).give()
said.append("parent has given")
os.write(here[1], b".")
said.append(os.read(there[0], 99).decode())
print("; ".join(said))
"""


def env() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


def holder(place: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that has the turn by now."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(place), str(seconds)], stdout=subprocess.PIPE, text=True, env=env()
    )
    assert process.stdout and process.stdout.readline() == "mine\n"
    return process


def test_one_process_has_the_turn_and_the_other_waits_no_longer_than_it_may(tmp_path: Path) -> None:
    process = holder(tmp_path / "db", 60)
    try:
        turn = Turn(str(tmp_path / "db"))
        with pytest.raises(OperationalError, match="locked"):
            turn.take(0.05)
    finally:
        process.kill()
        process.communicate()
    turn.take(5)  # whoever dies gives it back
    turn.give()


def test_who_writes_without_a_pause_lets_others_in_between(tmp_path: Path) -> None:
    greedy, modest = Turn(str(tmp_path / "db")), Turn(str(tmp_path / "db"))
    stop, turns = threading.Event(), 0

    def write_on_and_on() -> None:
        nonlocal turns
        while not stop.is_set():
            greedy.take(5)
            turns += 1
            time.sleep(0.005)
            greedy.give()

    worker = threading.Thread(target=write_on_and_on)
    worker.start()
    try:
        before = turns
        for _n in range(10):
            modest.take(5)
            modest.give()
        assert turns - before <= 40  # ten goes cost the other one some turns, not hundreds
    finally:
        stop.set()
        worker.join()


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


def test_a_child_that_was_forked_leaves_the_turn_to_its_parent(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", FORKED, str(tmp_path / "db")], env=env(), capture_output=True, text=True
    )
    assert child.stdout == "parent has it; child is refused; parent has given; child has it\n", child.stderr

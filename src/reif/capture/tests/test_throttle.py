"""One address cannot flood us, and hurts nobody else when it tries."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from reif.capture.throttle import Throttle, guard, network, sender


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class TestAllowance:
    def test_a_burst_then_a_rate(self) -> None:
        clock = Clock()
        throttle = Throttle(rate=2, burst=5, clock=clock)
        assert [throttle.take("192.0.2.1") for _ in range(6)] == [0, 0, 0, 0, 0, 0.5]
        clock.seconds = 0.5
        assert throttle.take("192.0.2.1") == 0
        assert throttle.take("192.0.2.1") > 0
        clock.seconds = 60
        assert [throttle.take("192.0.2.1") for _ in range(5)] == [0] * 5

    def test_nobody_else_is_hurt(self) -> None:
        throttle = Throttle(rate=1, burst=2, clock=Clock())
        for _ in range(1000):
            throttle.take("192.0.2.1")
        assert throttle.take("192.0.2.2") == 0

    def test_half_used_up_is_strained(self) -> None:
        clock = Clock()
        throttle = Throttle(rate=1, burst=4, clock=clock)
        assert not throttle.strained("192.0.2.1")
        for _ in range(3):
            throttle.take("192.0.2.1")
        assert throttle.strained("192.0.2.1")
        clock.seconds = 2
        assert not throttle.strained("192.0.2.1")

    def test_many_addresses_do_not_fill_the_memory(self) -> None:
        throttle = Throttle(rate=1, burst=2, clock=Clock())
        for number in range(120_000):
            throttle.take(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
        assert len(throttle._buckets) <= 50_000

    def test_a_refusal_is_cheap(self) -> None:
        throttle = Throttle(rate=1, burst=1)
        started = time.perf_counter()
        for _ in range(10_000):
            throttle.take("2001:db8::1")
        assert (time.perf_counter() - started) / 10_000 < 0.0003


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("no:address", "no:address"),
    ],
)
def test_whose_allowance(address: str, whose: str) -> None:
    assert network(address) == whose


def test_a_header_counts_behind_our_proxy_only() -> None:
    scope = {"client": ("192.0.2.9", 1), "headers": [(b"x-forwarded-for", b"10.0.0.1, 203.0.113.5")]}
    assert sender(scope, behind_proxy=False) == "192.0.2.9"
    assert sender(scope, behind_proxy=True) == "203.0.113.5"


def ask(
    app: Any, path: str = "/f/demo/submissions", method: str = "POST", **headers: str
) -> tuple[int, dict[str, str], str]:
    """One request straight to the ASGI application: status, headers, body."""
    said: list[dict[str, Any]] = []
    lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": lines, "client": ("192.0.2.7", 5)}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    async def receive() -> dict[str, Any]:
        raise AssertionError("a refusal reads no body")

    asyncio.run(app(scope, receive, send))
    head = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], head, said[1]["body"].decode()


async def _page(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"page"})


def guarded(throttle: Throttle) -> Any:
    return guard(_page, {"/f/": throttle, "/submissions/v3/": throttle})


class TestGuard:
    def test_too_many_are_told_so_in_their_language(self) -> None:
        app = guarded(Throttle(rate=0.1, burst=2, clock=Clock()))
        assert [ask(app)[0] for _ in range(3)] == [200, 200, 429]
        status, head, body = ask(app, accept_language="de-CH")
        assert (status, head["retry-after"], head["content-type"]) == (429, "10", "text/html; charset=utf-8")
        assert "viele Formulare" in body
        assert "Many forms" in ask(app, accept_language="en-GB")[2]

    def test_programs_read_json(self) -> None:
        app = guarded(Throttle(rate=1, burst=0, clock=Clock()))
        status, head, body = ask(app, "/submissions/v3/integration/submit/1/demo", content_type="application/json")
        assert (status, head["content-type"]) == (429, "application/json")
        assert '"errorType": "RATE_LIMITS"' in body

    def test_a_body_that_is_too_large_is_not_read(self) -> None:
        app = guarded(Throttle(rate=1, burst=9, clock=Clock()))
        status, _head, body = ask(app, content_length="10000000000")
        assert status == 413
        assert "kürzen" in body

    def test_other_pages_are_not_counted(self) -> None:
        app = guarded(Throttle(rate=1, burst=0, clock=Clock()))
        assert ask(app, "/people")[0] == ask(app, method="GET")[0] == 200

"""How often the server is asked for a body: each time is a way between its threads and ours."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from reif.door.body import Head, whole


@pytest.mark.parametrize(
    ("head", "first", "asked"),
    [
        ({b"content-length": b"6"}, b"abcdef", 0),
        ({b"content-length": b"9"}, b"abcdef", 1),
        ({}, b"abcdef", 1),
        ({b"content-length": b"six"}, b"abcdef", 1),
    ],
)
def test_a_body_as_long_as_announced_is_not_asked_for_more(head: Head, first: bytes, asked: int) -> None:
    rest = [b"ghi"] * asked

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": rest.pop(), "more_body": False}

    found = asyncio.run(whole({"type": "http.request", "body": first, "more_body": True}, receive, head))
    assert found == first + b"ghi" * asked
    assert rest == []

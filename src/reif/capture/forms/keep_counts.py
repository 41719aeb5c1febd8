"""Bring the counts of forms into the database some seconds after they came, off the event loop."""

from __future__ import annotations

import asyncio
from typing import Any

from django.db import connection

from reif.capture.forms import tally

PAUSE = 2.0  # seconds; so much of the counting is lost when a web process is killed


def keeping_counts(app: Any) -> Any:
    """An ASGI application that sees to it that what was counted during a request is kept soon."""
    coming: set[asyncio.Task[None]] = set()

    async def kept(scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            await app(scope, receive, send)
        finally:
            if tally.waiting() and not coming:
                task = asyncio.get_running_loop().create_task(_soon())
                coming.add(task)
                task.add_done_callback(coming.discard)

    return kept


async def _soon() -> None:
    await asyncio.sleep(PAUSE)
    await asyncio.to_thread(_flush)


def _flush() -> None:
    try:
        tally.flush()
    finally:
        connection.close()

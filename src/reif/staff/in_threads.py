"""Serve the pages from a fixed number of threads, the whole of a request in one of them.

Django's own handler goes to and fro between the event loop and a new thread for each middleware, and lets as many
requests run at once as come: each with a connection of its own, all of them competing for one lock. Here those that
come wait their turn, first come, first served, and a thread keeps its connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import copy_context
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from asgiref.sync import ThreadSensitiveContext
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

THREADS = 12
"""Pages at once; the pool of connections has some more, for what runs beside them."""

PIECE, MEMORY = 64 * 1024, 1024 * 1024
"""Bytes of one piece of a download, and of one that is kept in memory until it is sent."""


class InThreads(ASGIHandler):
    """Django's handler; a slow sender or a slow reader holds no thread."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async with ThreadSensitiveContext(executor=_AtOnce()):
            await self.handle(scope, receive, send)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        run = copy_context().run
        return await asyncio.get_running_loop().run_in_executor(self._threads, run, self._answer, request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        close_old_connections()
        try:
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse) and not response.is_async:
                _finish(response)
            return response
        finally:
            close_old_connections()


def _finish(response: StreamingHttpResponse) -> None:
    """Make all of it while the thread and its connection are there; what is long waits on disk for a slow reader."""
    file: IO[bytes] | None = getattr(response, "file_to_stream", None)
    if file is None:
        made = file = SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115 - closed with the response
        response._resource_closers.append(made.close)  # type: ignore[attr-defined]
        for part in cast(Iterator[bytes], response.streaming_content):
            made.write(part)
        made.seek(0)
    response.streaming_content = _pieces(file)


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(file.read, PIECE):
        yield piece


class _AtOnce(Executor):
    """For what is left to do on the event loop, signals and closing: a matter of microseconds, and no thread's."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done

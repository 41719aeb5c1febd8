"""Group commit: whoever waits at the same time is written in one row and acknowledged by one disk write."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections import deque

from reif.kit.clock import now

from .place import Place
from .refusal import Refusal, locked, spool_full
from .spool import Depth, Spool
from .store import Store
from .unavailable import Unavailable

MAX_GROUP = 4_000_000
MAX_WAITING = 64_000_000
_JOIN = 0.002  # how long a group smaller than the last ones waits for more where commits are dear, in seconds
_FADE = 0.98
_MEASURE = 1.0


class Group:
    __slots__ = ("askers", "lines", "settled", "size")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.lines: list[bytes] = []
        self.size = self.askers = 0
        self.settled: asyncio.Future[Refusal | None] = loop.create_future()


class Committer:
    """Collects lines on the event loop and commits them in a thread: while the disk syncs one group, the next gathers."""

    def __init__(self, store: Store, place: Place) -> None:
        self._store = store
        self._place = place
        self._spool = Spool(store)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._groups: deque[Group] = deque()
        self._waiting = 0
        self._busy = False
        self._joining: asyncio.TimerHandle | None = None
        self._crowd = 0.0
        self._work: queue.SimpleQueue[Group | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._measured_at = -1e9
        self.depth = Depth(0, 0, 0.0)
        self.commits = self.failures = 0
        self.seconds = 0.0

    def add(self, lines: list[bytes]) -> asyncio.Future[Refusal | None]:
        """Hand over encoded events and await the answer: None when they are durable, else why not.

        Everybody of a group awaits the same future, so one who is cancelled cancels it for all: see `lost`.
        """
        groups = self._groups
        if not groups or groups[-1].size > MAX_GROUP:
            self._begin_group()
        group = groups[-1]
        group.lines += lines
        size = len(lines[0]) if len(lines) == 1 else sum(map(len, lines))
        group.size += size
        group.askers += 1
        self._waiting += size
        if not self._busy or (self._joining is not None and self._complete(group)):
            self._plan(group)
        return group.settled

    def room(self) -> Refusal | None:
        """Why no more events can be taken now, or None."""
        if self._waiting > MAX_WAITING:
            return locked()
        if time.monotonic() - self._measured_at > _MEASURE:
            self._measure_soon()
        full = self.depth.rows >= self._place.max_rows or self.depth.bytes + self._waiting >= self._place.max_bytes
        return spool_full() if full else None

    async def close(self) -> None:
        """Wait for what was handed over, then stop."""
        while self._groups or self._busy:
            await asyncio.sleep(0.005)
        self._work.put(None)
        self._thread = None

    def _begin_group(self) -> None:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._busy, self._joining = loop, False, None
            self._groups.clear()
        self._groups.append(Group(loop))

    def _complete(self, group: Group) -> bool:
        return not self._store.dear or group.askers >= self._crowd or group.size > MAX_GROUP

    def _plan(self, group: Group) -> None:
        """Commit at the end of this turn of the event loop; dear commits, after a moment in which others may join."""
        self._busy = True
        if self._joining is not None:
            self._joining.cancel()
            self._joining = None
        loop = group.settled.get_loop()
        if self._complete(group):
            loop.call_soon(self._flush)
        else:
            self._joining = loop.call_later(_JOIN, self._flush)

    def _flush(self) -> None:
        group = self._groups.popleft()
        self._joining = None
        self._crowd = max(group.askers, self._crowd * _FADE)
        self._waiting -= group.size
        self._start_thread()
        self._work.put(group)

    def _done(self, group: Group, refusal: Refusal | None, took: float) -> None:
        self.commits += refusal is None
        self.failures += refusal is not None
        self.seconds += took
        if refusal is None:
            rows, size, age = self.depth
            self.depth = Depth(rows + 1, size + group.size, age)
        self._busy = bool(self._groups)
        if self._busy:
            self._plan(self._groups[0])
        if not group.settled.done():
            group.settled.set_result(refusal)

    def _start_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="door-committer", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (group := self._work.get()) is not None:
            start = time.monotonic()
            refusal = None
            try:
                self._store.write(b"\n".join(group.lines), now().timestamp())
            except Unavailable:
                refusal = locked()
            loop = group.settled.get_loop()
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._done, group, refusal, time.monotonic() - start)

    def _measure_soon(self) -> None:
        self._measured_at = time.monotonic()
        asyncio.get_running_loop().run_in_executor(None, self.measure)

    def measure(self) -> bool:
        """Ask the store how much waits; False when it does not answer."""
        self._measured_at = time.monotonic()
        try:
            self.depth = self._spool.depth()
        except Unavailable:
            return False
        return True


def lost() -> Refusal:
    """The answer for whoever was not cancelled itself when the shared future was; raises for the other."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
    return locked()

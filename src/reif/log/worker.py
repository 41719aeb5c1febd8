"""The one loop that moves everything: feeds in, events to listeners, due timers, effects out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime

import structlog
from django.db import OperationalError, close_old_connections, connection

from reif.kit.clock import travel
from reif.log.clock import fire_due
from reif.log.hear import load
from reif.log.listen import forget_positions, listen_once
from reif.log.outbox import CHANNELS
from reif.log.waking import EASY, Doorbell, ring, soonest

Pull = Callable[[], bool]
FEEDS: dict[str, Pull] = {}
OUTSIDE: dict[str, Pull] = {}
ROUND = 10.0
"""Seconds after which everything is looked at without a bell, for what another worker has left behind."""
log = structlog.get_logger("reif.worker")


def feed(name: str, pull: Pull, waits: Pull | None = None) -> None:
    """Register something the worker pulls from (imports, the lake). True: there may be more.

    waits: whether there is anything, for what lies where no commit rings the bell (the door's spool); asked many times a second.
    """
    FEEDS[name] = pull
    if waits:
        OUTSIDE[name] = waits


def turn() -> bool:
    """One round: feeds, listeners, timers. True when anything moved."""
    return any([*[pull() for pull in list(FEEDS.values())], listen_once(), fire_due()])


def settle(at: datetime | None = None) -> None:
    """Run everything until nothing moves, at a moment when given; for tests and one-off commands."""
    with travel(at) if at is not None else nullcontext():
        load()
        forget_positions()
        moved = True
        while moved:
            while turn():
                pass
            moved = any([*(drain() for drain in CHANNELS.values())])


def work(stop: threading.Event) -> None:
    """Work until told to stop. Channels run in a thread each, so that a slow mail server holds nothing up."""
    load()
    forget_positions()
    threads = [threading.Thread(target=_drain_forever, args=(name, stop), daemon=True) for name in CHANNELS]
    for thread in threads:
        thread.start()
    _until_stopped(turn, stop, "worker", Doorbell(outside=_from_outside))
    ring()
    for thread in threads:
        thread.join(timeout=10)


def _drain_forever(name: str, stop: threading.Event) -> None:
    _until_stopped(CHANNELS[name], stop, name, Doorbell(EASY))
    connection.close()


def _from_outside() -> bool:
    return any(waits() for waits in OUTSIDE.values())


def _until_stopped(step: Pull, stop: threading.Event, name: str, bell: Doorbell) -> None:
    failures = 0
    while not stop.is_set():
        try:
            if not step():
                bell.wait(soonest(ROUND), stop)
            failures = 0
        except OperationalError as error:
            failures += 1
            log.warning("database_away", loop=name, error=str(error).splitlines()[0], tries=failures)
            close_old_connections()
            stop.wait(min(0.05 * 2**failures, 5))
        except Exception:
            failures += 1
            log.exception("loop_failed", loop=name)
            stop.wait(min(0.2 * 2**failures, 30))
    bell.close()

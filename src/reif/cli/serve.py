"""`reif up`, `reif web`, `reif work`: the running system, together or apart."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

RESTART_PAUSE = 1.0


def add(commands: Any) -> None:
    up_ = commands.add_parser("up", help="door, pages and worker in one process group")
    web_ = commands.add_parser("web", help="door and pages")
    for one in (up_, web_):
        listening(one)
    up_.set_defaults(run=up)
    web_.set_defaults(run=web, pooled=True)
    commands.add_parser("work", help="the worker: listeners, timers, effects").set_defaults(run=work)
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(run=migrate)


def listening(parser: argparse.ArgumentParser) -> None:
    """The options of everything that listens on a port."""
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="default PORT, else 8000")
    parser.add_argument(
        "--host", default=os.environ.get("REIF_BIND", "127.0.0.1"), help="default REIF_BIND, else this machine alone"
    )
    parser.add_argument("--workers", type=int, default=1, help="web processes; more than one only on PostgreSQL")


def migrate(given: argparse.Namespace) -> int:
    """Create or change tables. Safe to repeat."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    return 0


def up(given: argparse.Namespace) -> int:
    """Run `web` and `work` until told to stop; start either again when it dies. 1 when the port is taken."""
    if is_taken(given.host, given.port):
        print(f"Somebody listens on port {given.port} already. Choose another with --port.", file=sys.stderr)
        return 1
    migrate(given)
    os.environ.setdefault("REIF_BASE_URL", f"http://localhost:{given.port}")
    words = {
        "web": ["web", "--port", str(given.port), "--host", given.host, "--workers", str(given.workers)],
        "work": ["work"],
    }
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    running = {name: _start(line) for name, line in words.items()}
    while not stop.wait(0.3):
        for name, process in running.items():
            if process.poll() is not None:
                print(f"reif {name} ended with {process.returncode}; starting it again", file=sys.stderr)
                time.sleep(RESTART_PAUSE)
                running[name] = _start(words[name])
    for process in running.values():
        process.terminate()
    for process in running.values():
        _end(process)
    return 0


def is_taken(host: str, port: int) -> bool:
    """Does somebody listen there? The web server would share the port with them, and visitors land in either house."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def _start(words: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "reif", *words])  # noqa: S603 - our own words


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


def web(given: argparse.Namespace) -> int:
    """Serve the door and the pages with granian."""
    from django.db import connection
    from granian.constants import Interfaces
    from granian.server import Server

    workers = 1 if connection.vendor == "sqlite" else given.workers
    Server(
        "reif.asgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.ASGI,
        workers=workers,
        websockets=False,
        log_access=False,
        backlog=2048,
    ).serve()
    return 0


def work(given: argparse.Namespace) -> int:
    """Run the worker until SIGTERM or SIGINT; the turn in hand is finished first."""
    from reif.log.waking import ring
    from reif.log.worker import work as run

    stop = threading.Event()

    def end(*_: object) -> None:
        stop.set()
        ring()

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, end)
    _warm_up()
    run(stop)
    return 0


def _warm_up() -> None:
    """Import what the first hand-over after a start would wait a second for: all addresses, and the calendars."""
    import holidays.countries  # noqa: F401
    from django.urls import reverse

    reverse("route:inbox")

"""A whole installation of its own: door, pages and worker as processes, a database, and a real SMTP server."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psycopg
from aiosmtpd.controller import Controller

T = TypeVar("T")
PATIENCE = 60.0


class Post:
    """A real SMTP server; keeps what it took."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.came = threading.Condition()
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=default)
        mail["X-To"] = ", ".join(envelope.rcpt_tos)
        with self.came:
            self.mails.append(mail)
            self.came.notify_all()
        return "250 taken"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.port}"

    def wait_for(self, to: str, subject: str, patience: float = PATIENCE) -> EmailMessage:
        """The first mail to an address whose subject has this in it; fails when it does not come."""

        def found() -> EmailMessage | None:
            hits = [m for m in self.mails if to in m["X-To"] and subject in m["Subject"]]
            return hits[0] if hits else None

        with self.came:
            self.came.wait_for(lambda: found() is not None, timeout=patience)
        mail = found()
        assert mail, f"no mail to {to} with {subject!r}; there are {[(m['X-To'], m['Subject']) for m in self.mails]}"
        return mail


OURS = ("DJANGO_", "REIF_", "PYTEST", "COV", "PYTHONDONTWRITEBYTECODE")
"""Variables that the processes of a house do not inherit. With the last one, each would compile all its modules anew."""


class House:
    """Processes that can be stopped and started, now or later in time."""

    def __init__(self, home: Path, database: str, post: Post | None) -> None:
        self.port, self.home = free_port(), home
        self.base = f"http://127.0.0.1:{self.port}"
        keep = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        self.env = keep | {"REIF_HOME": str(home), "DATABASE_URL": database, "REIF_BASE_URL": self.base}
        self.env |= {"EMAIL_URL": post.url} if post else {"EMAIL_URL": ""}
        self.process: subprocess.Popen[bytes] | None = None
        self.days = 0.0

    def run(self, *words: str) -> str:
        done = subprocess.run([sys.executable, "-m", "reif", *words], env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, days: float = 0) -> None:
        """Serve as if so many days had passed."""
        self.stop()
        self.days = days
        env = self.env | {"REIF_CLOCK_SHIFT": str(days * 86400)}
        with (self.home / "up.log").open("ab") as log:
            command = [sys.executable, "-m", "reif", "up", "--port", str(self.port)]
            self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)
        until(lambda: self._healthy(), "the house to be healthy")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def kill(self) -> None:
        """Without any warning, everything at once."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)

    def _healthy(self) -> bool:
        try:
            return httpx.get(f"{self.base}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False


def until(ask: Callable[[], T], what: str) -> T:
    """Ask again and again until the answer is true; fails with `what` after a minute."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def database() -> Iterator[str]:
    """An empty database on the engine of this run: a new one on PostgreSQL, the SQLite file otherwise ("")."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"walk_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield re.sub(r"/[^/]*$", f"/{name}", server)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def a_house(home: Path, mailbox: bool = False) -> Iterator[tuple[House, Post]]:
    """A demo company without history, not yet started, and its post office."""
    post = Post()
    post.controller.start()
    try:
        with database() as url:
            house = House(home, url, None if mailbox else post)
            try:
                yield house, post
            finally:
                house.stop()
    finally:
        post.controller.stop()

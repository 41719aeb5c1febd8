"""Kill the worker at random moments against a real SMTP server, and count what arrived.

The worker is a process of its own on a database of its own: a file, and on PostgreSQL a fresh database. SIGKILL
leaves it no time for anything. Afterwards every mail must have arrived once. The one exception that SMTP leaves open
is a mail whose last dot was sent and whose answer was on its way: at most one for each kill, and named as such.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from email import message_from_bytes
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from reif.channels.tests.sink import Sink, a_sink

pytestmark = pytest.mark.slow
KILLS = 20
MARKETING, SERVICE = 1300, 300
PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from reif.channels.compile_mails import print_all
from reif.channels.email.compose import Letter, queue
from reif.channels.mails import Hours, Limits
from reif.channels.tests.letters import texts
from reif.crm.models import Consent, Person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import PageViewed
from reif.playbook.apply import apply
from reif.playbook.draft import Draft
mails = texts(limits=Limits(most=100, hours=Hours(0, 24)))
print_all(mails, apply(Draft.of(mails=mails)).id)
people = Person.objects.bulk_create(
    [Person(email=f"p{i}@firma.example", first_name="Jörg", created_at=now()) for i in range(600)])
Consent.objects.bulk_create([Consent(person=p, purpose="marketing", text="Ja", text_version="1", address=p.email or "", double=True, requested_at=now(),
    given_at=now()) for p in people])
queue(Letter(f"m:{i}", "news", person=people[i % 600].id) for i in range(MARKETING))
queue(Letter(f"s:{i}", "confirm", person=people[i % 600].id, kind="service", priority=6) for i in range(SERVICE))
with writing():
    append(*(PageViewed(person=p.id, topic="/x") for p in people))
"""
NURSERY = """
import ctypes, os, signal, sys, threading
die_with_parent = lambda: ctypes.CDLL(None).prctl(1, signal.SIGKILL)
die_with_parent()
from reif.log.hear import load
from reif.log.worker import work
load()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        die_with_parent()
        work(threading.Event())
    print(child, flush=True)
"""
REPORT = """
import json
from django.db.models import Count
from reif.channels.models import Message
from reif.log.hear import load
from reif.log.models import Cursor, Effect, Event, Stuck, Timer
from reif.log.worker import settle
from reif.channels.email.recover import recover
from django.conf import settings
recover(settings.REIF_HOME / "journal")
last = Event.objects.latest("id").id
heads = list(Event.objects.values_list("id", "kind", "topic"))
positions = dict(Cursor.objects.values_list("name", "position"))
print(json.dumps({
    "states": dict(Effect.objects.values_list("state").annotate(Count("id"))),
    "unknown": list(Effect.objects.filter(state=Effect.UNKNOWN).values_list("key", flat=True)),
    "sent_facts": Event.objects.filter(kind="mail.sent").count(),
    "sent_messages": len(set(e.body["message"] for e in Event.objects.filter(kind="mail.sent"))),
    "resent": Effect.objects.filter(attempts__gt=1).count(),
    "ids": Event.objects.count() == last,
    "stuck": Stuck.objects.count(),
    "left": [x.name for x in load().values() if any(
        x.wants(kind, topic) for i, kind, topic in heads if i > positions.get(x.name, 0))],
}))
"""


class House:
    """A separate installation: its home, its database, and its worker process."""

    def __init__(self, home: Path, database: str, sink: Sink) -> None:
        self.home, self.sink = home, sink
        self.env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PYTHONWARNINGS")} | {
            "REIF_HOME": str(home), "EMAIL_URL": sink.url, "DJANGO_SETTINGS_MODULE": "reif.settings",
            "PYTHONPATH": str(Path(settings.PACKAGE).parent), "REIF_LOG": "ERROR",
        }  # fmt: skip
        if database:
            self.env["DATABASE_URL"] = database

    def run(self, script: str) -> str:
        done = subprocess.run(self._command(script), env=self.env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def nursery(self) -> Iterator[Nursery]:
        """A process that has loaded everything and forks workers, so that a birth takes no second."""
        process = subprocess.Popen(self._command(NURSERY), env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        with process:
            yield Nursery(process)
            process.stdin.close()  # type: ignore[union-attr]

    def _command(self, script: str) -> list[str]:
        return [sys.executable, "-c", f"import django; django.setup()\n{script}"]


class Nursery:
    """Starts workers and kills them."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._in, self._out = process.stdin, process.stdout

    def start(self) -> int:
        self._in.write(b"one more\n")  # type: ignore[union-attr]
        self._in.flush()  # type: ignore[union-attr]
        return int(self._out.readline())  # type: ignore[union-attr]

    def kill(self, worker: int) -> None:
        os.kill(worker, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:
                os.kill(worker, 0)
                time.sleep(0.001)


@contextmanager
def a_database() -> Iterator[str]:
    """On PostgreSQL a fresh one beside the test database; on SQLite none, the home has its own file."""
    default = settings.DATABASES["default"]
    if "postgresql" not in default["ENGINE"]:
        yield ""
        return
    user, password, host, port = (default[k] for k in ("USER", "PASSWORD", "HOST", "PORT"))
    name, url = f"crash_{uuid4().hex[:8]}", f"postgresql://{user}:{password}@{host}:{port}"
    with closing(psycopg.connect(f"{url}/postgres", autocommit=True)) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{url}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with tempfile.TemporaryDirectory() as home, a_database() as database, a_sink(slow=0.0004) as sink:
        house = House(Path(home), database, sink)
        house.run(f"MARKETING, SERVICE = {MARKETING}, {SERVICE}\n{PREPARE}")
        yield house


def _until(sink: Sink, taken: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while len(sink.taken) < taken and time.monotonic() < end:
        time.sleep(0.002)
    return len(sink.taken) >= taken


def test_twenty_deaths_lose_nothing_and_repeat_nothing(house: House) -> None:
    rng = random.Random(20261124)
    sink = house.sink
    total = MARKETING + SERVICE
    marks = sorted(rng.sample(range(1, total - 60), KILLS))
    with house.nursery() as nursery:
        for mark in marks:
            worker = nursery.start()
            assert _until(sink, mark, 60), f"nothing arrived after {len(sink.taken)}"
            time.sleep(rng.random() * 0.03)
            nursery.kill(worker)
        worker = nursery.start()
        assert _until(sink, total - KILLS, 60)
        time.sleep(1)
        nursery.kill(worker)
    report = json.loads(house.run(REPORT))
    arrived = Counter(message_from_bytes(raw)["Message-ID"] for _, raw in sink.taken)
    twice = [i for i, n in arrived.items() if n > 1]
    done = report["states"].get("2", 0)
    unknown = len(report["unknown"])
    sys.stdout.write(
        f"\n{KILLS} kills: {len(arrived)} mails arrived, {done} done, {unknown} in doubt, {len(twice)} resent\n"
    )
    assert done + unknown == total, report["states"]
    assert unknown + len(twice) <= KILLS
    assert all(key.startswith("m:") for key in report["unknown"])
    assert len(twice) <= report["resent"], "only service mails in doubt may go again, under the same Message-ID"
    assert total - unknown <= len(arrived) <= total
    assert report["sent_facts"] == report["sent_messages"] == done
    assert (report["ids"], report["stuck"], report["left"]) == (True, 0, [])


def test_the_database_file_is_sound(house: House) -> None:
    file = house.home / "reif.sqlite3"
    if file.exists():
        with closing(sqlite3.connect(file)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)

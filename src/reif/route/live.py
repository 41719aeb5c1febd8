"""What just happened to hand-overs, for everybody who has the inbox open.

One thread for each process waits for the database, however many pages are open, and ends with the last of them.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Max

from reif.log.models import Event
from reif.log.waking import Doorbell
from reif.route.models import Assignment

POLL = 0.5
KINDS = (
    "person.assigned", "person.unassigned", "assignment.accepted", "assignment.rejected", "sla.warned", "sla.breached",
)  # fmt: skip
log = structlog.get_logger("reif.live")


@dataclass(frozen=True)
class News:
    """One event with what a reader needs to know whether it is theirs."""

    event: int
    kind: str
    assignment: int
    owner: int
    team: int | None
    person: int
    name: str
    company: str

    def concerns(self, user: int, team: int | None, all_of_them: bool) -> bool:
        """Own, or of the own team, or everything."""
        return all_of_them or self.owner == user or (team is not None and team == self.team)


@dataclass(eq=False)
class Reader:
    """An open page."""

    loop: asyncio.AbstractEventLoop
    news: asyncio.Queue[News] = field(default_factory=lambda: asyncio.Queue(maxsize=200))

    def tell(self, news: News) -> None:
        """From any thread. A page that does not read loses news; it reloads its list anyway."""
        with suppress(RuntimeError):  # the loop is closed: the page is gone
            self.loop.call_soon_threadsafe(self._put, news)

    def _put(self, news: News) -> None:
        with suppress(asyncio.QueueFull):
            self.news.put_nowait(news)


_readers: set[Reader] = set()
_lock = threading.Lock()
_watch: threading.Thread | None = None


@contextmanager
def listening() -> Iterator[Reader]:
    """A reader that gets news until the block ends. Call it inside a running loop."""
    global _watch
    reader = Reader(asyncio.get_running_loop())
    with _lock:
        _readers.add(reader)
        if _watch is None or not _watch.is_alive():
            _watch = threading.Thread(target=_watch_log, name="inbox", daemon=True)
            _watch.start()
    try:
        yield reader
    finally:
        with _lock:
            _readers.discard(reader)


def _watch_log() -> None:
    bell, never = Doorbell(), threading.Event()
    last: int | None = None
    while _anybody():
        try:
            last = _pass_on(last)
            bell.wait(POLL, never)
        except DatabaseError as error:
            log.warning("database_away", error=str(error).splitlines()[0])
            close_old_connections()
            never.wait(POLL)
    bell.close()
    connection.close()


def _anybody() -> bool:
    global _watch
    with _lock:
        if not _readers:
            _watch = None
        return bool(_readers)


def _pass_on(last: int | None) -> int:
    """Tell everybody what is newer than `last`; the first call only finds out where the log ends."""
    if last is None:
        return int(Event.objects.aggregate(last=Max("id"))["last"] or 0)
    rows = list(Event.objects.filter(id__gt=last).order_by("id").values_list("id", "kind", "body")[:2000])
    wanted = {i: (kind, body.get("assignment", 0)) for i, kind, body in rows if kind in KINDS}
    for news in _news(wanted):
        with _lock:
            readers = list(_readers)
        for reader in readers:
            reader.tell(news)
    return rows[-1][0] if rows else last


def _news(events: dict[int, tuple[str, int]]) -> Iterator[News]:
    ids = [assignment for _kind, assignment in events.values()]
    rows = Assignment.objects.filter(id__in=ids).select_related("person__company", "owner") if ids else ()
    found = {row.pk: row for row in rows}
    for event, (kind, assignment) in events.items():
        row = found.get(assignment)
        if row is None:
            yield News(event, kind, 0, 0, None, 0, "", "")
            continue
        company = row.person.company.name if row.person.company else row.person.company_name
        yield News(event, kind, row.pk, row.owner_id, row.owner.team_id, row.person_id, row.person.name, company)

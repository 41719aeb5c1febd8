"""Take what the door wrote down into the log: each event once, whoever can be known is known, machines told apart.

Says visit.began, page.viewed, page.left, form.started, call.viewed, call.clicked, link.followed, event.tracked,
person.created, visitor.identified.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec
import structlog
from django.db import OperationalError

from reif.capture.web.counting import add, count, counted
from reif.capture.web.facts import fact_of
from reif.capture.web.identity import resolve
from reif.capture.web.purge import plan_purge
from reif.capture.web.seen import first_time
from reif.capture.web.visits import visits
from reif.door.canonical import Canonical
from reif.door.spool import Row, Spool, decode
from reif.door.unavailable import Unavailable
from reif.kit.clock import now
from reif.log.append import append, writing

ROWS = 5_000
BYTES = 3_000_000
log = structlog.get_logger("reif.capture")


def pull() -> bool:
    """One batch from the spool. A crash between the two steps brings rows again; their events are known then."""
    try:
        rows = spool().read(ROWS, BYTES)
        if not rows:
            return False
        take([event for row in rows for event in _events(row)])
        spool().delete(row.id for row in rows)
    except Unavailable as error:
        raise OperationalError(str(error)) from error
    return True


def waits() -> bool:
    """Whether there is anything to pull, or nobody can say: then `pull` says why."""
    try:
        return spool().waits()
    except Unavailable:
        return True


def take(events: Sequence[Canonical]) -> None:
    """All in one transaction; when one of them breaks it, the halves are tried, and the one is left out and logged."""
    try:
        with writing():
            _take(events)
            plan_purge()
    except OperationalError:
        raise
    except Exception as error:
        if len(events) == 1:
            log.exception("event_left_out", message_id=events[0].message_id, type=events[0].type)
            count("bad", "")
            return
        log.warning("batch_halved", events=len(events), error=type(error).__name__)
        middle = len(events) // 2
        take(events[:middle])
        take(events[middle:])


def _take(events: Sequence[Canonical]) -> None:
    fresh = first_time(events)
    known = [e for e in fresh if _may_be_known(e)]
    who = resolve(known)
    told = [(event, *who.of(event)) for event in known]
    append(*visits(told))
    append(*(fact for event, *people in told if (fact := fact_of(event, *people)) is not None))
    add(counted(fresh))


def _may_be_known(event: Canonical) -> bool:
    """Without personal consent an event leaves a count and nothing else, and so do our own people.

    Servers that say nothing of consent vouch for it.
    """
    if event.context.own:
        return False
    if event.type == "beacon":
        return event.context.consent == "personal" and event.anonymous_id is not None
    return event.context.consent not in ("none", "aggregate")


def _events(row: Row) -> Iterable[Canonical]:
    try:
        return decode(row)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return list(_readable(row))


def _readable(row: Row) -> Iterable[Canonical]:
    """The lines of a row that can be read; the door writes no others, so each that cannot is logged."""
    for line in row.events.splitlines():
        try:
            yield msgspec.json.decode(line, type=Canonical)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.error("line_left_out", row=row.id, error=str(error), at=now().isoformat())


@cache
def spool() -> Spool:
    """The door's spool, opened once a process."""
    return Spool()

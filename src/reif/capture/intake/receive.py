"""Take a call at /in/<connection>: is it from whom it says, what does it bring, and what became of each of its leads.

Everything that was taken is in the log before the sender hears so; a sender that sends again gets the same row again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from reif.capture.intake.fetch import ask_for
from reif.capture.intake.parse import parsed
from reif.capture.intake.platforms import Notice, platform
from reif.capture.intake.take import Arrived, take
from reif.capture.intake.verify import Refused, Sent, allowed
from reif.capture.models.intake import Call, Connection
from reif.capture.throttle import Throttle
from reif.kit.clock import now

MOST_BYTES = 1024 * 1024
REFUSALS = Throttle(rate=0.5, burst=30)
"""How many refused calls of a connection are noted: who guesses secrets must not fill the log."""
SECRET_WORDS = ("authorization", "cookie", "signature", "secret", "token", "key", "forwarded", "real-ip")


@dataclass(frozen=True)
class Reply:
    """How many leads a call brought, and how many of them were here already."""

    taken: int
    again: int


def receive(connection: Connection, sent: Sent) -> Reply:
    """Raises Refused, after noting it."""
    try:
        notices = _opened(connection, sent)
    except Refused as refused:
        _note(connection, sent, refused)
        raise
    with transaction.atomic():
        calls, again = _log(connection, sent, notices)
        ask_for([call for call in calls if call.state == Call.State.WAITING])
        ready = [(c, n) for c, n in calls.items() if c.state == Call.State.TAKEN]
        take([Arrived(call, connection, notice.data) for call, notice in ready])
    return Reply(len(calls), again)


def _opened(connection: Connection, sent: Sent) -> list[Notice]:
    if connection.paused_at:
        raise Refused("paused", 503)
    allowed(sent, list(connection.how.get("networks") or []))
    side = platform(connection.kind)
    side.check(connection, sent)
    told = parsed(sent.body)
    notices = side.notices(connection, told)
    if connection.how.get("way") == "standard" and not connection.how.get("id"):
        name = sent.headers.get("webhook-id", "")[:180]
        notices = [_renamed(n, f"{name}:{i}") for i, n in enumerate(notices)]
    return notices


def _log(connection: Connection, sent: Sent, notices: Sequence[Notice]) -> tuple[dict[Call, Notice], int]:
    """A row for each notice that is new; those that came before are counted on the row that is there."""
    wanted = {notice.key: notice for notice in notices}
    known = {c.key: c for c in Call.objects.select_for_update().filter(connection=connection, key__in=wanted)}
    Call.objects.filter(pk__in=[c.pk for c in known.values()]).update(times=F("times") + 1)
    fresh = [_row(connection, sent, notice) for key, notice in wanted.items() if key not in known]
    Call.objects.bulk_create(fresh, ignore_conflicts=True)
    made = Call.objects.filter(connection=connection, key__in=[c.key for c in fresh])
    return {call: wanted[str(call.key)] for call in made}, len(known)


def _row(connection: Connection, sent: Sent, notice: Notice) -> Call:
    moment = now()
    state = Call.State.TAKEN if notice.complete else Call.State.WAITING
    if notice.test or notice.ignored:
        state = Call.State.TEST if notice.test else Call.State.IGNORED
    call = Call(
        connection=connection, key=notice.key[:200], at=moment, state=state, reason=notice.ignored, lead=notice.lead,
        headers=shown(sent, connection), size=len(sent.body), forget_at=moment + timedelta(days=connection.keep_days),
    )  # fmt: skip
    call.keep(notice.data)
    return call


def shown(sent: Sent, connection: Connection) -> dict[str, str]:
    """Headers worth looking at later: no secrets, no addresses."""
    own = str(connection.how.get("header", "")).lower()
    kept = {k: v[:200] for k, v in sent.headers.items() if k != own and not any(w in k for w in SECRET_WORDS)}
    return dict(sorted(kept.items())[:30])


def _note(connection: Connection, sent: Sent, refused: Refused) -> None:
    """A refused call is noted without its body: nobody knows whose it is."""
    if REFUSALS.take(connection.key) == 0:
        Call.objects.create(
            connection=connection, at=now(), state=Call.State.REFUSED, reason=refused.code, size=len(sent.body),
            headers=shown(sent, connection),
        )  # fmt: skip


def _renamed(notice: Notice, key: str) -> Notice:
    return Notice(f"id:{key}", notice.data, notice.lead, notice.complete, notice.test, notice.ignored)

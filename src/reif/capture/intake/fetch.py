"""Fetch the answers of leads whose platform sent only an id: an effect in the outbox each, tried again for two days.

The addresses are the platforms' own, from the settings, and an id goes in only after it has been found to be one: nothing
that a caller sends decides whom we ask. Redirects are not followed.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import httpx
import structlog

from reif.capture.intake.parse import parsed
from reif.capture.intake.platforms import fetcher
from reif.capture.intake.take import Arrived, take
from reif.capture.intake.verify import Refused
from reif.capture.models.intake import Call
from reif.kit.clock import now
from reif.log.append import writing
from reif.log.models import Effect
from reif.log.outbox import Outcome, claim, effect, enqueue, leases_over, report, waiting

CHANNEL = "intake"
BATCH = 20
LEASE = timedelta(minutes=5)
STEPS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440)]
MOST_BYTES = 512 * 1024
LOOK = 60.0
log = structlog.get_logger("reif.intake")
_looked = threading.local()


class NotYet(Exception):
    """The platform did not answer as it should; try later. code: for the log of calls."""

    def __init__(self, code: str, note: str = "") -> None:
        super().__init__(code)
        self.code, self.note = code, note[:300]


class Never(NotYet):
    """Trying again would change nothing until somebody mends the connection."""


def ask_for(calls: Iterable[Call], again: bool = False) -> None:
    """Queue the fetching of these calls' leads. Call it in the transaction that noted them."""
    moment = now()
    enqueue(
        effect(f"intake:{c.pk}" + (f":{moment:%Y%m%d%H%M%S%f}" if again else ""), CHANNEL, body={"call": c.pk})
        for c in calls
    )


def drain() -> bool:
    """One batch. True when there may be more."""
    _release_late()
    if not waiting(CHANNEL):
        return False
    claimed = claim(CHANNEL, f"intake:{os.getpid()}", BATCH, LEASE)
    calls = {
        c.pk: c for c in Call.objects.filter(pk__in=[e.body["call"] for e in claimed]).select_related("connection")
    }
    with httpx.Client(timeout=10, follow_redirects=False) as client:
        for one in claimed:
            _carry_out(one, calls.get(one.body["call"]), client)
    return bool(claimed)


def _carry_out(one: Effect, call: Call | None, client: httpx.Client) -> None:
    if call is None or call.state == Call.State.TAKEN:
        return report([Outcome(one.id, Effect.SKIPPED, note="no longer wanted")])
    try:
        data = _fetched(call, client)
    except NotYet as trouble:
        return _later(one, call, trouble)
    call.keep(data)
    call.save(update_fields=["sealed"])
    take([Arrived(call, call.connection, data)])
    report([Outcome(one.id, Effect.DONE)])
    return None


def _fetched(call: Call, client: httpx.Client) -> dict[str, Any]:
    """What the notice said, and over it what the platform tells of the lead."""
    if not call.connection.secrets.get("access_token"):
        raise Never("no_token")
    notice = dict(call.data or {})
    wanted = fetcher(call.connection.kind)(call.connection, notice)
    if wanted is None:
        raise Never("bad_lead_id")
    address, params, headers = wanted
    return notice | _answer(client, address, params, headers)


def _answer(client: httpx.Client, address: str, params: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    try:
        with client.stream("GET", address, params=params, headers=headers) as response:
            body = b""
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise Never("answer_too_large")
            status = response.status_code
    except httpx.HTTPError as error:
        raise NotYet("unreachable", type(error).__name__) from None
    return _judged(status, body)


def _judged(status: int, body: bytes) -> dict[str, Any]:
    try:
        told = parsed(body)
    except Refused:
        told = None
    if status == 200 and isinstance(told, dict):
        return told
    whole = told if isinstance(told, dict) else {}
    error = whole["error"] if isinstance(whole.get("error"), dict) else {"message": whole.get("message", "")}
    words = str(error.get("message", ""))
    if status in (401, 403) or error.get("code") in (10, 102, 190, 200):
        raise Never("token_refused", words)
    if status in (400, 404, 410):
        raise Never("lead_gone", words)
    raise NotYet("rate_limited" if status == 429 else "platform_error", f"{status} {words}")


def _later(one: Effect, call: Call, trouble: NotYet) -> None:
    final = isinstance(trouble, Never) or one.attempts >= len(STEPS)
    call.state = Call.State.FAILED if final else Call.State.WAITING
    call.reason, call.note = trouble.code, trouble.note
    log.warning("lead_not_fetched", call=call.pk, reason=trouble.code, tries=one.attempts + 1)
    with writing():
        call.save(update_fields=["state", "reason", "note"])
        if final:
            report([Outcome(one.id, Effect.FAILED, code=trouble.code, note=trouble.note)])
        else:
            again = now() + STEPS[one.attempts]
            report([Outcome(one.id, Effect.READY, code=trouble.code, note=trouble.note, again_at=again)])


def _release_late() -> None:
    """Fetching twice does no harm, so what a dead process held is simply done again."""
    if time.monotonic() - getattr(_looked, "at", -LOOK) < LOOK:
        return
    _looked.at = time.monotonic()
    with writing():
        report([Outcome(one.id, Effect.READY, tried=False) for one in leases_over(CHANNEL)])

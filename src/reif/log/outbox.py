"""Effects on the world: written with the facts that ask for them, carried out by a channel, once.

A channel claims a batch under a lease, does the work, and reports. A claim is committed before the first byte leaves,
so a crash leaves rows that are claimed by a dead owner; only that owner's journal knows which of them went out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from reif.kit.clock import now
from reif.log.models import Effect
from reif.log.waking import again_in, knock

Drain = Callable[[], bool]
CHANNELS: dict[str, Drain] = {}
LATER = 1.0  # seconds


@dataclass(frozen=True)
class Outcome:
    """What became of an effect. `state` is one of Effect's; READY with `again_at` means: try later.

    tried: an attempt was made and counts; False puts the effect back as if it had never been claimed.
    """

    effect: int
    state: int
    code: str = ""
    note: str = ""
    again_at: datetime | None = None
    tried: bool = True


def channel(name: str, drain: Drain) -> None:
    """Register what carries out the effects of a channel; the worker calls it until it returns False."""
    CHANNELS[name] = drain


def enqueue(effects: Iterable[Effect]) -> None:
    """Store effects; one whose key is already there is left as it is. Call it in the transaction of its cause."""
    if Effect.objects.bulk_create(effects, ignore_conflicts=True, batch_size=2000):
        knock()


def effect(key: str, channel: str, *, person: int | None = None, cause: int | None = None, priority: int = 5,
           not_before: datetime | None = None, expires_at: datetime | None = None,
           body: dict[str, object] | None = None) -> Effect:  # fmt: skip
    """An effect to enqueue, queued now."""
    moment = now()
    return Effect(
        key=key, channel=channel, person_id=person, cause_id=cause, priority=priority, body=body or {},
        queued_at=moment, not_before=not_before or moment, expires_at=expires_at,
    )  # fmt: skip


def waiting(channel: str) -> bool:
    """Is anything due? One look at an index, cheap enough to ask all day; each second, while something waits for its time."""
    ready = Effect.objects.filter(channel=channel, state=Effect.READY)
    if ready.filter(not_before__lte=now()).exists():
        return True
    if ready.exists():
        again_in(LATER)
    return False


def claim(channel: str, owner: str, limit: int, lease: timedelta) -> list[Effect]:
    """Take up to `limit` due effects for `owner`, most urgent first. Committed on return."""
    moment = now()
    with transaction.atomic():
        due = Effect.objects.filter(channel=channel, state=Effect.READY, not_before__lte=moment)
        picked = list(due.select_for_update(skip_locked=True).order_by("priority", "not_before", "id")[:limit])
        for one in picked:
            one.state, one.owner, one.lease_until = Effect.CLAIMED, owner, moment + lease
        Effect.objects.filter(id__in=[p.id for p in picked]).update(
            state=Effect.CLAIMED, owner=owner, lease_until=moment + lease
        )
    return picked


def claimed_by(owner: str) -> list[Effect]:
    """What an owner holds, locked: for the recovery after its death, inside a transaction."""
    return list(Effect.objects.select_for_update().filter(owner=owner, state=Effect.CLAIMED).order_by("id"))


def leases_over(channel: str) -> list[Effect]:
    """Claimed effects whose owner did not report in time, locked: it is gone or cut off."""
    late = Effect.objects.filter(channel=channel, state=Effect.CLAIMED, lease_until__lt=now())
    return list(late.select_for_update(skip_locked=True).order_by("id")[:2000])


def withdraw(effects: Iterable[int], note: str) -> list[int]:
    """Take back those of these effects that nobody has claimed yet, inside a transaction. Returns which."""
    rows = Effect.objects.select_for_update().filter(id__in=list(effects), state=Effect.READY)
    taken = list(rows.values_list("id", flat=True))
    Effect.objects.filter(id__in=taken).update(state=Effect.SKIPPED, note=note, done_at=now())
    return taken


_SETTLE = """UPDATE log_effect SET state = %s, code = %s, note = %s, owner = '', lease_until = NULL,
attempts = attempts + %s, not_before = COALESCE(%s, not_before), done_at = %s WHERE id = %s"""


def report(outcomes: list[Outcome]) -> None:
    """Write what became of claimed effects. Call it inside `writing()` when facts go with it."""
    if not outcomes:
        return
    moment = now()
    with connection.cursor() as cursor:
        cursor.executemany(_SETTLE, [_row(o, moment) for o in outcomes])


def _row(outcome: Outcome, moment: datetime) -> tuple[Any, ...]:
    again = outcome.state == Effect.READY
    adapt = connection.ops.adapt_datetimefield_value
    return (
        outcome.state,
        outcome.code[:16],
        outcome.note[:500],
        int(outcome.tried),
        adapt(outcome.again_at) if again and outcome.again_at else None,
        None if again else adapt(moment),
        outcome.effect,
    )

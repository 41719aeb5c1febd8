"""Effects on the world: written with the facts that ask for them, carried out by a channel, once.

A channel claims a batch under a lease, does the work, and reports. A claim is committed before the first byte leaves,
so a crash leaves rows that are claimed by a dead owner; only that owner's journal knows which of them went out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from reif.kit.clock import now
from reif.log.models import Effect

Drain = Callable[[], bool]
CHANNELS: dict[str, Drain] = {}


@dataclass(frozen=True)
class Outcome:
    """What became of an effect. `state` is one of Effect's; READY with `again_at` means: try later."""

    effect: int
    state: int
    code: str = ""
    note: str = ""
    again_at: datetime | None = None


def channel(name: str, drain: Drain) -> None:
    """Register what carries out the effects of a channel; the worker calls it until it returns False."""
    CHANNELS[name] = drain


def enqueue(effects: Iterable[Effect]) -> None:
    """Store effects; one whose key is already there is left as it is. Call it in the transaction of its cause."""
    Effect.objects.bulk_create(effects, ignore_conflicts=True, batch_size=2000)


def effect(key: str, channel: str, *, person: int | None = None, cause: int | None = None, priority: int = 5,
           not_before: datetime | None = None, expires_at: datetime | None = None,
           body: dict[str, object] | None = None) -> Effect:  # fmt: skip
    """An effect to enqueue, queued now."""
    moment = now()
    return Effect(
        key=key, channel=channel, person_id=person, cause_id=cause, priority=priority, body=body or {},
        queued_at=moment, not_before=not_before or moment, expires_at=expires_at,
    )  # fmt: skip


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


def report(outcomes: list[Outcome]) -> None:
    """Write what became of claimed effects. Call it inside `writing()` when facts go with it."""
    moment = now()
    rows = {e.id: e for e in Effect.objects.filter(id__in=[o.effect for o in outcomes])}
    for o in outcomes:
        row = rows[o.effect]
        row.state, row.code, row.note, row.owner, row.lease_until = o.state, o.code[:16], o.note, "", None
        if o.state == Effect.READY:
            row.not_before, row.attempts = o.again_at or moment, row.attempts + 1
        else:
            row.done_at = moment
    Effect.objects.bulk_update(
        rows.values(),
        ["state", "code", "note", "owner", "lease_until", "not_before", "attempts", "done_at"],
        batch_size=500,
    )

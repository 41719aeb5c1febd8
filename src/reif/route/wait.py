"""Keep those whom nobody could take where the manager sees them, and set a time for the next try.

Says person.unassigned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.routing import PersonUnassigned
from reif.log.clock import wake_many
from reif.log.models import Timer
from reif.playbook.current import revision
from reif.route.give import RETRY
from reif.route.models import Waiting

AGAIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Wait:
    """Nobody for this person: nobody, away, full, had_it, no_rule, or resting until a day."""

    person: int
    event: int | None
    reason: str
    rule: str = ""
    until: date | None = None


def keep_waiting(waits: list[Wait]) -> None:
    """Store them, say so when it is new or for another reason, and set a time for the next try."""
    if not waits:
        return
    known = {w.person_id: w for w in Waiting.objects.filter(person__in=[w.person for w in waits])}
    Waiting.objects.bulk_create(
        [_row(w, known.get(w.person)) for w in waits],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["reason", "rule", "revision", "tries", "rest_until"],
    )
    wake_many(Timer(name=RETRY, about=w.person, at=_next(w), person_id=w.person) for w in waits)
    news = [w for w in waits if w.person not in known or known[w.person].reason != w.reason]
    append(*(PersonUnassigned(person=w.person, topic=w.reason, revision=revision(), cause=w.event) for w in news))


def _row(wait: Wait, before: Waiting | None) -> Waiting:
    return Waiting(
        person_id=wait.person, reason=wait.reason, rule=wait.rule, revision=revision(), event_id=wait.event,
        since=before.since if before else now(), tries=before.tries + 1 if before else 1, rest_until=wait.until,
    )  # fmt: skip


def _next(wait: Wait) -> datetime:
    return datetime.combine(wait.until, time(5), UTC) if wait.until else now() + AGAIN

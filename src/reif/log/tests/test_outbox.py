"""The outbox: one row for one key, claimed by one owner, reported once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reif.kit.clock import now
from reif.log.models import Effect
from reif.log.outbox import Outcome, claim, effect, enqueue, report

pytestmark = pytest.mark.django_db


def test_a_second_attempt_to_queue_is_a_no_op() -> None:
    enqueue([effect("j:1:1", "mail", person=1)])
    enqueue([effect("j:1:1", "mail", person=1), effect("j:1:2", "mail", person=1)])
    assert Effect.objects.count() == 2


def test_urgent_effects_come_first_and_later_ones_wait() -> None:
    enqueue(
        [
            effect("a", "mail"),
            effect("b", "mail", priority=1),
            effect("c", "mail", not_before=now() + timedelta(hours=1)),
        ]
    )
    assert [e.key for e in claim("mail", "me", 10, timedelta(minutes=5))] == ["b", "a"]
    assert claim("mail", "you", 10, timedelta(minutes=5)) == []


def test_reports_close_or_postpone() -> None:
    enqueue([effect("a", "mail"), effect("b", "mail")])
    a, b = claim("mail", "me", 10, timedelta(minutes=5))
    later = now() + timedelta(minutes=10)
    report([Outcome(a.id, Effect.DONE, "250"), Outcome(b.id, Effect.READY, "451", "busy", later)])
    a.refresh_from_db()
    b.refresh_from_db()
    assert (a.state, a.code) == (Effect.DONE, "250")
    assert a.done_at is not None
    assert (b.state, b.attempts, b.not_before) == (Effect.READY, 1, later)

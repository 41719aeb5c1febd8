"""Listeners: each event once, in batches, the failing one set aside, time as events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.kit.clock import now, travel
from reif.log import hear as hearing
from reif.log.append import append, append_each, writing
from reif.log.catalogue.people import PersonCreated, PersonStaged
from reif.log.catalogue.timers import TimerFired
from reif.log.clock import cancel, wake
from reif.log.event import Event
from reif.log.hear import hear
from reif.log.listen import forget_positions, listen_once
from reif.log.models import Cursor, Stuck, Timer
from reif.log.models import Event as Row
from reif.log.read import causes
from reif.log.stuck import let_go, retry
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
heard: list[Event[Any]] = []
poison: set[int] = set()


def note(events: list[Event[Any]]) -> None:
    bad = poison & {e.person for e in events}
    if bad:
        raise ValueError(f"cannot take person {bad.pop()}")
    heard.extend(events)


def answer(events: list[Event[Any]]) -> None:
    append(*(PersonStaged(person=e.person, topic="lead", cause=e.id) for e in events))


def circle(events: list[Event[Any]]) -> None:
    append(*(PersonStaged(person=e.person, topic="lead", cause=e.id) for e in events))


def ring(events: list[Event[Any]]) -> None:
    heard.extend(events)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the listeners of the test."""
    monkeypatch.setattr(hearing, "LISTENERS", {})
    monkeypatch.setattr("reif.log.listen.load", lambda: hearing.LISTENERS)
    monkeypatch.setattr("reif.log.worker.load", lambda: hearing.LISTENERS)
    monkeypatch.setattr("reif.log.stuck.load", lambda: hearing.LISTENERS)
    monkeypatch.setattr("reif.log.worker.FEEDS", {})
    monkeypatch.setattr("reif.log.worker.CHANNELS", {})
    heard.clear()
    poison.clear()


def create(*people: int) -> None:
    with writing():
        append(*(PersonCreated(person=p) for p in people))


def test_each_event_comes_once_and_in_order() -> None:
    hear(PersonCreated, note)
    create(1, 2, 3)
    settle()
    create(4)
    settle()
    settle()
    assert [e.person for e in heard] == [1, 2, 3, 4]


def test_a_verb_hears_only_what_it_asked_for() -> None:
    hear(PersonStaged, note)
    create(1)
    with writing():
        append(PersonStaged(person=2, topic="mql", recycled=True))
    settle()
    assert [(e.topic, e.fact.recycled) for e in heard] == [("mql", True)]


def test_what_nobody_asks_for_is_passed_over_and_never_heard_later() -> None:
    asked = {"mql"}
    hear((PersonCreated, PersonStaged), note, {PersonStaged: lambda topic: topic in asked})
    with writing():
        append(*(PersonStaged(person=n, topic=("lead", "mql")[n % 2]) for n in range(6)))
    settle()
    assert [e.person for e in heard] == [1, 3, 5]
    with writing():
        append(PersonStaged(person=7, topic="lead"))
    settle()
    asked.add("lead")
    forget_positions()  # as a worker that is started anew
    with writing():
        append(PersonStaged(person=8, topic="lead"))
    settle()
    assert [e.person for e in heard] == [1, 3, 5, 8]
    assert Cursor.objects.get().position == Row.objects.latest("id").id


def test_passing_over_thousands_costs_one_small_write_a_window() -> None:
    hear(PersonStaged, note, {PersonStaged: lambda topic: topic == "mql"})
    with writing():
        append_each(PersonStaged(topic="lead"), range(1, 4001))
    with CaptureQueriesContext(connection) as queries:
        settle()
    assert heard == []
    assert sum("body" in q["sql"] for q in queries) == 0
    assert sum(q["sql"].startswith("UPDATE") for q in queries) <= 3


def test_the_one_bad_event_is_set_aside_and_the_rest_goes_on() -> None:
    hear(PersonCreated, note)
    poison.add(37)
    create(*range(100))
    settle()
    assert [e.person for e in heard] == [n for n in range(100) if n != 37]
    stuck = Stuck.objects.get()
    assert "cannot take person 37" in stuck.error
    assert retry([stuck]) == []
    poison.clear()
    assert retry([Stuck.objects.get()]) == [stuck]
    assert heard[-1].person == 37


def test_what_is_let_go_is_closed() -> None:
    hear(PersonCreated, note)
    poison.add(1)
    create(1)
    settle()
    let_go(list(Stuck.objects.all()), by=7)
    stuck = Stuck.objects.get()
    assert stuck.let_go
    assert stuck.done_by_id == 7


def test_a_failing_batch_leaves_nothing_half_done() -> None:
    def write_then_fail(events: list[Event[Any]]) -> None:
        append(*(PersonStaged(person=e.person, topic="lead", cause=e.id) for e in events))
        raise ValueError("after the fact")

    hear(PersonCreated, write_then_fail)
    create(1, 2)
    settle()
    assert Row.objects.filter(kind="person.staged").count() == 0
    assert Stuck.objects.count() == 2


def test_causes_form_a_chain() -> None:
    hear(PersonCreated, answer)
    hear(PersonStaged, note)
    create(5)
    settle()
    chain = causes(heard[0].id)
    assert [e.kind for e in chain] == ["person.staged", "person.created"]
    assert heard[0].depth == 1


def test_a_circle_stops_at_the_depth_stop_and_is_visible() -> None:
    hear((PersonCreated, PersonStaged), circle)
    create(1)
    settle()
    assert Row.objects.order_by("-depth").first().depth == 20  # type: ignore[union-attr]
    assert "TooDeep" in Stuck.objects.get().error


def test_a_timer_fires_once_when_its_moment_comes() -> None:
    hear(TimerFired.of("route.sla"), ring)
    wake("route.sla", at=now() + timedelta(hours=2), about=9, person=4)
    wake("other", at=now() + timedelta(hours=1), about=9)
    settle()
    assert heard == []
    settle(at=now() + timedelta(hours=3))
    settle(at=now() + timedelta(hours=4))
    assert [(e.topic, e.fact.about, e.person) for e in heard] == [("route.sla", 9, 4)]
    assert not Timer.objects.exists()


def test_a_timer_can_be_moved_and_cancelled() -> None:
    hear(TimerFired.of("route.sla"), ring)
    wake("route.sla", at=now() + timedelta(hours=1), about=1)
    wake("route.sla", at=now() + timedelta(hours=5), about=1)
    wake("route.sla", at=now() + timedelta(hours=1), about=2)
    cancel("route.sla", 2)
    settle(at=now() + timedelta(hours=2))
    assert heard == []
    with travel(timedelta(hours=6)):
        settle()
    assert len(heard) == 1


def test_waiting_costs_one_query_for_all_listeners() -> None:
    hear(PersonCreated, note)
    hear(PersonStaged, answer)
    create(1)
    forget_positions()
    while listen_once():
        pass
    with CaptureQueriesContext(
        connection,
    ) as queries:
        listen_once()
    assert len(queries) == 1


def test_positions_survive_a_restart() -> None:
    hear(PersonCreated, note)
    create(1, 2)
    settle()
    assert Cursor.objects.get().position == Row.objects.latest("id").id
    forget_positions()
    listen_once()
    assert len(heard) == 2

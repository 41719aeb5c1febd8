"""Facts: in the transaction that made them true, in one order, with their causes."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from reif.kit.clock import now
from reif.log.append import NotStated, NotWriting, TooDeep, append, append_each, silent, writing
from reif.log.catalogue.people import PersonCreated, PersonStaged
from reif.log.models import Event, Text

pytestmark = pytest.mark.django_db


def test_a_fact_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NotWriting):
        append(PersonCreated(person=1))


def test_facts_vanish_with_their_transaction() -> None:
    def state_and_fail() -> None:
        with writing():
            append(PersonCreated(person=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        state_and_fail()
    assert not Event.objects.exists()


def test_facts_keep_their_order_and_their_free_text_apart() -> None:
    with writing():
        append(PersonCreated(person=1, topic="form"))
        with writing():
            append(PersonStaged(person=1, topic="lead", text="said on the phone"))
    first, second = Event.objects.order_by("id")
    assert (first.kind, second.kind) == ("person.created", "person.staged")
    assert Text.objects.get().event_id == second.id
    assert "said" not in str(second.body)


def test_depth_grows_along_the_causes_and_stops_at_twenty() -> None:
    with writing():
        append(PersonCreated(person=1))
    event = Event.objects.get()
    for expected in range(1, 21):
        with writing():
            append(PersonCreated(person=1, cause=event.id))
        event = Event.objects.latest("id")
        assert event.depth == expected
    with pytest.raises(TooDeep), writing():
        append(PersonCreated(person=1, cause=event.id))


def test_a_fact_can_name_as_its_cause_one_that_has_no_number_yet() -> None:
    with writing():
        append(PersonCreated(person=1))
    before = Event.objects.get()
    with writing():
        created, twin = (PersonCreated(person=2, cause=before.id) for _ in range(2))
        append(created, twin)
        staged = PersonStaged(person=2, topic="lead", cause=twin)
        append(staged, PersonStaged(person=2, topic="mql", cause=staged))
    _created, second, lead, mql = Event.objects.exclude(id=before.id).order_by("id")
    assert (second.cause_id, lead.cause_id, mql.cause_id) == (before.id, second.id, lead.id)
    assert [e.depth for e in (second, lead, mql)] == [1, 2, 3]


def test_a_cause_that_was_never_stated_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(NotStated), writing():
        append(PersonStaged(person=1, cause=PersonCreated(person=1)))
    assert not Event.objects.exists()


def test_a_chain_within_one_transaction_stops_at_twenty() -> None:
    chain = [PersonCreated(person=1)]
    for _ in range(21):
        chain.append(PersonCreated(person=1, cause=chain[-1]))
    with pytest.raises(TooDeep), writing():
        append(*chain)


@pytest.mark.django_db(transaction=True)
def test_two_writers_never_commit_below_an_id_that_was_read() -> None:
    """A slow transaction must not appear behind a reader that has seen a higher id."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    reached, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with writing():
            append(PersonCreated(person=1))
            reached.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    reached.wait(10)
    with writing():
        append(PersonCreated(person=2))
    seen = list(Event.objects.order_by("id").values_list("id", "person_id"))
    go_on.set()
    thread.join()
    later = list(Event.objects.order_by("id").values_list("id", "person_id"))
    assert seen == [(seen[0][0], 2)]
    assert later[: len(seen)] == seen
    assert later[-1][1] == 1


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_no_gap_behind_a_reader() -> None:
    """Readers that go on from the highest id they saw meet every event."""
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite is one connection; the file database is tried in the crash test")
    done = threading.Event()
    met: list[int] = []

    def write(person: int) -> None:
        for _ in range(20):
            with transaction.atomic(), writing():
                append(PersonCreated(person=person))
        connection.close()

    def read() -> None:
        last = 0
        while True:
            finished = done.is_set()
            fresh = list(Event.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True))
            met.extend(fresh)
            last = fresh[-1] if fresh else last
            if finished and not fresh:
                break
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    writers = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for w in writers:
        w.start()
    for w in writers:
        w.join()
    done.set()
    reader.join()
    assert met == sorted(met)
    assert len(met) == 80


def test_the_time_of_an_event_can_lie_in_the_past() -> None:
    moment = now()
    with writing():
        append(PersonCreated(person=1, at=moment))
    event = Event.objects.get()
    assert event.at == moment
    assert event.recorded_at >= moment


def test_one_fact_of_many_people_is_numbered_behind_the_others_with_its_cause() -> None:
    with writing():
        append(PersonCreated(person=1))
    cause = Event.objects.get().id
    with writing():
        append_each(PersonStaged(topic="lead", cause=cause, actor=7), [5, 3, 4])
        append(PersonCreated(person=2))
    kept = Event.objects.order_by("id").values_list("id", "kind", "person_id", "depth", "topic")[1:]
    assert list(kept) == [
        (cause + 1, "person.created", 2, 0, ""),
        *((cause + 2 + n, "person.staged", person, 1, "lead") for n, person in enumerate((5, 3, 4))),
    ]
    assert {e.actor_id for e in Event.objects.filter(kind="person.staged")} == {7}


def test_one_fact_of_many_takes_one_statement_and_none_for_nobody() -> None:
    with CaptureQueriesContext(connection) as queries, writing():
        append_each(PersonStaged(topic="lead"), list(range(1, 3001)))
    assert sum("INSERT INTO log_event" in q["sql"] for q in queries) == 1
    assert Event.objects.filter(kind="person.staged").count() == 3000
    with CaptureQueriesContext(connection) as queries, writing():
        append_each(PersonStaged(topic="lead"), [])
    assert not any("log_event" in q["sql"] for q in queries)
    with silent():
        append_each(PersonStaged(topic="lead"), [1])
    assert Event.objects.count() == 3000
    with pytest.raises(NotWriting):
        append_each(PersonStaged(topic="lead"), [1])

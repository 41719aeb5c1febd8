"""Segments by sets: whatever happened, everybody gone through in pieces, with the lake or without, is who each person asked is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reif.crm.models import Member, Person
from reif.crm.tests.people import a_person
from reif.kit.clock import now, travel
from reif.lake.partitions import empty
from reif.log.append import writing
from reif.log.catalogue.mail import MailUnsubscribed
from reif.log.catalogue.people import PersonChanged
from reif.log.catalogue.qualification import PersonScored
from reif.log.catalogue.timers import TimerFired
from reif.log.event import event_of
from reif.log.models import Event
from reif.log.rebuild import rebuild
from reif.log.worker import settle
from reif.qualify.models import Sorting, Tally
from reif.qualify.segments import answers, asking, keep, sort
from reif.qualify.segments.growth import growth, sizes
from reif.qualify.segments.in_force import moving
from reif.qualify.tests.test_properties import START, World, histories
from reif.qualify.tests.ways import happen, in_force, view
from reif.rules.memory import reader
from reif.rules.record import records

pytestmark = pytest.mark.django_db
HARD = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
PRICES = {"did": "page.viewed", "topic": "/preise"}
SEGMENTS: dict[str, Any] = {"segment": [
    {"key": "outer", "when": {"all": [{"field": "segment", "op": "is", "value": "priced"}, {"field": "segment", "op": "is not", "value": "boss"}]}},
    {"key": "large", "when": {"field": "company.size", "op": ">=", "value": 50}},
    {"key": "priced", "when": {**PRICES, "within": "20d"}},
    {"key": "busy", "when": {"any": [{"did": "page.viewed", "topic": "/blog/*", "at_least": 2}, {"not": {"did": "mail.clicked"}}]}},
    {"key": "boss", "when": {"field": "job_title", "op": "contains", "value": "leitung"}},
]}  # fmt: skip
LOW = {"field": "score", "op": "<", "value": 1000}
WARM = {"segment": [{"key": "warm", "when": {"all": [PRICES, {"not": {"did": "mail.unsubscribed"}}]}}]}


@pytest.fixture(autouse=True)
def _own_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is with very many people: pieces, and the lake."""
    monkeypatch.setattr(answers, "LARGE", 0)
    monkeypatch.setattr(sort, "PIECE", 2)
    answers._kept.clear()


def members() -> set[tuple[str, int]]:
    return set(Member.objects.values_list("segment", "person_id"))


def asked_one_by_one(world: World) -> set[tuple[str, int]]:
    """Each person by itself, in memory; a segment after those it asks for, which are right by then."""
    found = set()
    for segment in moving():
        holds = reader(segment.when)
        for person, record in records(world.people, segment.when).items():
            if holds(record, world.at):
                found.add((segment.key, person))
    return found


def everybody_again() -> None:
    with writing():
        keep.reconcile([_timer()])
    settle(now())


def _timer() -> Any:
    happen(TimerFired(topic=keep.TIMER))
    return event_of(Event.objects.latest("id"))


@HARD
@given(histories, st.booleans())
def test_by_events_by_the_log_and_by_the_lake_it_is_who_each_person_asked_is(
    large: None, monkeypatch: pytest.MonkeyPatch, history: list[Any], few: bool
) -> None:
    with transaction.atomic():
        monkeypatch.setattr(asking, "FEW", 50 if few else 0)
        empty()
        answers._kept.clear()
        world = World()
        with travel(world.at):
            in_force(segments=SEGMENTS)
        for n, one in enumerate(history):
            world.live(one)
            if n % 3 == 0:
                settle(world.at)
        world.at = START + timedelta(days=100)
        settle(world.at)
        meant = asked_one_by_one(world)
        assert members() == meant
        assert {key: n for key, n in sizes().items() if n} == _counted(meant)
        rebuild("segments")
        assert members() == meant
        Member.objects.all().delete()
        Tally.objects.all().delete()
        with travel(world.at):
            everybody_again()
        assert members() == meant
        transaction.set_rollback(True)


def _counted(pairs: set[tuple[str, int]]) -> dict[str, int]:
    keys = [key for key, _person in pairs]
    return {key: keys.count(key) for key in keys}


def test_what_happens_while_people_are_sorted_is_not_undone(large: None) -> None:
    people = [a_person().id for _ in range(5)]
    happen(*(view(person, "/preise") for person in people[:4]))
    settle()
    in_force(segments=WARM)
    with writing():
        keep.reconcile([_applied()])
    turn_once()
    assert members() == {("warm", person) for person in people[:2]}
    happen(MailUnsubscribed(person=people[0]), MailUnsubscribed(person=people[3]), view(people[4], "/preise"))
    turn_once()
    assert members() == {("warm", person) for person in people[:3]}
    settle()
    assert members() == {("warm", person) for person in (people[1], people[2], people[4])}
    assert sizes() == {"warm": 3}


@pytest.mark.django_db(transaction=True)
def test_who_changes_after_a_piece_was_asked_ahead_is_left_to_that_event(
    large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sort, "WORTH", 0)
    people = [a_person(country="CH").id for _ in range(7)]
    happen(*(view(person, "/preise") for person in people))
    settle()
    swiss = {"key": "swiss", "when": {"all": [PRICES, {"field": "country", "op": "is", "value": "CH"}, LOW]}}
    in_force(segments={"segment": [swiss]})
    with writing():
        keep.reconcile([_applied()])
    turn_once()
    ahead = sort._ahead[0]
    ahead._thread.join()
    assert ahead._piece is not None or connection.vendor == "sqlite"  # in memory, SQLite has one connection at a time
    Person.objects.filter(pk=people[2]).update(country="DE")
    happen(PersonChanged(person=people[2], fields=["country"]), PersonScored(person=people[3], score=5, delta=5))
    turn_once()
    assert members() == {("swiss", people[n]) for n in (0, 1, 3)}
    sort._ahead[0]._thread.join()
    Person.objects.filter(pk=people[4]).delete()
    Person.objects.filter(pk=people[5]).update(erased_at=now())
    settle()
    assert members() == {("swiss", people[n]) for n in (0, 1, 3, 6)}


def turn_once() -> None:
    with writing():
        sort.go_on([])


def _applied() -> Any:
    return event_of(Event.objects.filter(kind="playbook.applied").latest("id"))


def test_the_members_of_before_stay_until_their_piece_comes_and_it_can_be_stopped(large: None) -> None:
    for n in range(5):
        a_person(country="CH" if n % 2 else "DE")
    in_force(segments={"segment": [{"key": "one", "when": {"field": "country", "op": "is", "value": "CH"}}]})
    settle()
    before = members()
    in_force(segments={"segment": [{"key": "one", "when": {"field": "country", "op": "is", "value": "DE"}}]})
    with writing():
        keep.reconcile([_applied()])
    assert members() == before
    turn_once()
    first, *_rest = Person.objects.order_by("id")[:3]
    assert {m[1] for m in members()} == {first.id, *(p for _s, p in before if p > first.id + 1)}
    one = Sorting.objects.get()
    assert (one.state, one.is_over, 0 < one.percent <= 99) == (Sorting.State.GOING, False, True)
    assert sort.stop("one")
    assert not sort.stop("one")
    half = members()
    settle()
    assert members() == half
    with travel(now() + keep.EVERY):
        settle(now())
    assert {p for _s, p in members()} == set(Person.objects.filter(country="DE").values_list("id", flat=True))


def test_progress_is_the_share_of_people_gone_through_wherever_their_numbers_begin(large: None) -> None:
    for number in (7_000_001, 7_000_002, 7_900_000, 7_900_001, 8_000_000):
        Person.objects.create(id=number, country="CH", created_at=now())
    in_force(segments={"segment": [{"key": "one", "when": {"field": "country", "op": "is", "value": "CH"}}]})
    with writing():
        keep.reconcile([_applied()])
    seen = [Sorting.objects.get().percent]
    while not Sorting.objects.get().is_over:
        turn_once()
        seen.append(Sorting.objects.get().percent)
    assert seen == [0, 40, 80, 100]


def test_only_what_is_new_or_another_is_gone_through_after_a_publication() -> None:
    a_person(country="CH")
    one = {"key": "one", "when": {"field": "country", "op": "is", "value": "CH"}}
    in_force(segments={"segment": [one]})
    settle()
    cause = Sorting.objects.get().cause
    in_force(segments={"segment": [{**one, "words": {"en": "One"}}, {"key": "two", "when": {"not": one["when"]}}]})
    settle()
    assert Sorting.objects.get(segment="one").cause == cause
    assert Sorting.objects.get(segment="two").state == Sorting.State.DONE


def test_an_event_is_asked_about_in_few_queries_however_many_segments_there_are() -> None:
    person = a_person(country="CH")
    others = [{"key": f"s{n}", "when": {"did": "mail.clicked", "at_least": n + 1}} for n in range(30)]
    near = [{"key": f"n{n}", "when": {**PRICES, "at_least": n + 2}} for n in range(5)]
    in_force(segments={"segment": [*others, *near]})
    settle()
    happen(view(person.id, "/preise"))
    event = event_of(Event.objects.latest("id"))
    with CaptureQueriesContext(connection) as queries, writing():
        keep.refresh([event])
    asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= 7, asked


def test_a_piece_takes_as_many_queries_for_few_as_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    in_force(segments={"segment": [{"key": "all", "when": {"field": "country", "op": "is", "value": "CH"}}]})
    counts = []
    for many in (2, 200):
        Person.objects.bulk_create(Person(country="CH", created_at=now()) for _ in range(many))
        Sorting.objects.all().delete()
        with writing():
            keep.reconcile([_applied()])
        with CaptureQueriesContext(connection) as queries:
            turn_once()
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= 25
    assert Member.objects.count() == 202
    assert Event.objects.filter(kind="segment.entered").count() == 202


def test_growth_is_the_sum_of_the_days() -> None:
    person = a_person(country="CH")
    in_force(segments={"segment": [{"key": "swiss", "when": {"field": "country", "op": "is", "value": "CH"}}]})
    settle()
    later = now() + timedelta(days=3)
    with travel(later):
        Person.objects.filter(pk=person.pk).update(country="DE")
        happen(PersonChanged(person=person.pk, fields=["country"]))
        settle(later)
        assert growth(sizes())["swiss"][-5:] == [0, 1, 1, 1, 0]
        assert growth({"swiss": 1})["swiss"][0] == 1

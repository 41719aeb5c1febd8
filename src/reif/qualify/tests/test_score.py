"""Points for behaviour: once, capped, never for machines, and never for strangers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.crm.attach_visitor import attach
from reif.crm.models import Person, Standing, Visitor
from reif.crm.tests.people import a_person
from reif.kit.clock import now
from reif.log.catalogue.mail import MailClicked, MailOpened, MailUnsubscribed
from reif.log.catalogue.web import WebinarRegistered
from reif.log.event import event_of
from reif.log.models import Event
from reif.log.worker import settle
from reif.qualify.models import Point
from reif.qualify.scoring.score import score
from reif.qualify.tests.ways import SCORING, happen, in_force, view

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scoring() -> None:
    in_force(scoring=SCORING)
    settle()


def points(person: Person) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for rule, given in Point.objects.filter(person=person).order_by("event_id").values_list("rule", "points"):
        rows.setdefault(rule, []).append(given)
    return rows


def test_a_matching_event_earns_and_the_sums_follow() -> None:
    person = a_person()
    happen(view(person.id, "/preise"), view(person.id, "/impressum"), WebinarRegistered(person=person.id, topic="x"))
    settle()
    person.refresh_from_db()
    assert points(person) == {"price": [10], "webinar": [20]}
    assert (person.score, person.engagement, person.fit) == (30, 30, 0)


def test_person_scored_is_said_once_a_batch_with_the_cause_that_earned_last() -> None:
    person = a_person()
    happen(view(person.id, "/preise"), WebinarRegistered(person=person.id), view(person.id, "/nichts"))
    settle()
    said = Event.objects.get(kind="person.scored")
    assert said.body["delta"] == said.body["score"] == 30
    assert said.topic == "test"
    assert Event.objects.get(id=said.cause_id).kind == "webinar.registered"


def test_machines_earn_nothing() -> None:
    person = a_person()
    happen(
        MailClicked(person=person.id, topic="m", machine=True),
        MailOpened(person=person.id, topic="m", machine=True),
        view(person.id, "/preise", machine=True),
    )
    settle()
    assert not Point.objects.exists()


def test_limits_by_person_and_by_day_hold_over_batches() -> None:
    person, start = a_person(), now() - timedelta(days=5)
    for day in range(3):
        for _ in range(2):
            happen(view(person.id, "/preise", at=start + timedelta(days=day)), MailClicked(person=person.id))
            settle()
    happen(WebinarRegistered(person=person.id), WebinarRegistered(person=person.id))
    settle()
    assert points(person) == {"price": [10, 10, 10], "click": [3, 3], "webinar": [20]}


def test_a_group_is_worth_no_more_than_its_cap_and_says_what_it_took() -> None:
    person = a_person()
    happen(*(view(person.id, f"/blog/{n}") for n in range(5)))
    settle()
    assert points(person) == {"blog": [5, 5, 5, 5, 5]}
    person.refresh_from_db()
    assert person.score == 12
    standing = Standing.objects.counting().get(person=person)
    assert (standing.engagement_cents, standing.cap_cents) == (1200, 1300)


def test_points_may_go_down() -> None:
    person = a_person()
    happen(MailUnsubscribed(person=person.id))
    settle()
    person.refresh_from_db()
    assert person.score == -15
    assert Event.objects.get(kind="person.scored").body["delta"] == -15


def test_a_condition_on_the_person_is_read_when_the_event_arrives() -> None:
    rule = {"key": "ch", "on": "page.viewed", "points": 7, "when": {"field": "country", "op": "is", "value": "CH"}}
    in_force(scoring={"model": [{"rule": [rule]}]})
    swiss, german = a_person(country="CH"), a_person(country="DE")
    happen(view(swiss.id, "/"), view(german.id, "/"))
    settle()
    assert dict(Point.objects.values_list("person_id", "points")) == {swiss.id: 7}


def test_a_visitors_past_is_scored_once_when_it_is_known_who_it_was() -> None:
    visitor = Visitor.objects.create(key="v1", first_seen=now())
    happen(view(None, "/preise", visitor=visitor.id), view(None, "/blog/a", visitor=visitor.id))
    settle()
    assert not Point.objects.exists()
    person = a_person()
    attach([(visitor.id, person.id)])
    settle()
    happen(view(None, "/blog/b", visitor=visitor.id))  # said after the fact, without the person
    settle()
    assert points(person) == {"price": [10], "blog": [5, 5]}


def test_the_same_events_again_give_nothing_more() -> None:
    person = a_person()
    happen(view(person.id, "/blog/a"), WebinarRegistered(person=person.id))
    settle()
    before = list(Point.objects.values_list("id", flat=True))
    from reif.log.append import writing

    with writing():
        score([event_of(row) for row in Event.objects.filter(person_id=person.id).order_by("id")])
    person.refresh_from_db()
    assert list(Point.objects.values_list("id", flat=True)) == before
    assert person.score == 25


@pytest.mark.parametrize("people", [3, 40])
def test_a_batch_takes_the_same_number_of_queries_however_many_people(people: int) -> None:
    happen(*(view(a_person().id, path) for _ in range(people) for path in ("/preise", "/blog/a")))
    events = [event_of(row) for row in Event.objects.filter(kind="page.viewed").order_by("id")]
    from reif.log.append import writing

    with writing():
        score([])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            score(events)
    assert len(queries) <= 10  # build in force, limits, ledger, rows, places before and now, people, main model

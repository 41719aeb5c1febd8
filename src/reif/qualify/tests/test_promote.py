"""MQL and SQL as soon as the definitions hold, once, and not straight after a recycle."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Person
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_person
from reif.kit.clock import now, travel
from reif.log.append import writing
from reif.log.catalogue.web import WebinarRegistered
from reif.log.event import event_of
from reif.log.models import Event
from reif.log.worker import settle
from reif.qualify.stages.promote import promote
from reif.qualify.tests.ways import SCORING, STAGES, happen, in_force, view

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ways() -> None:
    in_force(scoring=SCORING, stages=STAGES)
    settle()


def stage(person: Person) -> str:
    person.refresh_from_db()
    return person.stage


def test_the_threshold_makes_mql_and_webinar_with_price_page_make_sql() -> None:
    person = a_person()
    move_stage([Move(person.id, "lead", reason="form")])
    happen(WebinarRegistered(person=person.id, topic="recruiting"))
    settle()
    assert stage(person) == "mql"
    happen(view(person.id, "/preise"))
    settle()
    assert stage(person) == "sql"
    said = Event.objects.filter(kind="person.qualified").order_by("id")
    assert list(said.values_list("topic", flat=True)) == ["mql", "sql"]
    assert said[1].body["score"] == 30


def test_the_cause_leads_back_to_what_the_person_did() -> None:
    person = a_person()
    happen(WebinarRegistered(person=person.id), view(person.id, "/preise"))
    settle()
    event, kinds = Event.objects.get(kind="person.qualified"), []
    while event.cause_id:
        event = Event.objects.get(id=event.cause_id)
        kinds.append(event.kind)
    assert kinds == ["person.scored", "page.viewed"]


def test_points_alone_are_not_enough_when_the_definition_asks_for_more() -> None:
    person = a_person()
    happen(*(view(person.id, "/preise", at=now() - timedelta(days=d)) for d in range(4)))
    settle()
    assert stage(person) == "mql"


def test_nobody_is_moved_back_or_told_twice() -> None:
    person = a_person()
    move_stage([Move(person.id, "customer")])
    happen(WebinarRegistered(person=person.id), view(person.id, "/preise"))
    settle()
    assert stage(person) == "customer"
    assert not Event.objects.filter(kind="person.qualified").exists()


def test_who_was_sent_back_rests_and_then_qualifies_by_something_new() -> None:
    person = a_person()
    happen(WebinarRegistered(person=person.id), view(person.id, "/preise"))
    settle()
    move_stage([Move(person.id, "lead", back=True, reason="bad_timing")])
    happen(view(person.id, "/preise"))
    settle()
    assert stage(person) == "lead"
    with travel(timedelta(days=31)):
        happen(view(person.id, "/preise"))
        settle(now())
    assert stage(person) == "sql"


def test_new_definitions_look_at_everybody() -> None:
    person = a_person()
    happen(view(person.id, "/preise"))
    settle()
    assert stage(person) == ""
    in_force(scoring=SCORING, stages={"mql": {"when": {"field": "score", "op": ">=", "value": 5}}})
    settle()
    assert stage(person) == "mql"


def test_events_that_no_definition_asks_about_cost_nothing() -> None:
    people = [a_person() for _ in range(5)]
    happen(*(view(p.id, "/blog/a") for p in people))
    events = [event_of(row) for row in Event.objects.all()]
    with writing():
        promote([])
        with CaptureQueriesContext(connection) as queries:
            promote(events)
    assert len(queries) <= 2  # which playbook is in force, and its text at the most


@pytest.mark.parametrize("people", [2, 30])
def test_a_batch_takes_the_same_number_of_queries_however_many_people(people: int) -> None:
    happen(*(WebinarRegistered(person=a_person(score=99).id) for _ in range(people)))
    events = [event_of(row) for row in Event.objects.all()]
    with writing(), CaptureQueriesContext(connection) as queries:
        promote(events)
    assert len(queries) <= 12  # two definitions, six to move stages with their stays, the playbook

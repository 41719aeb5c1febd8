"""Records hold what is asked for, and come in few queries."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Visitor
from reif.crm.tests.people import a_company, a_person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import PageViewed
from reif.rules.decode import decode
from reif.rules.memory import reader
from reif.rules.record import records

pytestmark = pytest.mark.django_db
BUDGET = 4
MICROSECONDS = 5.0  # on a busy test machine; alone it is a tenth


def test_four_queries_whatever_the_rules_and_however_many_people() -> None:
    people = [a_person(company=a_company()).id for _ in range(20)]
    rules = [
        decode({"field": "company.size", "op": ">", "value": 5}),
        decode({"field": "consent", "op": "is", "value": True}),
        decode({"did": "page.viewed", "topic": "/preise"}),
        decode({"did": "form.submitted"}),
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        records(people, *rules)
    assert len(queries) <= BUDGET


def test_a_visitors_past_counts_and_machines_do_not() -> None:
    person = a_person()
    visitor = Visitor.objects.create(key="v", first_seen=now(), person=person)
    with writing():
        append(
            PageViewed(visitor=visitor.id, topic="/preise"),
            PageViewed(visitor=visitor.id, topic="/preise", machine=True),
            PageViewed(visitor=visitor.id, person=person.id, topic="/preise"),
        )
    rule = decode({"did": "page.viewed", "topic": "/preise"})
    assert len(records([person.id], rule)[person.id].did["page.viewed", "/preise"]) == 2


def test_a_new_event_is_counted_without_asking_again() -> None:
    person = a_person()
    rule = decode({"did": "page.viewed", "topic": "/blog/*", "at_least": 2, "within": "7d"})
    record, holds = records([person.id], rule)[person.id], reader(rule)
    record.saw("page.viewed", "/blog/a", now())
    record.saw("page.viewed", "/preise", now())
    assert not holds(record, now())
    record.saw("page.viewed", "/blog/b", now() - timedelta(days=6))
    assert holds(record, now())
    assert not holds(record, now() + timedelta(days=2))


def test_what_was_not_asked_for_is_not_silently_missing() -> None:
    person = a_person()
    record = records([person.id], decode({"field": "score", "op": ">", "value": 1}))[person.id]
    with pytest.raises(KeyError):
        reader(decode({"field": "fit", "op": ">", "value": 1}))(record, now())


def test_a_leaf_is_fast() -> None:
    person = a_person(score=5)
    rule = decode({"all": [{"field": "score", "op": ">", "value": 1}, {"field": "country", "op": "is not set"}]})
    record, holds, moment = records([person.id], rule)[person.id], reader(rule), now()
    began = time.perf_counter()
    for _ in range(20_000):
        holds(record, moment)
    assert (time.perf_counter() - began) / 20_000 / 2 * 1e6 < MICROSECONDS

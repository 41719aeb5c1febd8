"""What would make it SQL: which deeds bring the points that are lacking, in any model, through grades and segments."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from reif.crm.models import Person
from reif.crm.tests.people import a_company, a_person
from reif.log.catalogue.people import PersonCreated
from reif.log.catalogue.web import WebinarRegistered
from reif.log.worker import settle
from reif.qualify.tests.ways import happen, in_force, view
from reif.qualify.why.missing import missing

pytestmark = pytest.mark.django_db
GRADES = {"fit": [30, 20, 10], "engagement": [60, 30, 10]}


def rule(key: str, points: int, **more: Any) -> dict[str, Any]:
    return {"key": key, "on": "page.viewed", "topic": f"/{key}", "points": points, "words": {"en": key.title()}, **more}


def lacking(person: Person) -> tuple[str, ...]:
    with override("en"):
        told = missing(person, "en")
    assert told is not None
    assert told.stage == "sql"
    return told.deeds


def ready(model: dict[str, Any], when: dict[str, Any], **more: Any) -> Person:
    in_force(scoring={"model": [model, *more.pop("models", [])]}, stages={"sql": {"when": when}}, **more)
    settle()
    person = a_person(country="CH")
    happen(PersonCreated(person=person.pk))
    settle()
    return person


def at_least(value: Any, field: str = "score") -> dict[str, Any]:
    return {"field": field, "op": ">=", "value": value}


def test_one_deed_that_is_enough_comes_first_and_the_smallest_of_them() -> None:
    person = ready({"rule": [rule("demo", 50), rule("price", 30), rule("blog", 5)]}, at_least(30))
    assert lacking(person) == ("“Price” (+30) would be enough.", "“Demo” (+50) would be enough.")


def test_else_the_shortest_way_of_several_with_limits_and_ceilings() -> None:
    model = {
        "group": [{"key": "web", "cap": 12}],
        "rule": [rule("webinar", 15, once=True), rule("blog", 5, group="web")],
    }
    person = ready(model, at_least(25))
    assert lacking(person) == ("Together these would be enough: “Webinar” (+15); 2 × “Blog” (+5 each).",)
    happen(view(person.pk, "/webinar"), view(person.pk, "/blog"), view(person.pk, "/blog"))
    settle()
    person.refresh_from_db()
    assert (person.score, person.stage) == (25, "sql")


def test_what_the_rules_cannot_give_is_said() -> None:
    person = ready({"rule": [rule("webinar", 15, once=True), rule("price", 5, times=1, per="week")]}, at_least(50))
    assert lacking(person) == ("50 points are lacking, and the rules can give at most 20 more now.",)
    happen(view(person.pk, "/webinar"), view(person.pk, "/price"))
    settle()
    assert lacking(person) == ("30 points are lacking, and the rules can give at most 0 more now.",)


def test_a_rule_for_others_is_not_offered_and_what_is_unknown_is_asked_for() -> None:
    german = {"field": "country", "op": "is", "value": "DE"}
    large = {"key": "large", "points": 40, "when": at_least(50, "company.size")}
    model = {"rule": [rule("demo", 50, when=german), rule("blog", 5)], "fit": [large]}
    person = ready(model, at_least(30))
    assert lacking(person) == ("To know that “Company size is at least 50” (+40) would be enough.",)
    person.company = a_company(size=3)
    person.save()
    assert lacking(person) == ("Together these would be enough: 6 × “Blog” (+5 each).",)


def test_a_grade_is_a_matter_of_both_axes() -> None:
    fit = {"key": "large", "points": 20, "words": {"en": "Large"}, "when": at_least(50, "company.size")}
    model = {"grades": GRADES, "rule": [rule("demo", 35)], "fit": [fit]}
    person = ready(model, {"all": [{"field": "grade", "op": ">=", "value": "B2"}, {"did": "webinar.registered"}]})
    assert lacking(person) == ("To know that “Large” (+20) would be enough.", "“Demo” (+35) would be enough.")
    happen(view(person.pk, "/demo"))
    settle()
    assert lacking(person) == ("To know that “Large” (+20) would be enough.",)


def test_another_model_and_a_segment_are_looked_into() -> None:
    other = {"key": "partner", "rule": [rule("partner", 10)]}
    warm = {"key": "warm", "when": {"all": [at_least(20, "score.partner"), {"did": "webinar.registered"}]}}
    person = ready(
        {"rule": [rule("price", 30)]},
        {"field": "segment", "op": "is", "value": "warm"},
        models=[other],
        segments={"segment": [warm]},
    )
    assert lacking(person) == ("Together these would be enough: 2 × “Partner” (+10 each).",)
    with override("en"):
        told = missing(person, "en")
    assert told is not None
    assert any("webinar" in lack.lower() for lack in told.lacks)
    happen(view(person.pk, "/partner"), view(person.pk, "/partner"), WebinarRegistered(person=person.pk))
    settle()
    person.refresh_from_db()
    assert person.stage == "sql"


def test_who_is_left_out_hears_of_no_deed_and_few_queries_are_asked() -> None:
    away = {"key": "swiss", "when": {"field": "country", "op": "is", "value": "CH"}}
    person = ready({"rule": [rule("demo", 50)], "exclude": [away]}, at_least(30))
    assert lacking(person) == ()
    person = ready({"rule": [rule("demo", 50)]}, at_least(30))
    with CaptureQueriesContext(connection) as queries:
        assert lacking(person)
    assert len(queries) <= 12

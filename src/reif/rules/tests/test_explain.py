"""Why somebody is meant, and what is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reif.crm.tests.people import a_company, a_person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import PageViewed
from reif.rules.decode import decode
from reif.rules.explain import Explanation, explain
from reif.rules.record import records

pytestmark = pytest.mark.django_db


def told(said: Any, language: str = "de", **person: Any) -> Explanation:
    rule = decode(said)
    one = a_person(**person)
    if views := person.get("traits", {}).get("views"):
        with writing():
            append(*(PageViewed(person=one.id, topic="/preise", at=now() - timedelta(days=1)) for _ in range(views)))
    return explain(rule, records([one.id], rule)[one.id], now(), language)


SQL = {
    "all": [
        {"field": "score", "op": ">=", "value": 60},
        {"field": "country", "op": "is", "value": "CH"},
        {"did": "page.viewed", "topic": "/preise", "within": "30d", "at_least": 2},
    ]
}


def test_the_closest_failing_leaf_with_the_actual_value() -> None:
    found = told(SQL, score=42, country="DE")
    assert not found.holds
    assert found.sentence == "Punktestand ist 42, nötig sind mindestens 60"
    assert found.lacks[1:] == (
        "Land ist Deutschland, nötig: Schweiz",
        "Nötig ist: War in den letzten 30 Tagen mindestens 2-mal auf /preise (bisher 0-mal)",
    )


def test_in_english() -> None:
    assert told(SQL, "en", score=42, country="CH").sentence == "Score is 42, needed at least 60"


def test_events_are_counted() -> None:
    found = told(SQL, score=99, country="CH", traits={"views": 1})
    assert found.sentence.endswith("(bisher 1-mal)")


def test_a_missing_value_is_named() -> None:
    assert (
        told({"field": "company.size", "op": ">=", "value": 50}).sentence
        == "Firmengrösse ist unbekannt, nötig: mindestens 50"
    )


def test_of_alternatives_the_nearest() -> None:
    either = {"any": [SQL, {"field": "score", "op": ">=", "value": 45}]}
    assert told(either, score=42).lacks == ("Punktestand ist 42, nötig sind mindestens 45",)


def test_why_it_holds() -> None:
    found = told(
        {"any": [{"field": "score", "op": ">=", "value": 60}, {"field": "city", "op": "is", "value": "ZURICH"}]},
        score=70,
    )
    assert found.holds
    assert found.because == ("Punktestand ist mindestens 60",)


def test_what_a_person_wrote_is_shown_as_written() -> None:
    found = told(
        {"field": "company.name", "op": "begins with", "value": "Muster"}, company=a_company(name="Äpfel & Söhne")
    )
    assert found.sentence == "Firmenname ist «Äpfel & Söhne», nötig: beginnt mit «Muster»"

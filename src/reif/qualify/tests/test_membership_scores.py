"""Points follow segments: also when nothing else is said of somebody than that they came in or went out."""

from __future__ import annotations

from typing import Any

import pytest

from reif.crm.models import Member, Person
from reif.crm.tests.people import a_person
from reif.crm.upsert import Draft, upsert_people
from reif.log.models import Event
from reif.log.worker import settle
from reif.playbook.check import check
from reif.playbook.draft import read_plain
from reif.qualify.models import Point
from reif.qualify.segments.fixed import put_in, take_out
from reif.qualify.tests.ways import MODEL, in_force

pytestmark = pytest.mark.django_db
GUESTS = {"field": "segment", "op": "is", "value": "guests"}
KEEN = {"key": "keen", "when": {"field": "score", "op": ">=", "value": 5}}


def scoring(when: dict[str, Any], sort: str = "fit") -> dict[str, Any]:
    return {
        "model": [{"key": "main", sort: [{"key": "guest", "when": when, **({"points": 25} if sort == "fit" else {})}]}]
    }


def test_a_fit_rule_follows_a_segment_that_people_are_put_into() -> None:
    person = a_person()
    in_force(scoring=scoring(GUESTS), segments={"segment": [{"key": "guests"}, {"key": "others"}]})
    settle()
    put_in("guests", [person.pk])
    put_in("others", [person.pk])
    settle()
    assert Person.objects.get(pk=person.pk).score == 25
    assert Point.objects.get(person=person).event_id == Event.objects.get(kind="segment.entered", topic="guests").id
    take_out("guests", [person.pk])
    settle()
    assert Person.objects.get(pk=person.pk).score == 0


def test_who_is_left_out_follows_too_and_so_does_a_segment_that_asks_for_the_score() -> None:
    [made] = upsert_people([Draft("a@firma.example", country="CH")])
    person = made.person
    model = {**MODEL, "fit": [{"key": "swiss", "when": {"field": "country", "op": "is", "value": "CH"}, "points": 20}],
             "exclude": [{"key": "rival", "when": GUESTS}]}  # fmt: skip
    in_force(scoring={"model": [model]}, segments={"segment": [{"key": "guests"}, KEEN]})
    settle()
    assert Member.objects.filter(segment="keen", person=person).exists()
    put_in("guests", [person.pk])
    settle()
    assert Person.objects.get(pk=person.pk).excluded == "rival"
    assert not Member.objects.filter(segment="keen").exists()


@pytest.mark.parametrize(
    "ways",
    [
        {"scoring": scoring({"field": "segment", "op": "is", "value": "near"})},
        {"scoring": scoring({"field": "segment", "op": "is", "value": "near"}, "exclude")},
    ],
)
def test_points_that_chase_themselves_through_segments_are_refused(ways: dict[str, Any]) -> None:
    near = {"key": "near", "when": {"any": [{"field": "segment", "op": "is", "value": "keen"}]}}
    problems = check(read_plain({**ways, "segments": {"segment": [near, KEEN]}}))
    assert [p.file for p in problems] == ["scoring.toml"]
    assert "score" in problems[0].sentence

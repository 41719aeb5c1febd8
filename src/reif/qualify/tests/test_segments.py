"""Segments follow events, time and the playbook."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reif.crm.tests.people import a_person
from reif.crm.upsert import Draft, upsert_people
from reif.kit.clock import now
from reif.log.catalogue.people import PersonErased
from reif.log.models import Event
from reif.log.worker import settle
from reif.qualify.models import Member
from reif.qualify.tests.ways import happen, in_force, view

pytestmark = pytest.mark.django_db
SWISS = {"key": "swiss", "when": {"field": "country", "op": "is", "value": "CH"}}
WARM = {"key": "warm", "when": {"did": "page.viewed", "topic": "/preise", "within": "7d"}}


def said(kind: str) -> list[tuple[int, str]]:
    return list(Event.objects.filter(kind=kind).order_by("id").values_list("person_id", "topic"))


def test_people_enter_and_leave_with_what_becomes_known() -> None:
    in_force(segments={"segment": [SWISS]})
    [made] = upsert_people([Draft("a@firma.example", country="CH")])
    settle()
    assert said("segment.entered") == [(made.person.id, "swiss")]
    upsert_people([Draft("a@firma.example", country="DE")])
    settle()
    assert said("segment.left") == [(made.person.id, "swiss")]
    assert not Member.objects.exists()


def test_behaviour_enters_at_once_and_time_leaves_with_the_timer() -> None:
    in_force(segments={"segment": [WARM]})
    settle()
    person = a_person()
    happen(view(person.id, "/preise"), view(person.id, "/anderes"))
    settle()
    assert said("segment.entered") == [(person.id, "warm")]
    settle(now() + timedelta(days=8))
    assert said("segment.left") == [(person.id, "warm")]


def test_a_new_segment_takes_everybody_and_a_removed_one_lets_everybody_go() -> None:
    people = [a_person(country="CH") for _ in range(3)]
    in_force(segments={"segment": [SWISS]})
    settle()
    assert Member.objects.count() == 3
    in_force(segments={"segment": [WARM]})
    settle()
    assert not Member.objects.exists()
    assert [p for p, _topic in said("segment.left")] == [p.id for p in people]


def test_the_erased_are_in_no_segment() -> None:
    in_force(segments={"segment": [SWISS]})
    [made] = upsert_people([Draft("a@firma.example", country="CH")])
    settle()
    happen(PersonErased(person=made.person.id))
    settle()
    assert not Member.objects.exists()

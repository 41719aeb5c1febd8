"""Segments inside segments, circles, archived ones, and those put together by hand."""

from __future__ import annotations

import pytest

from reif.crm.models import Member
from reif.crm.tests.people import a_person, a_user
from reif.crm.upsert import Draft, upsert_people
from reif.log.models import Event
from reif.log.worker import settle
from reif.playbook.check import check
from reif.playbook.draft import read_plain
from reif.playbook.problem import Refused
from reif.qualify.segments.fixed import put_in, take_out
from reif.qualify.tests.ways import in_force

pytestmark = pytest.mark.django_db
SWISS = {"key": "swiss", "when": {"field": "country", "op": "is", "value": "CH"}}
GUESTS = {"key": "guests"}


def inside(key: str, op: str = "is") -> dict[str, object]:
    return {"field": "segment", "op": op, "value": key}


def members(segment: str) -> set[int]:
    return set(Member.objects.filter(segment=segment).values_list("person_id", flat=True))


def test_a_segment_inside_a_segment_moves_with_it_whatever_their_order() -> None:
    outer = {"key": "outer", "when": {"all": [inside("swiss"), inside("guests", "is not")]}}
    in_force(segments={"segment": [outer, SWISS, GUESTS]})
    settle()
    [made] = upsert_people([Draft("a@firma.example", country="CH")])
    settle()
    assert members("outer") == {made.person.id}
    put_in("guests", [made.person.id])
    settle()
    assert members("outer") == set()
    take_out("guests", [made.person.id])
    settle()
    assert members("outer") == {made.person.id}
    upsert_people([Draft("a@firma.example", country="DE")])
    settle()
    assert members("outer") == members("swiss") == set()


def test_an_event_moves_inner_and_outer_in_one_batch() -> None:
    in_force(segments={"segment": [{"key": "outer", "when": inside("swiss")}, SWISS]})
    settle()
    upsert_people([Draft("a@firma.example", country="CH")])
    settle()
    kinds = list(Event.objects.filter(kind="segment.entered").order_by("id").values_list("topic", "cause_id"))
    assert [topic for topic, _cause in kinds] == ["swiss", "outer"]
    assert kinds[0][1] == kinds[1][1]


def test_a_circle_is_refused_with_its_way() -> None:
    one, two = {"key": "one", "when": inside("two")}, {"key": "two", "when": inside("one")}
    with pytest.raises(Refused) as refused:
        in_force(segments={"segment": [one, two]})
    assert "one → two → one" in str(refused.value)


def test_an_unknown_segment_is_named_with_the_closest_one_in_any_section() -> None:
    stages = {"mql": {"when": inside("swis")}}
    problems = check(read_plain({"segments": {"segment": [SWISS]}, "stages": stages}))
    assert [p.file for p in problems] == ["stages.toml"]
    assert "swiss" in str(problems[0])


def test_an_archived_segment_is_left_by_all_and_taken_up_again() -> None:
    a_person(country="CH")
    in_force(segments={"segment": [SWISS]})
    settle()
    in_force(segments={"segment": [{**SWISS, "archived": True}]})
    settle()
    assert not members("swiss")
    in_force(segments={"segment": [SWISS]})
    settle()
    assert len(members("swiss")) == 1


def test_people_are_put_in_once_and_never_into_one_with_a_condition() -> None:
    person, user = a_person(), a_user("marketing")
    in_force(segments={"segment": [SWISS, GUESTS]})
    assert put_in("guests", [person.id, person.id, 99_999], by=user.pk) == 1
    assert put_in("guests", [person.id]) == 0
    assert put_in("swiss", [person.id]) == 0
    assert take_out("guests", [person.id], by=user.pk) == 1
    assert list(Event.objects.filter(kind="segment.left").values_list("actor_id", flat=True)) == [user.pk]

"""Who keeps a stage and who goes back, by walking the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reif.crm.models import Person, StageSpell
from reif.crm.tests.people import a_deal, a_person
from reif.kit.clock import now, travel
from reif.log.catalogue.routing import AssignmentAccepted
from reif.log.models import Event
from reif.log.worker import settle
from reif.qualify.models import Doubt
from reif.qualify.tests.ways import happen, in_force, view

pytestmark = pytest.mark.django_db
START = now()
RULE = {"key": "price", "on": "page.viewed", "topic": "/preise", "points": 20, "decay": {"linear": 20}}
GRADES = {"fit": [30, 20, 0], "engagement": [30, 15, 5], "margin": 2}
SCORING = {"model": [{"key": "main", "rule": [RULE], "grades": GRADES}]}
GOOD = {"field": "grade", "op": ">=", "value": "C2"}
KEEP = {"field": "score", "op": ">=", "value": 10}


def day(n: float) -> Any:
    return travel(START + timedelta(days=n))


def walk(n: float) -> None:
    """Let time pass until then, hour by hour where something waits."""
    with day(n):
        settle(now())
        settle(now() + timedelta(minutes=6))


def stages(person: Person) -> list[tuple[str, str]]:
    return list(StageSpell.objects.filter(person=person).order_by("id").values_list("stage", "reason"))


def an_mql(**definition: Any) -> Person:
    with day(0):
        in_force(scoring=SCORING, stages={"mql": {"when": GOOD, **definition}})
        settle(now())
        person = a_person()
        happen(view(person.id, "/preise", at=now()))
        settle(now())
    person.refresh_from_db()
    assert (person.stage, person.grade) == ("mql", "C2")
    return person


def test_a_grade_gives_a_stage_and_without_keep_nobody_loses_it() -> None:
    person = an_mql()
    walk(40)
    person.refresh_from_db()
    assert (person.stage, person.score) == ("mql", 0)


def test_what_keeps_it_is_looser_than_what_gives_it() -> None:
    person = an_mql(keep=KEEP)
    for n in range(1, 10):
        walk(n)
    person.refresh_from_db()
    assert (person.grade, person.stage) == ("C3", "mql")  # below C2, and still kept
    walk(11)
    assert stages(person) == [("mql", "qualified"), ("lead", "faded")]
    said = Event.objects.get(kind="person.disqualified")
    assert (said.topic, said.body["reason"]) == ("mql", "faded")
    assert StageSpell.objects.get(person=person, stage="lead").recycled


def test_a_fall_has_to_last() -> None:
    person = an_mql(keep=KEEP, drop_after=5)
    walk(11)
    assert Doubt.objects.get().person == person
    with day(13):
        happen(view(person.id, "/preise", at=now()))
        settle(now())
    assert not Doubt.objects.exists()
    for n in range(14, 28):
        walk(n)
    assert [stage for stage, _reason in stages(person)] == ["mql"]
    for n in range(28, 36):
        walk(n)
    assert stages(person)[-1] == ("lead", "faded")


def test_who_went_back_by_itself_gets_the_stage_again_at_once() -> None:
    person = an_mql(keep=KEEP)
    walk(11)
    with day(12):
        happen(view(person.id, "/preise", at=now()))
        settle(now())
    assert [stage for stage, _reason in stages(person)] == ["mql", "lead", "mql"]


def test_silence_ends_it_and_a_deed_puts_it_off() -> None:
    person = an_mql(silence_days=30)
    with day(20):
        happen(view(person.id, "/impressum", at=now()))
        settle(now())
    walk(31)
    assert stages(person) == [("mql", "qualified")]
    walk(51)
    assert stages(person)[-1] == ("lead", "silence")


def test_after_silence_a_stage_comes_again_with_the_first_deed_and_not_by_itself() -> None:
    person = an_mql(silence_days=4)
    walk(5)
    assert stages(person)[-1] == ("lead", "silence")
    person.refresh_from_db()
    assert person.grade == "C2"  # it is deserved all the time
    with day(6):
        in_force(scoring=SCORING, stages={"mql": {"when": GOOD, "silence_days": 5}})
        settle(now())
    assert stages(person)[-1] == ("lead", "silence")
    with day(6.1):
        happen(view(person.id, "/impressum", at=now()))
        settle(now())
    assert stages(person)[-1] == ("mql", "qualified")


def test_time_alone_ends_what_was_done_lately() -> None:
    person = an_mql(keep={"did": "page.viewed", "topic": "/preise", "within": "10d"})
    walk(9)
    assert stages(person) == [("mql", "qualified")]
    walk(10.2)
    assert stages(person)[-1] == ("lead", "faded")


def test_an_open_deal_or_a_seller_who_accepted_keeps_it() -> None:
    first, second = an_mql(keep=KEEP), a_person()
    with day(0.1):
        happen(view(second.id, "/preise", at=now()))
        settle(now())
        a_deal(person=first)
        happen(AssignmentAccepted(person=second.id, at=now()))
    walk(15)
    assert [s for s, _r in stages(first)] == [s for s, _r in stages(second)] == ["mql"]

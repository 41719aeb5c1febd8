"""Stages: forward by itself, back with a reason, times kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reif.crm.models import Person, StageSpell
from reif.crm.move_stage import Move, RecycleNeedsReason, move_stage
from reif.crm.tests.people import a_person
from reif.kit.clock import now
from reif.log.models import Event
from reif.log.rebuild import rebuild

pytestmark = pytest.mark.django_db


def test_forward_moves_are_made_and_said() -> None:
    person = a_person()
    assert move_stage([Move(person.id, "lead", reason="form")])
    person.refresh_from_db()
    assert person.stage == "lead"
    assert Event.objects.get(kind="person.staged").topic == "lead"


def test_a_move_down_the_ladder_is_not_made_by_itself() -> None:
    person = a_person()
    move_stage([Move(person.id, "sql")])
    assert move_stage([Move(person.id, "mql")]) == []
    with pytest.raises(RecycleNeedsReason):
        move_stage([Move(person.id, "mql", back=True)])
    assert move_stage([Move(person.id, "mql", back=True, reason="bad_timing")])
    assert StageSpell.objects.get(person=person, left_at=None).recycled


def test_entered_left_and_cumulative_time_are_kept() -> None:
    person, start = a_person(), now() - timedelta(days=10)
    move_stage([Move(person.id, "lead", at=start)])
    move_stage([Move(person.id, "mql", at=start + timedelta(days=2))])
    move_stage([Move(person.id, "lead", at=start + timedelta(days=5), back=True, reason="bad_timing")])
    first, second, third = StageSpell.objects.filter(person=person)
    assert first.left_at == second.entered_at == start + timedelta(days=2)
    assert third.left_at is None
    assert third.earlier_seconds == 2 * 24 * 3600


def test_the_database_allows_one_open_stay() -> None:
    person = a_person()
    for stage in ("lead", "mql", "sql"):
        move_stage([Move(person.id, stage)])
    assert StageSpell.objects.filter(person=person, left_at=None).count() == 1


def test_stages_can_be_dropped_and_rebuilt_from_the_log() -> None:
    people = [a_person() for _ in range(5)]
    start = now() - timedelta(days=30)
    for n, person in enumerate(people):
        for day, stage in enumerate(("lead", "mql", "sql")[: n + 1]):
            move_stage([Move(person.id, stage, at=start + timedelta(days=day))])
    move_stage([Move(people[4].id, "mql", at=start + timedelta(days=9), back=True, reason="no_budget")])

    def picture() -> list[object]:
        spells = StageSpell.objects.order_by("person_id", "entered_at", "id")
        stays = list(spells.values_list("person_id", "stage", "came_from", "entered_at", "left_at", "earlier_seconds"))
        return [stays, list(Person.objects.order_by("id").values_list("stage", "stage_at"))]

    before = picture()
    events = Event.objects.count()
    assert rebuild("stages") > 0
    assert picture() == before
    assert Event.objects.count() == events

"""The columnar replay and the same done by hand agree to the cent, whatever the model and whatever happened."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reif.crm.models import Person, Visitor
from reif.crm.tests.people import a_person
from reif.lake.open import open_lake
from reif.lake.partitions import empty
from reif.lake.sync import sync
from reif.log.catalogue import CATALOGUE
from reif.log.models import Event
from reif.qualify.replay.rows import rows
from reif.qualify.replay.sums import predicates, sums
from reif.qualify.replay.worth import worth
from reif.qualify.tests import by_hand
from reif.qualify.tests.by_hand import Deed
from reif.qualify.tests.histories import END, PEOPLE, VISITORS, histories, models
from reif.qualify.ways import Decay, Model, Rule
from reif.rules.export import people as export
from reif.rules.record import Record, records

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _own_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))


def world() -> tuple[list[int], list[int]]:
    """Three people who differ, and two browsers."""
    told: list[dict[str, Any]] = [
        {"country": "CH", "traits": {"plan": "pro"}, "created_at": END - timedelta(days=30)},
        {"job_title": "Leiterin HR", "created_at": END - timedelta(days=10)},
        {"country": "CH", "job_title": "Bauleitung"},
    ]
    people = [a_person(**told[n]).id for n in range(PEOPLE)]
    return people, [Visitor.objects.create(key=f"v{n}", first_seen=END).id for n in range(VISITORS)]


def live(history: list[tuple[Any, ...]], people: list[int], visitors: list[int]) -> list[Deed]:
    """Write the history into the log, and return the deeds of known people, worked out by hand."""
    stored: list[Event] = []
    for n, one in enumerate(history, start=1):
        if one[0] == "identified":
            _word, visitor, person, at = one
            stored.append(_event(n, "visitor.identified", at, people[person], visitors[visitor]))
        else:
            kind, who, at, topic, machine = one
            mine = (people[who], None) if who < PEOPLE else (None, visitors[who - PEOPLE])
            stored.append(_event(n, kind, at, *mine, topic=topic, body={"machine": machine}))
    Event.objects.bulk_create(stored)
    return [deed for e in stored if (deed := _deed(e, stored))]


def _event(n: int, kind: str, at: Any, person: int | None, visitor: int | None, **more: Any) -> Event:
    return Event(id=n, kind=kind, at=at, recorded_at=END, person_id=person, visitor_id=visitor, **more)


def _deed(event: Event, stored: list[Event]) -> Deed | None:
    may_be = "machine" in CATALOGUE[event.kind].__struct_fields__
    if may_be and event.body.get("machine"):
        return None
    if event.person_id:
        return Deed(event.person_id, event.id, event.kind, event.topic, event.at, event.id, event.at)
    for said in stored:
        if said.kind == "visitor.identified" and said.visitor_id == event.visitor_id and said.person_id:
            known = max(event.id, said.id)
            return Deed(said.person_id, event.id, event.kind, event.topic, event.at, known, max(event.at, said.at))
    return None


@pytest.mark.django_db
@SLOW
@given(models(), histories, st.sampled_from([0, 0, 1, 36, 24 * 7, 24 * 20]))
def test_columns_and_hand_agree(model: Model, history: list[tuple[Any, ...]], hours: int) -> None:
    moment = END - timedelta(hours=hours)
    with transaction.atomic():
        people, visitors = world()
        deeds = live(history, people, visitors)
        empty()
        sync()
        known: dict[int, Record] = records(people, *predicates(model))
        with open_lake() as lake:
            got = {s.person: s[1:] for s in sums(lake, model, moment)}
            ledger = lake.execute(f"SELECT person, rule, event FROM ({rows(lake, model.rules)})").fetchall()
        keys = [rule.key for rule in model.rules]
        assert sorted((p, keys[r], e) for p, r, e in ledger) == sorted(
            (row.person, row.rule, row.event) for row in by_hand.rows(model, deeds, known)
        )
        assert got == by_hand.sums(model, deeds, known, moment)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "decay", [None, Decay(half_life=1), Decay(half_life=30), Decay(half_life=365), Decay(linear=60), Decay(linear=7)]
)
@pytest.mark.parametrize("points", [1, -1, 13, 10_000, -9_999])
@pytest.mark.parametrize("expires", [None, 1, 45])
def test_the_table_of_worth_is_the_rule(decay: Decay | None, points: int, expires: int | None) -> None:
    rule = Rule("r", "page.viewed", points, decay=decay, expires=expires)
    table = worth(rule, 800)
    assert table.tolist() == [by_hand.cents(rule, END, END + timedelta(days=age)) for age in range(801)]


@pytest.mark.django_db
def test_whoever_is_erased_has_no_sums() -> None:
    Person.objects.filter(pk=a_person().pk).update(erased_at=END)
    with open_lake() as lake:
        export(lake, [])
        assert sums(lake, Model(), END) == []

"""The stages that a back-test gives are those that the engine gave, evening by evening, whatever happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reif.crm.attach_visitor import attach
from reif.crm.models import Person, Visitor
from reif.crm.tests.people import a_person
from reif.kit.clock import travel
from reif.lake.open import open_lake
from reif.lake.partitions import empty
from reif.lake.sync import sync
from reif.log.append import append, writing
from reif.log.catalogue.mail import MailUnsubscribed
from reif.log.catalogue.web import PageViewed, WebinarRegistered
from reif.log.event import Event, event_of
from reif.log.models import Event as Stored
from reif.log.worker import settle
from reif.playbook.current import current
from reif.qualify.backtest.deeds import deeds as gather
from reif.qualify.backtest.history import NEVER, history
from reif.qualify.backtest.standings import Replay
from reif.qualify.fade import fade
from reif.qualify.promote import promote
from reif.qualify.replay.sums import predicates
from reif.qualify.score import score
from reif.qualify.tests.ways import in_force
from reif.rules.export import people as export

START, DAYS, PEOPLE = datetime(2026, 9, 1, tzinfo=UTC), 16, 3
EVENING = timedelta(hours=23, minutes=50)
VIEW, WEBINAR = "page.viewed", "webinar.registered"

days = st.integers(0, DAYS - 1)
deed = st.one_of(
    st.tuples(days, st.just("view"), st.integers(0, PEOPLE), st.sampled_from(["/preise", "/blog/a"])),
    st.tuples(days, st.just("view"), st.integers(0, PEOPLE), st.sampled_from(["/preise", "/blog/a"])),
    st.tuples(days, st.sampled_from(["webinar", "away", "known"]), st.integers(0, PEOPLE - 1), st.just("")),
)
stories = st.lists(deed, min_size=4, max_size=18)
decay = st.sampled_from([None, {"half_life": 2}, {"half_life": 9}, {"linear": 5}, {"linear": 14}])
limit = st.sampled_from([{}, {}, {"per_day": 1}, {"times": 2, "per": "week"}, {"once": True}])


@st.composite
def ways(draw: st.DrawFn) -> dict[str, Any]:
    """A model whose points fade, with grades that keep a margin, and two definitions on it."""
    rules = [
        {"key": "price", "on": VIEW, "topic": "/preise", "points": 12, **draw(limit)},
        {"key": "blog", "on": VIEW, "topic": "/blog/*", "points": 7, "group": "web", **draw(limit)},
        {"key": "webinar", "on": WEBINAR, "points": 11, "axis": "fit"},
    ]
    for rule in rules:
        if (fades := draw(decay)) is not None:
            rule["decay"] = fades
    grades = {"fit": [20, 10, 5], "engagement": [25, 15, 8], "margin": draw(st.sampled_from([0, 3, 6]))}
    model = {
        "key": "main", "group": [{"key": "web", "cap": 10}], "grades": grades,
        "rule": [*rules, {"key": "away", "on": "mail.unsubscribed", "points": -9}],
    }  # fmt: skip
    mql = draw(st.sampled_from([
        {"field": "score", "op": ">=", "value": 14}, {"field": "grade", "op": ">=", "value": "D3"},
        {"field": "engagement", "op": ">=", "value": 12},
    ]))  # fmt: skip
    sql = {"all": [{"field": "grade", "op": ">=", "value": draw(st.sampled_from(["C2", "C3", "D2"]))},
                   {"did": WEBINAR, "within": "7d"}]}  # fmt: skip
    return {"scoring": {"model": [model]}, "stages": {"mql": {"when": mql}, "sql": {"when": sql}}}


@pytest.fixture(autouse=True)
def _own_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))


def live(day: int, story: list[Any], people: list[int], visitor: int) -> None:
    """Everything of a day, a minute after the other."""
    for minute, (when, what, who, topic) in enumerate(story):
        at = START + timedelta(days=day, hours=8, minutes=minute)
        if when != day:
            continue
        whom: dict[str, Any] = {"person": people[who]} if who < PEOPLE else {"visitor": visitor}
        if what == "known":
            attach([(visitor, people[who])])
        else:
            append({"view": PageViewed, "webinar": WebinarRegistered, "away": MailUnsubscribed}[what](
                at=at, topic=topic, **whom))  # fmt: skip


def evening(after: int) -> int:
    """What the worker does with what is new: points, fading, then stages. Returns how far it came."""
    with writing():
        fade([])
        score(_after(after))
    with writing():
        promote(_after(after))
    return Stored.objects.latest("id").id


def _after(last: int) -> list[Event[Any]]:
    return [event_of(row) for row in Stored.objects.filter(id__gt=last).order_by("id")]


def engine(story: list[Any], people: list[int], visitor: int) -> dict[int, dict[str, int]]:
    """By person, the day on which each stage was first there."""
    first: dict[int, dict[str, int]] = {person: {} for person in people}
    heard = Stored.objects.latest("id").id
    for day in range(DAYS):
        with travel(START + timedelta(days=day) + EVENING):
            with writing():
                live(day, story, people, visitor)
            heard = evening(heard)
        for person, stage in Person.objects.values_list("id", "stage"):
            first[person].setdefault(stage, day)
    return first


def backtest() -> dict[int, dict[str, int]]:
    """The same, replayed from the lake."""
    empty()
    sync()
    model, stages = current("scoring").main, current("stages")
    with open_lake() as lake:
        export(lake, [*predicates(model), *(d.when for d in (stages.mql, stages.sql))])
        past = history(lake, START + timedelta(days=DAYS))
        replay = Replay(past, model, stages)
        for part in gather(past, [model], replay.asked).parts():
            replay.play(part)
    first = replay.found.first
    offset = (past.origin - START).days
    return {
        person: {stage: int(first[stage][n]) + offset for stage in first if first[stage][n] < NEVER}
        for n, person in enumerate(past.ids.tolist())
    }


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(ways(), stories)
def test_stages_are_those_of_the_engine(said: dict[str, Any], story: list[Any]) -> None:
    with transaction.atomic():
        with travel(START):
            people = [a_person().id for _ in range(PEOPLE)]
            visitor = Visitor.objects.create(key="v", first_seen=START).id
            in_force(**said)
            settle()
        real, told = engine(story, people, visitor), backtest()
        for person in people:
            stage = next((s for s in ("sql", "mql") if s in told.get(person, {})), "")
            assert Person.objects.get(pk=person).stage in (stage, "" if stage else "lead"), (real, told)
            if stage:
                assert real[person][stage] == told[person][stage]
        transaction.set_rollback(True)

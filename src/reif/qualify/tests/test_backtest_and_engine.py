"""The stages that a back-test gives are those that the engine gave, evening by evening, whatever happened: given, kept,
lost again by points that fade or by silence, sent back by sales, and given anew.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reif.crm.attach_visitor import attach
from reif.crm.models import Person, Visitor
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_person
from reif.kit.clock import now, travel
from reif.lake.open import open_lake
from reif.lake.partitions import empty
from reif.lake.sync import sync
from reif.log.append import append, writing
from reif.log.catalogue.mail import MailUnsubscribed
from reif.log.catalogue.web import PageViewed, WebinarRegistered
from reif.log.clock import fire_due
from reif.log.event import Event, event_of
from reif.log.models import Event as Stored
from reif.log.worker import settle
from reif.playbook.current import current, forget
from reif.qualify.backtest.deeds import deeds as gather
from reif.qualify.backtest.history import history
from reif.qualify.backtest.standings import Replay
from reif.qualify.backtest.stays import RUNGS
from reif.qualify.replay.sums import predicates
from reif.qualify.scoring.fade import fade
from reif.qualify.scoring.score import score
from reif.qualify.stages.hold import hold
from reif.qualify.stages.promote import promote
from reif.qualify.tests.ways import in_force
from reif.rules.export import people as export

START, DAYS, PEOPLE = datetime(2026, 9, 1, tzinfo=UTC), 18, 3
EVENING, NIGHT = timedelta(hours=23, minutes=50), timedelta(hours=23, minutes=52)
LATER = timedelta(seconds=20)  # each night, so that so many days after a night are over, however fast the clock runs
VIEW, WEBINAR = "page.viewed", "webinar.registered"

days = st.integers(0, DAYS - 1)
deed = st.one_of(
    st.tuples(days, st.just("view"), st.integers(0, PEOPLE), st.sampled_from(["/preise", "/blog/a"])),
    st.tuples(days, st.just("view"), st.integers(0, PEOPLE), st.sampled_from(["/preise", "/blog/a"])),
    st.tuples(days, st.just("view"), st.integers(0, PEOPLE), st.sampled_from(["/preise", "/blog/a", "/impressum"])),
    st.tuples(days, st.sampled_from(["webinar", "away", "known", "back"]), st.integers(0, PEOPLE - 1), st.just("")),
)
stories = st.lists(deed, min_size=6, max_size=20)
decay = st.sampled_from([None, {"half_life": 2}, {"half_life": 9}, {"linear": 5}, {"linear": 14}])
limit = st.sampled_from([{}, {}, {"per_day": 1}, {"times": 2, "per": "week"}, {"once": True}])
CAPS = st.sampled_from([10, 10, 1000])
KEEPS = [
    {}, {"keep": {"field": "score", "op": ">=", "value": 8}}, {"keep": {"field": "grade", "op": ">=", "value": "D3"}},
    {"keep": {"did": VIEW, "topic": "/preise", "within": "3d"}},
]  # fmt: skip
lasting = st.builds(
    lambda keep, patience, silence, rest: {**keep, **(patience if keep else {}), **silence, "rest_days": rest},
    st.sampled_from(KEEPS), st.sampled_from([{}, {"drop_after": 2}]), st.sampled_from([{}, {"silence_days": 4}]),
    st.sampled_from([0, 3, 30]),
)  # fmt: skip


@st.composite
def ways(draw: st.DrawFn) -> dict[str, Any]:
    """A model whose points fade, with grades that keep a margin, and two definitions on it."""
    rules = [
        {"key": "price", "on": VIEW, "topic": "/preise", "points": 12, **draw(limit)},
        {"key": "blog", "on": VIEW, "topic": "/blog/*", "points": 7, "group": "web", **draw(limit)},
        {"key": "webinar", "on": WEBINAR, "points": 11, "axis": "fit"},
    ]
    rules.append({"key": "away", "on": "mail.unsubscribed", "points": -9})
    for rule in rules:
        if (fades := draw(decay)) is not None:
            rule["decay"] = fades
    grades = {"fit": [20, 10, 5], "engagement": [25, 15, 8], "margin": draw(st.sampled_from([0, 3, 6]))}
    model = {"key": "main", "grades": grades, "rule": rules, "group": [{"key": "web", "cap": draw(CAPS)}]}
    mql = draw(st.sampled_from([
        {"field": "score", "op": ">=", "value": 14}, {"field": "grade", "op": ">=", "value": "D3"},
        {"field": "engagement", "op": ">=", "value": 12},
    ]))  # fmt: skip
    sql = {"all": [{"field": "grade", "op": ">=", "value": draw(st.sampled_from(["C2", "C3", "D2"]))},
                   {"did": WEBINAR, "within": "7d"}]}  # fmt: skip
    stages = {"mql": {"when": mql, **draw(lasting)}, "sql": {"when": sql, **draw(lasting)}}
    return {"scoring": {"model": [model]}, "stages": stages}


@pytest.fixture(autouse=True)
def _own_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))


def live(day: int, story: list[Any], people: list[int], visitor: int) -> None:
    """Everything of a day, a minute after the other."""
    for minute, (when, what, who, topic) in enumerate(story):
        at = START + timedelta(days=day, hours=8, minutes=minute)
        if when != day or what == "back":
            continue
        owner = Visitor.objects.get(pk=visitor).person_id  # whose visits are known, is told with each of them
        whom: dict[str, Any] = {"person": people[who]} if who < PEOPLE else {"visitor": visitor, "person": owner}
        if what == "known":
            attach([(visitor, people[who])])
        else:
            append({"view": PageViewed, "webinar": WebinarRegistered, "away": MailUnsubscribed}[what](
                at=at, topic=topic, **whom))  # fmt: skip


def evening(after: int, sent_back: list[int]) -> int:
    """What the worker does with what is new: points, fading, and who comes up. Returns how far it came."""
    while fire_due():
        pass
    with writing():
        fade([])
        score(_after(after))
    with writing():
        promote(_after(after))
    there = Person.objects.filter(id__in=sent_back, stage__in=RUNGS)
    noon = now() - timedelta(hours=12)
    move_stage([Move(person.id, "lead", reason="no_need", back=True, at=noon) for person in there])
    return night(after)


def night(after: int) -> int:
    """Who goes back, by what is new and by time alone."""
    while fire_due():
        pass
    while new := _after(after):
        after = new[-1].id
        with writing():
            hold(new)
    return after


def _after(last: int) -> list[Event[Any]]:
    return [event_of(row) for row in Stored.objects.filter(id__gt=last).order_by("id")]


Stood = list[dict[int, str]]
"""By evening, the stage of each person."""


def engine(story: list[Any], people: list[int], visitor: int) -> Stood:
    """Everybody's stage in the evenings; nothing but MQL and SQL is told apart."""
    stood: Stood = []
    heard = Stored.objects.latest("id").id
    for day in range(DAYS):
        with travel(START + timedelta(days=day) + EVENING):
            with writing():
                live(day, story, people, visitor)
            heard = evening(heard, [people[who] for when, what, who, _t in story if (when, what) == (day, "back")])
        with travel(START + timedelta(days=day) + NIGHT + day * LATER):
            heard = night(heard)
        stood.append({p: s if s in RUNGS else "" for p, s in Person.objects.values_list("id", "stage")})
    return stood


def backtest() -> Stood:
    """The same, replayed from the lake."""
    empty()
    sync()
    model, stages = current("scoring").main, current("stages")
    with open_lake() as lake:
        given = [part for one in stages.given.values() for part in one.asked]
        export(lake, [*predicates(model), *given])
        past = history(lake, START + timedelta(days=DAYS))
        replay = Replay(past, model, stages)
        for part in gather(past, [replay]).parts():
            replay.play(part)
    stays, offset = replay.done().stays, (START - past.origin).days
    there = {s: [stays.standing(s, len(past.ids), day + offset).tolist() for day in range(DAYS)] for s in RUNGS}
    return [
        {p: next((s for s in RUNGS if there[s][day][n]), "") for n, p in enumerate(past.ids.tolist())}
        for day in range(DAYS)
    ]


def agree(said: dict[str, Any], story: list[Any]) -> None:
    """Evening by evening everybody stands in the back-test where the engine had them."""
    with transaction.atomic():
        with travel(START):
            people = [a_person().id for _ in range(PEOPLE)]
            visitor = Visitor.objects.create(key="v", first_seen=START).id
            forget()  # what the last example had in force is rolled back, and remembered for a moment
            in_force(**said)
            forget()
            settle()
        real, told = engine(story, people, visitor), backtest()
        differs = [day for day in range(DAYS) if real[day] != told[day]]
        assert not differs, [(d, real[d], told[d]) for d in differs]
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(ways(), stories)
def test_stages_are_those_of_the_engine(said: dict[str, Any], story: list[Any]) -> None:
    agree(said, story)


def lasting_points(away: dict[str, int] | None = None, **mql: Any) -> dict[str, Any]:
    """MQL from 14 points on; none of them fade but those of `away`."""
    model = {
        "key": "main", "group": [{"key": "web", "cap": 10}],
        "rule": [
            {"key": "price", "on": VIEW, "topic": "/preise", "points": 12},
            {"key": "blog", "on": VIEW, "topic": "/blog/*", "points": 7, "group": "web"},
            {"key": "away", "on": "mail.unsubscribed", "points": -9, **({"decay": away} if away else {})},
        ],
    }  # fmt: skip
    when = {"field": "score", "op": ">=", "value": 14}
    return {"scoring": {"model": [model]}, "stages": {"mql": {"when": when, **mql}}}


AN_MQL, SENT_BACK = [(0, "view", 0, "/preise"), (0, "view", 0, "/blog/a")], (1, "back", 0, "")
WHAT_WENT_WRONG: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "a deed beyond the ceiling tells nobody that a rest is over": (
        lasting_points(rest_days=3),
        [*AN_MQL, (0, "view", 0, "/blog/a"), SENT_BACK, (5, "view", 0, "/blog/a"), (9, "view", 0, "/preise")],
    ),
    "a visitor who gets a name tells it, whatever was read": (
        lasting_points(rest_days=3), [*AN_MQL, SENT_BACK, (8, "view", 3, "/impressum"), (9, "known", 0, "")],
    ),
    "a span begins when somebody did something, not when it became known": (
        lasting_points(keep={"did": VIEW, "topic": "/preise", "within": "3d"}),
        [(7, "view", 3, "/preise"), (7, "view", 3, "/blog/a"), (10, "known", 0, ""), (11, "away", 0, "")],
    ),
    "points that come back give a stage between two deeds": (
        lasting_points({"linear": 5}, rest_days=0, keep={"field": "score", "op": ">=", "value": 8}),
        [*AN_MQL, (0, "away", 0, ""), (2, "away", 0, "")],
    ),
    "points that come back tell that a rest is over": (
        lasting_points({"linear": 14}, rest_days=3), [*AN_MQL, SENT_BACK, (2, "away", 0, "")],
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("what", WHAT_WENT_WRONG)
def test_what_went_wrong_once_stays_right(what: str) -> None:
    agree(*WHAT_WENT_WRONG[what])

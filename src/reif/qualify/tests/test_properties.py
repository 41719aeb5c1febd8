"""Whatever happens, in whatever batches: rows add up to totals, and a rebuild makes the same rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reif.crm.attach_visitor import attach
from reif.crm.models import Company, Person, Visitor
from reif.crm.tests.people import a_company, a_person
from reif.log.append import writing
from reif.log.catalogue.mail import MailClicked, MailUnsubscribed
from reif.log.catalogue.people import CompanyChanged, PersonChanged
from reif.log.catalogue.web import PageViewed, WebinarRegistered
from reif.log.event import Event, event_of
from reif.log.fact import kind_of
from reif.log.models import Event as Stored
from reif.log.rebuild import rebuild
from reif.qualify.fit import refit
from reif.qualify.models import Point
from reif.qualify.rescore import HISTORY, KNOWLEDGE
from reif.qualify.score import score
from reif.qualify.tests.ways import SCORING, happen, in_force, ledger

START = datetime(2026, 3, 1, 22, tzinfo=UTC)
PEOPLE, VISITORS = 3, 3
PATHS = ("/preise", "/blog/a", "/blog/b", "/impressum")
whom = st.integers(0, PEOPLE + VISITORS - 1)
hours = st.integers(0, 96)
deed = st.one_of(
    st.tuples(st.just("view"), whom, hours, st.sampled_from(PATHS), st.booleans()),
    st.tuples(st.just("click"), st.integers(0, PEOPLE - 1), hours),
    st.tuples(st.just("webinar"), st.integers(0, PEOPLE - 1), hours),
    st.tuples(st.just("away"), st.integers(0, PEOPLE - 1), hours),
    st.tuples(st.just("identify"), st.integers(0, VISITORS - 1), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("title"), st.integers(0, PEOPLE - 1), st.sampled_from(("HR-Leitung", "Praktikum", ""))),
    st.tuples(st.just("size"), st.sampled_from((10, 60, 500))),
)
histories = st.lists(deed, min_size=1, max_size=30)
cuts = st.lists(st.integers(1, 7), min_size=1, max_size=30)


class World:
    """Three people of one company and three browsers."""

    def __init__(self) -> None:
        self.company = a_company(size=10)
        self.people = [a_person(company=self.company).id for _ in range(PEOPLE)]
        self.visitors = [Visitor.objects.create(key=f"v{n}", first_seen=START).id for n in range(VISITORS)]

    def live(self, deed: tuple[Any, ...]) -> None:
        match deed:
            case ("view", n, hour, path, machine):
                at = START + timedelta(hours=hour)
                who = {"person": self.people[n]} if n < PEOPLE else {"visitor": self.visitors[n - PEOPLE]}
                happen(PageViewed(topic=path, at=at, machine=machine, **who))
            case ("click", n, hour):
                happen(MailClicked(person=self.people[n], topic="m", at=START + timedelta(hours=hour)))
            case ("webinar", n, hour):
                happen(WebinarRegistered(person=self.people[n], at=START + timedelta(hours=hour)))
            case ("away", n, hour):
                happen(MailUnsubscribed(person=self.people[n], at=START + timedelta(hours=hour)))
            case ("identify", v, n):
                attach([(self.visitors[v], self.people[n])])
            case ("title", n, title):
                Person.objects.filter(id=self.people[n]).update(job_title=title, job_title_fold=title.casefold())
                happen(PersonChanged(person=self.people[n], fields=["job_title"]))
            case ("size", size):
                Company.objects.filter(id=self.company.id).update(size=size)
                happen(CompanyChanged(company=self.company.id, fields=["size"]))


def hear(sizes: list[int], after: int = 0) -> int:
    """Bring what is new in the log to both verbs, cut into batches of these sizes; returns how far it came."""
    rows = Stored.objects.filter(kind__in=map(kind_of, HISTORY), id__gt=after).order_by("id")
    events = [event_of(row) for row in rows]
    known = {kind_of(k) for k in KNOWLEDGE}
    for batch in _batches(events, sizes):
        with writing():
            score([e for e in batch if e.kind not in known])
        with writing():
            refit([e for e in batch if e.kind in known])
    return events[-1].id if events else after


def _batches(events: list[Event[Any]], sizes: list[int]) -> list[list[Event[Any]]]:
    batches, turn = [], 0
    while events:
        size = sizes[turn % len(sizes)]
        batches.append(events[:size])
        events, turn = events[size:], turn + 1
    return batches


def behaviour() -> list[tuple[Any, ...]]:
    return [row for row in ledger() if row[3] != "fit"]


def sums() -> list[tuple[Any, ...]]:
    return list(Person.objects.order_by("id").values_list("id", "fit", "engagement", "score"))


def add_up() -> None:
    totals: dict[tuple[int, str], int] = defaultdict(int)
    for person, axis, points in Point.objects.values_list("person_id", "axis", "points"):
        totals[person, axis] += points
    for person, fit, engagement, total in sums():
        assert fit == totals[person, "fit"]
        assert engagement == totals[person, "engagement"]
        assert total == fit + engagement


class TestLedger(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(histories, cuts)
    def test_rows_add_up_and_a_rebuild_makes_the_same_rows(self, history: list[Any], sizes: list[int]) -> None:
        in_force(scoring=SCORING)
        world = World()
        heard = 0
        for n, one in enumerate(history):
            world.live(one)
            if n % 3 == sizes[0] % 3:
                heard = hear(sizes, heard)
        hear(sizes, heard)
        add_up()
        rows, totals = behaviour(), sums()
        rebuild("scores")
        add_up()
        assert behaviour() == rows
        assert sums() == totals

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(histories, cuts)
    def test_batches_of_any_size_give_the_same(self, history: list[Any], sizes: list[int]) -> None:
        in_force(scoring=SCORING)
        world = World()
        for one in history:
            world.live(one)
        hear([len(history) * 5])
        rows, totals = behaviour(), sums()
        Point.objects.all().delete()
        Person.objects.update(score=0, fit=0, engagement=0)
        hear(sizes)
        add_up()
        assert behaviour() == rows
        assert sums() == totals

"""Whatever happens, in whatever batches: every place is what a naive reckoning says, and a rebuild makes the same rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reif.crm.attach_visitor import attach
from reif.crm.models import Company, Person, Standing, Visitor
from reif.crm.tests.people import a_company, a_person
from reif.kit.clock import now, travel
from reif.log.append import writing
from reif.log.catalogue.mail import MailClicked, MailUnsubscribed
from reif.log.catalogue.people import CompanyChanged, PersonChanged, PersonCreated
from reif.log.catalogue.web import PageViewed, WebinarRegistered
from reif.log.event import Event, event_of
from reif.log.fact import kind_of
from reif.log.models import Event as Stored
from reif.log.rebuild import rebuild
from reif.log.worker import settle
from reif.qualify.scoring.fade import fade
from reif.qualify.scoring.score import HISTORY, score
from reif.qualify.scoring.worth import whole
from reif.qualify.tests.naive import Happened, reckon
from reif.qualify.tests.ways import COMPANY, happen, in_force, ledger

START = datetime(2026, 3, 1, 22, tzinfo=UTC)
PEOPLE, VISITORS = 3, 3
PATHS = ("/preise", "/blog/a", "/blog/b", "/impressum")
CALM: dict[str, Any] = {
    "key": "test",
    "group": [{"key": "web", "cap": 12}, {"key": "who", "cap": 30}],
    "rule": [
        {"key": "price", "on": "page.viewed", "topic": "/preise", "points": 10, "per_day": 1, "decay": {"half_life": 9}},
        {"key": "blog", "on": "page.viewed", "topic": "/blog/*", "points": 5, "group": "web", "decay": {"linear": 21}},
        {"key": "away-blog", "on": "page.viewed", "topic": "/blog/b", "points": -3, "group": "web"},
        {"key": "click", "on": ["mail.clicked"], "points": 3, "times": 2, "per": "week", "per_day": 1},
        {"key": "webinar", "on": "webinar.registered", "points": 20, "once": True, "axis": "fit", "expires": 40},
        {"key": "away", "on": "mail.unsubscribed", "points": -15, "decay": {"half_life": 4}, "expires": 20},
    ],
    "fit": [
        {"key": "size", "when": COMPANY, "points": 20, "group": "who"},
        {"key": "boss", "when": {"field": "job_title", "op": "contains", "value": "leitung"}, "points": 15, "group": "who"},
    ],
    "grades": {"fit": [30, 15, 5], "engagement": [25, 12, 4]},
    "company": {"take": "sum", "of": 2},
}  # fmt: skip
OTHER: dict[str, Any] = {
    "key": "second",
    "rule": [
        {"key": "blog", "on": "page.viewed", "topic": "/blog/*", "points": 7, "times": 3, "per": "month",
         "decay": {"linear": 13}},
        {"key": "click", "on": "mail.clicked", "points": 2},
    ],
}  # fmt: skip
SHARP: dict[str, Any] = {**CALM, "rule": [{**r, "points": r["points"] * 2, "times": 1} for r in CALM["rule"][:4]]}
SCORINGS = ({"model": [CALM, OTHER]}, {"model": [CALM]}, {"model": [SHARP, OTHER]})

whom = st.integers(0, PEOPLE + VISITORS - 1)
hours = st.integers(0, 96 * 24)
deed = st.one_of(
    st.tuples(st.just("view"), whom, hours, st.sampled_from(PATHS), st.booleans()),
    st.tuples(st.just("click"), st.integers(0, PEOPLE - 1), hours),
    st.tuples(st.just("webinar"), st.integers(0, PEOPLE - 1), hours),
    st.tuples(st.just("away"), st.integers(0, PEOPLE - 1), hours),
    st.tuples(st.just("identify"), st.integers(0, VISITORS - 1), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("title"), st.integers(0, PEOPLE - 1), st.sampled_from(("HR-Leitung", "Praktikum", ""))),
    st.tuples(st.just("size"), st.sampled_from((10, 60, 500))),
    st.tuples(st.just("fade"), hours),
)
histories = st.lists(deed, min_size=1, max_size=30)
cuts = st.lists(st.integers(1, 7), min_size=1, max_size=30)
HARD = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class World:
    """Three people of one company and three browsers; time only goes forward."""

    def __init__(self) -> None:
        self.at = START
        self.company = a_company(size=10)
        self.people = [a_person(company=self.company).id for _ in range(PEOPLE)]
        self.visitors = [Visitor.objects.create(key=f"v{n}", first_seen=START).id for n in range(VISITORS)]
        happen(*(PersonCreated(person=person, at=START) for person in self.people))

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
            case ("fade", hour):
                self.at = max(self.at, START + timedelta(hours=hour))
                with travel(self.at), writing():
                    fade([])


def hear(world: World, sizes: list[int], after: int = 0) -> int:
    """Bring what is new in the log to the verb, cut into batches of these sizes; returns how far it came."""
    rows = Stored.objects.filter(kind__in=map(kind_of, HISTORY), id__gt=after).order_by("id")
    events: list[Event[Any]] = [event_of(row) for row in rows]
    last, turn = events[-1].id if events else after, 0
    while events:
        size = sizes[turn % len(sizes)]
        with travel(world.at), writing():
            score(events[:size])
        events, turn = events[size:], turn + 1
    return last


def put_in_force(world: World, scoring: dict[str, Any]) -> None:
    with travel(world.at):
        in_force(scoring=scoring)
        settle(world.at)


def at_the_end(world: World) -> None:
    """A day after the last of it, when everything that fades has faded so far."""
    world.at = START + timedelta(days=100, microseconds=1)
    with travel(world.at), writing():
        fade([])


def deeds_of(person: int) -> list[Happened]:
    """What somebody did, told from the log alone."""
    owner: dict[int, tuple[int, int]] = {}
    for e in Stored.objects.filter(kind="visitor.identified").order_by("-id"):
        owner[e.visitor_id or 0] = (e.id, e.person_id or 0)
    found: list[Happened] = []
    for e in Stored.objects.filter(kind__in=["page.viewed", "mail.clicked", "webinar.registered", "mail.unsubscribed"]):
        since, whose = owner.get(e.visitor_id or 0, (0, 0)) if e.person_id is None else (0, e.person_id)
        if whose == person and not e.body.get("machine"):
            found.append((e.id, max(since, e.id), person, e.visitor_id, e.kind, e.topic, e.at))
    return sorted(found, key=lambda one: (one[1], one[0]))


def known_of(person: int) -> dict[str, int]:
    one = Person.objects.select_related("company").get(pk=person)
    size = one.company.size if one.company else 0
    return {**({"size": 1} if (size or 0) >= 50 else {}), **({"boss": 1} if "leitung" in one.job_title_fold else {})}


def is_what_the_log_says(world: World, scoring: dict[str, Any]) -> None:
    """Every place, to the cent, and the sums on the people."""
    for model in scoring["model"]:
        for person in world.people:
            fit, engagement, taken = reckon(model, deeds_of(person), known_of(person), world.at)
            place = Standing.objects.counting().filter(person=person, model=model["key"]).first() or Standing()
            assert (place.fit_cents, place.engagement_cents, place.cap_cents) == (fit, engagement, taken)
            assert place.score == whole(fit + engagement)
            assert place.due is None or place.due > world.at
    main = scoring["model"][0]["key"]
    for person, model_score, points in (
        Standing.objects.counting().filter(model=main).values_list("person_id", "score", "person__score")
    ):
        assert model_score == points, person
    best = sorted(Person.objects.values_list("score", flat=True), reverse=True)[:2]
    assert Company.objects.get(pk=world.company.pk).score == sum(best)


def behaviour() -> list[tuple[Any, ...]]:
    return [row for row in ledger() if row[2] not in ("size", "boss")]


class TestLedger(TestCase):
    @HARD
    @given(histories, cuts)
    def test_places_are_what_the_log_says_and_a_rebuild_makes_the_same_rows(
        self, history: list[Any], sizes: list[int]
    ) -> None:
        world = World()
        put_in_force(world, SCORINGS[0])
        heard = 0
        for n, one in enumerate(history):
            world.live(one)
            if n % 3 == sizes[0] % 3:
                heard = hear(world, sizes, heard)
        hear(world, sizes, heard)
        at_the_end(world)
        is_what_the_log_says(world, SCORINGS[0])
        rows = behaviour()
        with travel(world.at):
            rebuild("scores")
        assert behaviour() == rows
        is_what_the_log_says(world, SCORINGS[0])

    @HARD
    @given(histories, histories, cuts)
    def test_publishing_in_the_middle_gives_what_was_so_from_the_beginning(
        self, before: list[Any], after: list[Any], sizes: list[int]
    ) -> None:
        world = World()
        put_in_force(world, SCORINGS[0])
        with travel(world.at):
            for one in before:
                world.live(one)
            settle(world.at)
            chosen = SCORINGS[1 + sizes[0] % 2]
            put_in_force(world, chosen)
            for one in after:
                world.live(one)
            settle(world.at)
        at_the_end(world)
        is_what_the_log_says(world, chosen)

    @HARD
    @given(histories, cuts)
    def test_batches_of_any_size_give_the_same(self, history: list[Any], sizes: list[int]) -> None:
        world = World()
        put_in_force(world, SCORINGS[0])
        for one in history:
            world.live(one)
        hear(world, sizes)
        rows = behaviour()
        with travel(world.at):
            rebuild("scores")
        assert behaviour() == rows
        at_the_end(world)
        is_what_the_log_says(world, SCORINGS[0])


def test_a_row_is_a_staircase_by_days() -> None:
    from reif.qualify.scoring.worth import Fading, age, next_step, worth

    half, linear, ends = Fading(half_life=10), Fading(linear=4), Fading(expires=3)
    assert [worth(10, half, d) for d in (0, 1, 10, 20, 69, 70)] == [1000, 933, 500, 250, 8, 0]
    assert [worth(-10, linear, d) for d in range(5)] == [-1000, -750, -500, -250, 0]
    assert [worth(5, ends, d) for d in range(4)] == [500, 500, 500, 0]
    assert [next_step(5, ends, d) for d in range(4)] == [3, 3, 3, None]
    assert (next_step(1, Fading(linear=400), 0), next_step(1, Fading(linear=400), 1)) == (1, 5)
    moment = now()
    assert [age(moment, moment + timedelta(hours=h)) for h in (-30, 0, 23, 24, 47)] == [0, 0, 0, 1, 1]

"""Publishing by columns writes the rows and places that events one by one would have written, and loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from reif.crm.models import Person, Standing
from reif.crm.tests.people import a_user
from reif.kit.clock import travel
from reif.lake.partitions import empty
from reif.log.append import writing
from reif.log.models import Event
from reif.log.rebuild import rebuild
from reif.log.worker import settle
from reif.playbook.current import book, current
from reif.qualify.models import Build, Point
from reif.qualify.publish import build
from reif.qualify.publish.stop import stop
from reif.qualify.scoring.in_force import live
from reif.qualify.tests.test_build import begin, one_piece, scores, scoring, six_who_looked_twice
from reif.qualify.tests.test_properties import SCORINGS, World, at_the_end, histories, put_in_force
from reif.qualify.tests.ways import happen, in_force, ledger, view

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ASKING: dict[str, Any] = {
    "model": [
        {**SCORINGS[0]["model"][0], "rule": [
            *SCORINGS[0]["model"][0]["rule"],
            {"key": "again", "on": "page.viewed", "points": 4, "decay": {"linear": 9},
             "when": {"did": "page.viewed", "topic": "/preise", "at_least": 2}},
        ]},
        {"key": "third", "rule": [{"key": "v", "on": "page.viewed", "points": 1}], "exclude": [
            {"key": "trainee", "when": {"field": "job_title", "op": "contains", "value": "praktikum"}}]},
    ]
}  # fmt: skip


@pytest.fixture(autouse=True)
def _by_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))
    monkeypatch.setattr(build, "LARGE", 0)
    monkeypatch.setattr(build, "CROWD", 2)
    monkeypatch.setattr(build, "SPAN", 2)


def places() -> list[tuple[Any, ...]]:
    """Every column of each place; one in which nobody has anything is as good as none."""
    columns = [f.attname for f in Standing._meta.concrete_fields if f.attname not in ("id", "build")]
    nothing = {"fit_cents": 0, "engagement_cents": 0, "cap_cents": 0, "grade": "", "excluded": ""}
    return sorted(Standing.objects.counting().exclude(**nothing).values_list(*columns), key=str)


class TestByColumns(TestCase):
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(histories, histories)
    def test_it_is_what_the_log_says_and_what_events_one_by_one_make(self, before: list[Any], after: list[Any]) -> None:
        empty()
        world = World()
        put_in_force(world, SCORINGS[2])
        with travel(world.at):
            for one in before:
                world.live(one)
            settle(world.at)
        put_in_force(world, ASKING)
        made, rows = places(), ledger()
        with pytest.MonkeyPatch.context() as patch, travel(world.at), writing():
            patch.setattr(build, "LARGE", 10**12)
            build.begin_anew(live().revision, Build.objects.get(state="live").hash)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(build, "LARGE", 10**12)
            settle(world.at)
        assert ledger() == rows
        assert places() == made
        with travel(world.at):
            for one in after:
                world.live(one)
            settle(world.at)
        at_the_end(world)
        made = places()
        with travel(world.at):
            rebuild("scores")
        assert [row[:-1] for row in places()] == [row[:-1] for row in made]


@pytest.fixture
def people(db: None) -> list[Person]:
    """Six people with two deeds each, under a scoring in force."""
    return six_who_looked_twice()


def until(state: str) -> None:
    """Piece by piece until a build is in this state."""
    while not Build.objects.filter(state=state).exists():
        one_piece()


def test_who_is_scored_while_a_switch_is_told_hears_it_once(people: list[Person]) -> None:
    in_force(scoring=scoring(7), stages={"mql": {"when": {"field": "score", "op": ">=", "value": 12}}})
    begin()
    last = Event.objects.latest("id").id
    until("telling")
    assert scores(people) == [14] * 6
    one_piece()
    happen(view(people[0].id, "/preise"), view(people[5].id, "/preise"))
    settle()
    assert scores(people) == [21, *[14] * 4, 21]
    told = Event.objects.filter(kind="person.scored", id__gt=last).order_by("id").values_list("person_id", "body")
    moves = [(person, body["score"] - body["delta"], body["score"]) for person, body in told]
    assert [m[1:] for m in moves if m[0] == people[0].id] == [(10, 14), (14, 21)]
    assert [m[1:] for m in moves if m[0] == people[5].id] == [(10, 21)]
    assert not Standing.objects.exclude(build=live().number).exists()


def test_what_nobody_waits_for_is_switched_without_words(people: list[Person]) -> None:
    in_force(scoring=scoring(5, words={"en": "Prices"}, expires=700))
    last = Event.objects.latest("id").id
    settle()
    assert scores(people) == [10] * 6
    assert not Event.objects.filter(kind="person.scored", id__gt=last).exists()


def test_a_stopped_publication_leaves_the_scoring_of_before(people: list[Person], client: Client) -> None:
    client.force_login(a_user("marketing"), backend=BACKEND)
    in_force(scoring=scoring(7))
    begin()
    one_piece()
    assert 'hx-get="/scoring/build?seen=people"' in client.get("/scoring").content.decode()
    client.post("/scoring/build")
    assert 'hx-get="/scoring/build' not in client.get("/scoring").content.decode()
    settle()
    assert scores(people) == [10] * 6
    assert current("scoring").main.rules[0].points == 5
    assert set(Point.objects.values_list("build", flat=True)) == {live().number}
    assert client.get("/scoring/build?seen=people")["HX-Refresh"] == "true"
    assert not stop(None)


def test_the_page_says_at_once_that_a_scoring_waits_and_it_can_be_stopped(people: list[Person], client: Client) -> None:
    client.force_login(a_user("marketing"), backend=BACKEND)
    counts = Build.objects.get(state="live").hash[:10]
    in_force(scoring=scoring(7))
    page = client.get("/scoring").content.decode()
    assert 'hx-get="/scoring/build?seen=waiting"' in page
    assert counts in page
    assert book().hash[:10] in page
    client.post("/scoring/build")
    assert 'hx-get="/scoring/build' not in client.get("/scoring").content.decode()
    settle()
    assert scores(people) == [10] * 6


def test_the_page_follows_a_build_to_its_end(people: list[Person], client: Client) -> None:
    client.force_login(a_user("analyst"), backend=BACKEND)
    in_force(scoring=scoring(7))
    begin()
    until("people")
    one_piece()
    assert "2 von 6 Personen" in client.get("/scoring/build?seen=people").content.decode()
    until("telling")
    assert client.get("/scoring/build?seen=people")["HX-Refresh"] == "true"
    assert "seen=telling" in client.get("/scoring/build?seen=telling").content.decode()
    settle()
    done = client.get("/scoring/build?seen=telling").content.decode()
    assert "hx-get" not in done
    assert "6" in done


def test_a_piece_asks_the_database_little(people: list[Person], django_assert_max_num_queries: Any) -> None:
    in_force(scoring=scoring(7))
    begin()
    one_piece()
    with django_assert_max_num_queries(24):
        one_piece()


def test_two_publications_at_once_end_with_the_last_and_one_set_of_rows(people: list[Person]) -> None:
    in_force(scoring=scoring(7))
    begin()
    until("telling")
    in_force(scoring=scoring(9))
    settle()
    assert scores(people) == [18] * 6
    assert not Point.objects.exclude(build=live().number).exists()
    assert not Standing.objects.exclude(build=live().number).exists()

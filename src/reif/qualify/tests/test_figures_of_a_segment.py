"""Pages of figures count the people of one segment: the address says which, and what is wrong with it is said in words."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Origin, Person, Sourced, Standing, Touch
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_person
from reif.kit.clock import now
from reif.log.worker import settle
from reif.playbook.current import forget
from reif.qualify.board.grid import bands, grid
from reif.qualify.board.overview import model_in_words
from reif.qualify.models import Sorting
from reif.qualify.personas.figures import figures, nobody
from reif.qualify.rating.board import board
from reif.qualify.rating.ways import Data
from reif.qualify.scoring.in_force import live, scoring
from reif.qualify.segments.choice import pointing
from reif.qualify.tests.test_segment_pages import SWISS, signed_in
from reif.qualify.tests.ways import SCORING, happen, in_force, view
from reif.rules.within import EVERYBODY, Within

pytestmark = pytest.mark.django_db
PAGES = ["/funnel?days=90", "/sources?touch=lead&days=90", "/personas", "/scoring", "/data"]
HEAD = {"key": "head", "words": {"de": "Leitung", "en": "Head"}, "department": ["hr"], "level": ["head"]}
GUESTS = {"key": "guests", "words": {"de": "Gäste", "en": "Guests"}}


def filled() -> list[Person]:
    """Five people, two of them Swiss; each with a source, a stage and a title."""
    people = [a_person(country="CH" if n < 2 else "DE", job_title="Leiterin HR", source="REFERRALS") for n in range(5)]
    in_force(
        segments={"segment": [SWISS, GUESTS]},
        personas={"persona": [HEAD]},
        scoring={"model": [SCORING["model"][0] | {"grades": {}}]},
    )
    start = now() - timedelta(days=20)
    move_stage(Move(p.pk, "lead", at=start) for p in people)
    move_stage(Move(p.pk, "mql", at=start + timedelta(days=2)) for p in people[::2])
    for p in people:
        touch = Touch.objects.create(person=p, kind="visit", source="REFERRALS", detail_1="partner", at=start)
        Origin.objects.update_or_create(person=p, defaults={"lead": touch, "lead_at": start})
        Sourced.objects.update_or_create(
            person=p, turn="lead", defaults={"at": start, "source": "REFERRALS", "detail_1": "partner", "rung": 1}
        )
    settle()
    build = live().number
    for p in people:
        Standing.objects.update_or_create(person=p, model="test", build=build, defaults={"fit": 12, "grade": "B2"})
    Person.objects.update(grade="B2")
    return people


@pytest.fixture
def client() -> Client:
    filled()
    return signed_in("analyst")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_counts_the_segment_alone_with_few_more_questions(client: Client, address: str) -> None:
    joint = "&" if "?" in address else "?"
    forget()
    client.get(address)
    with CaptureQueriesContext(connection) as everybody:
        whole = client.get(address).content.decode()
    with CaptureQueriesContext(connection) as narrowed:
        part = client.get(f"{address}{joint}segment=swiss").content.decode()
    assert len(narrowed) <= len(everybody) + 2, "the playbook in force, and whether the segment is complete"
    assert "All segments" in whole
    assert "Swiss" in part
    assert part != whole


@pytest.mark.parametrize("address", PAGES)
def test_one_that_is_gone_or_not_ready_is_said(client: Client, address: str) -> None:
    joint = "&" if "?" in address else "?"
    gone = client.get(f"{address}{joint}segment=nowhere").content.decode()
    assert "There is no segment “nowhere” any more." in gone
    assert 'class="grid-table"' not in gone
    Sorting.objects.filter(segment="swiss").update(state="going", people=200, gone=50)
    assert "25 % so far" in client.get(f"{address}{joint}segment=swiss").content.decode()
    in_force(segments={"segment": [SWISS | {"archived": True}]}, scoring=SCORING, personas={"persona": [HEAD]})
    assert "is archived." in client.get(f"{address}{joint}segment=swiss").content.decode()


def test_numbers_are_those_of_the_people_in_it() -> None:
    people = filled()
    swiss, guests = Within("swiss", "Swiss"), Within("guests", "Guests")
    assert [sum(f.people for f in figures(one).values()) for one in (EVERYBODY, swiss, guests)] == [5, 2, 0]
    assert figures(swiss)["head"].steps[0].reached == 1
    assert figures(EVERYBODY)["head"].steps[0].reached == 3
    model = scoring().main
    assert [sum(b.people for b in bands(model, "fit", one)) for one in (EVERYBODY, swiss, guests)] == [5, 2, 0]
    assert sum(cell.people for row in grid(model, True, swiss) for cell in row) == 2
    happen(*(view(person.pk, "/preise") for person in people[1:]))
    settle()
    lines = [model_in_words(model, "en", one)["rules"][0] for one in (EVERYBODY, swiss, guests)]
    assert [(line.key, line.people) for line in lines] == [("price", 4), ("price", 1), ("price", 0)]
    assert [board(Data(), one).people for one in (EVERYBODY, swiss, guests)] == [5, 2, 0]
    assert nobody(guests) == {"no_title": 0, "strange": 0, "other": 0}


def test_a_number_leads_to_exactly_the_people_that_it_counts(client: Client) -> None:
    for address in ("/personas?segment=swiss", "/scoring?segment=swiss", "/sources?days=90&segment=swiss"):
        page = client.get(address).content.decode()
        links = re.findall(r'href="((?:/people\?|/sources/people\?)[^"]+)"', page)
        assert links, address
        assert all("swiss" in link for link in links if "people?" in link), address
        first = client.get(links[0].replace("&amp;", "&")).content.decode()
        assert len(re.findall(r"<tr data-row>", first)) == 2, address
    assert "g0.r0.value=swiss" in client.get("/funnel?days=90&segment=swiss").content.decode()


def test_the_choice_keeps_the_address_and_finds_by_words(client: Client) -> None:
    offered = client.get("/segments/choice", {"at": "/funnel?days=30&after=x"}).content.decode()
    assert 'href="/funnel?days=30&amp;segment=swiss"' in offered
    assert 'href="/funnel?days=30"' in offered
    found = client.get("/segments/choice", {"at": "/funnel", "q": "gue"}).content.decode()
    assert "Guests" in found
    assert "Swiss" not in found
    assert "No segment is called so." in client.get("/segments/choice", {"at": "/funnel", "q": "zzz"}).content.decode()
    assert "evil" not in client.get("/segments/choice", {"at": "//evil.example/x"}).content.decode()
    searched = client.get(
        "/segments/choice?at=/content", headers={"HX-Current-URL": "http://testserver/content?q=lohn"}
    )
    assert 'href="/content?q=lohn&amp;segment=swiss"' in searched.content.decode()
    assert pointing("/sources?segment=a&open=X&open=Y&piece=X", "b") == "/sources?open=X&open=Y&segment=b"


def test_a_thousand_segments_are_offered_by_the_first_of_them() -> None:
    many = [{"key": f"s{n}", "words": {"de": f"Gruppe {n}", "en": f"Group {n}"}} for n in range(1000)]
    in_force(segments={"segment": many})
    client = signed_in()
    forget()
    client.get("/segments/choice?at=/funnel")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/segments/choice?at=/funnel").content.decode()
    assert len(queries) <= 6
    assert "960 more" in page
    assert len(page) < 20_000

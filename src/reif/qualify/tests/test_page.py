"""The scoring page says what the playbook says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Standing
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.log.worker import settle
from reif.qualify.board.grid import bands, grid
from reif.qualify.scoring.in_force import live, scoring
from reif.qualify.tests.ways import MODEL, STAGES, happen, in_force, view

pytestmark = pytest.mark.django_db


def test_the_page_is_drawn_with_few_queries() -> None:
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/scoring").status_code == 200
    assert len(queries) <= 16


def test_it_says_how_a_stage_is_lost(client: Client) -> None:
    mql = {"when": {"field": "score", "op": ">=", "value": 10}, "keep": {"field": "score", "op": ">=", "value": 5}}
    in_force(scoring={"model": [MODEL]}, stages={"mql": {**mql, "drop_after": 7, "silence_days": 120, "rest_days": 1}})
    settle()
    page = " ".join(client.get("/scoring").content.decode().split())
    assert "Geht zurück, wenn das 7 Tage lang nicht gilt: " in page
    assert "Geht nach 120 Tagen ohne Lebenszeichen zurück" in page
    assert "Wird 1 Tag lang nicht wieder gegeben" in page
    in_force(scoring={"model": [MODEL]}, stages={"mql": mql})
    settle()
    page = " ".join(client.get("/scoring").content.decode().split())
    assert "Geht zurück, sobald das nicht mehr gilt: " in page
    assert "ohne Lebenszeichen" not in page


@pytest.fixture
def client() -> Client:
    one = Client()
    one.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return one


GRADED = {**MODEL, "grades": {"fit": [30, 20, 10], "engagement": [25, 15, 5]}}
SECOND = {
    "key": "second",
    "words": {"de": "Zweites", "en": "Second"},
    "rule": [{"key": "x", "on": "page.viewed", "points": 3}],
}


def test_the_bands_and_the_grid_hold_everybody() -> None:
    in_force(scoring={"model": [GRADED]})
    settle()
    for score, grade in ((-5, "D4"), (0, "D4"), (9, "D3"), (10, "B2"), (55, "A1"), (180, "A1")):
        Standing.objects.create(person=a_person(), model="test", build=live().number, score=score, grade=grade)
    model = scoring().main
    lie = bands(model, "score")
    assert (sum(band.people for band in lie), lie[0].people, lie[-1].people) == (6, 3, 1)
    cells = {cell.grade: cell for row in grid(model, main=True) for cell in row}
    assert (cells["D4"].people, cells["A1"].people, cells["C3"].people) == (2, 2, 0)
    assert "grade" in cells["A1"].href


def test_a_grade_leads_to_its_people(client: Client) -> None:
    in_force(scoring={"model": [GRADED, SECOND]})
    settle()
    person = a_person(first_name="Zora")
    happen(*(view(person.id, "/preise", at=None) for _ in range(2)))
    settle()
    assert (
        "Zora"
        in client.get(next(c.href for row in grid(scoring().main, True) for c in row if c.people)).content.decode()
    )
    page = client.get("/scoring?model=second").content.decode()
    assert "Zweites" in page or "Second" in page
    assert client.get("/scoring?model=nothing").status_code == 404


def test_a_person_s_page_tells_every_row_to_the_cent(client: Client) -> None:
    fading = {**GRADED, "rule": [{**r, "decay": {"half_life": 30}} for r in MODEL["rule"]]}
    in_force(scoring={"model": [fading, SECOND]}, stages=STAGES)
    settle()
    person = a_person()
    happen(*(view(person.id, path, at=now() - timedelta(days=n)) for n, path in ((1, "/preise"), (9, "/blog/a"))))
    settle()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/people/{person.pk}/score").content.decode()
    assert len(queries) <= 24
    assert ("9,77" in page) or ("9.77" in page)
    assert client.get(f"/people/{person.pk}/score?as=table").status_code == 200
    assert client.get(f"/people/{person.pk}/score?model=second").status_code == 200
    assert client.get("/people/0/score").status_code == 404

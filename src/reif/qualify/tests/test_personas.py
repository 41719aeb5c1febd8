"""Personas are found from what is known, stay as chosen by hand, and conditions may ask for them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Member, Person
from reif.crm.tests.people import a_company, a_person, a_user
from reif.crm.upsert import Draft, upsert_people
from reif.log.worker import settle
from reif.playbook.check import check
from reif.playbook.draft import read_plain
from reif.qualify.models import Likeness
from reif.qualify.personas.assign import choose, release
from reif.qualify.tests.ways import in_force

pytestmark = pytest.mark.django_db
HEAD: dict[str, Any] = {
    "key": "head",
    "words": {"en": "Petra", "de": "Petra"},
    "department": ["hr"],
    "level": ["head"],
    "size": [50, 500],
}
BOSS: dict[str, Any] = {"key": "boss", "department": ["management"], "level": ["owner"]}
SEGMENT = {"key": "heads", "when": {"field": "persona", "op": "is", "value": "head"}}


def ready() -> None:
    in_force(personas={"persona": [HEAD, BOSS]}, segments={"segment": [SEGMENT]})
    settle()


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_a_job_title_makes_a_persona_with_its_evidence() -> None:
    ready()
    [made] = upsert_people([Draft("a@firma.example", job_title="Leiterin Personal")])
    settle()
    assert fresh(made.person).persona == "head"
    like = Likeness.objects.get()
    assert like.evidence == {"department": "fits", "level": "fits", "size": "unknown"}
    assert like.confidence == round(100 * 65 / 85)
    assert Member.objects.filter(segment="heads").count() == 1
    upsert_people([Draft("a@firma.example", job_title="CEO")])
    settle()
    assert fresh(made.person).persona == "boss"
    assert not Member.objects.filter(segment="heads").exists()


def test_new_personas_sort_everybody_in() -> None:
    person = a_person(job_title="Personalleiter", company=a_company(size=100))
    other = a_person(job_title="Astronaut")
    ready()
    assert fresh(person).persona == "head"
    assert Likeness.objects.get(person=person).confidence == 100
    assert fresh(other).persona == ""
    assert fresh(other).completeness is not None


def test_who_knows_better_keeps_it_until_it_is_released() -> None:
    person, user = a_person(job_title="Personalleiter"), a_user("seller")
    ready()
    choose(person, "boss", "Sie entscheidet", by=user.pk)
    upsert_people([Draft(str(person.email), job_title="Leiterin HR")])
    settle()
    assert fresh(person).persona == "boss"
    release(person)
    assert fresh(person).persona == "head"


def test_completeness_grows_with_what_is_told() -> None:
    ready()
    [made] = upsert_people([Draft("a@firma.example")])
    settle()
    before = fresh(made.person).completeness or 0
    upsert_people([Draft("a@firma.example", first_name="Anna", last_name="Ammann", job_title="CEO", country="CH")])
    settle()
    assert 0 < before < (fresh(made.person).completeness or 0) < 100


def test_an_unknown_department_is_refused_with_the_closest() -> None:
    problems = check(read_plain({"personas": {"persona": [{**HEAD, "department": ["hrr"]}, {"key": "empty"}]}}))
    assert any("«hr»" in str(p) or "“hr”" in str(p) for p in problems)
    assert len(problems) == 2


def test_the_pages_are_drawn_with_few_queries() -> None:
    person = a_person(job_title="Personalleiter", stage="customer")
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/personas").status_code == 200
    ready()
    with CaptureQueriesContext(connection) as queries:
        assert "Petra" in client.get("/personas").content.decode()
    assert len(queries) <= 14
    assert client.get("/personas/head").status_code == 200
    assert client.get("/personas/none").status_code == 404
    assert client.get(f"/people/{person.pk}").status_code == 200
    client.post(f"/people/{person.pk}/persona", {"persona": "boss", "reason": "so"})
    assert fresh(person).persona == "boss"
    client.post(f"/people/{person.pk}/persona", {"do": "release"})
    assert fresh(person).persona == "head"

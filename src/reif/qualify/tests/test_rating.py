"""How complete and how good data are: person by person, all together, and for whoever asks in a rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from reif.crm.models import Member, Person
from reif.crm.tests.people import a_company, a_person, a_user
from reif.crm.upsert import Draft, upsert_people
from reif.kit.clock import now
from reif.log.catalogue.web import FormSubmitted
from reif.log.models import Event
from reif.log.worker import settle
from reif.playbook.check import check
from reif.playbook.draft import read_plain
from reif.qualify.rating.board import board
from reif.qualify.rating.flaws import flaws, is_readable, is_strange
from reif.qualify.rating.ways import FLAWS, NEEDS, Data
from reif.qualify.tests.ways import happen, in_force

GOOD: dict[str, Any] = {
    "email": "anna.muster@firma.ch", "first_name": "Anna", "last_name": "Ammann", "phone": "044 668 18 00", "country": "CH",
    "job_title": "CEO", "department": "management", "level": "owner", "company__domain": "firma.ch", "told_at": now(),
}  # fmt: skip
POOR = {"key": "poor", "when": {"field": "quality", "op": "<", "value": 80}}
FULL = {"key": "full", "points": 10, "when": {"field": "completeness", "op": ">=", "value": 60}}


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("differs", "flaw"),
    [
        ({}, ""),
        ({"email": "anna@"}, "email_invalid"),
        ({"email": "anna@mailinator.com"}, "email_throwaway"),
        ({"email": "info@firma.ch"}, "email_role"),
        ({"email": "anna@andere.ch"}, "domain_differs"),
        ({"email": "anna@mail.firma.ch"}, ""),
        ({"email": "anna@firma.de"}, ""),
        ({"email": "anna@gmail.com"}, ""),
        ({"email": None}, ""),
        ({"phone": "abc"}, "phone_unreadable"),
        ({"phone": "12"}, "phone_unreadable"),
        ({"phone": ""}, ""),
        ({"job_title": "Astronaut", "department": "", "level": ""}, "title_strange"),
        ({"first_name": "asdf", "last_name": "test"}, "name_strange"),
        ({"told_at": now() - timedelta(days=541)}, "stale"),
    ],
)
def test_each_flaw_is_found_and_no_other(differs: dict[str, Any], flaw: str) -> None:
    assert flaws({**GOOD, **differs}, now(), 540) == frozenset(flaw.split())


def test_names_and_numbers_of_real_people_are_fine() -> None:
    fine = ("Anna-Lena Müller", "Ng", "D’Angelo", "van der Berg", "Ö", "Max Müller", "José", "Li Wei", "Aa")
    assert [name for name in fine if is_strange(*name.rpartition(" ")[::2])] == []
    assert all(is_strange("", name) for name in ("xxx", "123", "a@b.ch", "www.firma.ch", "Aaaa", "Mustermann"))
    assert all(is_readable(number, "") for number in ("+41 44 668 18 00", "044 668 18 00", "030 901820", "+43 1 58858"))


@pytest.mark.django_db
def test_completeness_grows_with_what_is_told() -> None:
    in_force(data={})
    settle()
    [made] = upsert_people([Draft("a@firma.example")])
    settle()
    before = fresh(made.person).completeness or 0
    upsert_people([Draft("a@firma.example", first_name="Anna", last_name="Ammann", job_title="CEO", country="CH")])
    settle()
    assert 0 < before < (fresh(made.person).completeness or 0) < 100


@pytest.mark.django_db
def test_a_rule_and_a_segment_count_it_only_where_they_ask_and_follow_it() -> None:
    in_force(scoring={"model": [{"fit": [FULL]}]}, segments={"segment": [POOR]})
    settle()
    [made] = upsert_people([Draft("info@firma.example")])
    settle()
    assert (fresh(made.person).quality, fresh(made.person).score) == (85, 0)
    upsert_people([Draft("info@firma.example", last_name="xxx")])
    settle()
    assert Member.objects.filter(segment="poor", person=made.person).exists()
    told = {"first_name": "Anna", "last_name": "Ammann", "job_title": "CEO", "country": "CH", "language": "de"}
    upsert_people([Draft("info@firma.example", **told)])
    settle()
    assert not Member.objects.filter(segment="poor").exists()
    assert (fresh(made.person).quality, fresh(made.person).score) == (85, 10)
    assert Event.objects.filter(kind="data.rated").exists()


@pytest.mark.django_db
def test_nobody_hears_of_ratings_that_nobody_asks_for() -> None:
    in_force(data={})
    upsert_people([Draft("info@firma.example", last_name="xxx")])
    settle()
    assert not Event.objects.filter(kind="data.rated").exists()


@pytest.mark.django_db
def test_data_grow_stale_with_time_alone_and_fresh_by_a_word() -> None:
    in_force(data={"fresh_days": 30}, segments={"segment": [POOR]})
    settle()
    [made] = upsert_people([Draft("anna@firma.example", last_name="Ammann")])
    settle()
    assert fresh(made.person).flaws == ""
    settle(at=now() + timedelta(days=32))
    assert fresh(made.person).flaws == " stale "
    happen(FormSubmitted(person=made.person.pk, topic="demo", at=now() + timedelta(days=33)))
    settle(at=now() + timedelta(days=33))
    assert fresh(made.person).flaws == ""


@pytest.mark.django_db
def test_what_was_told_before_the_rating_is_read_from_the_log() -> None:
    person = a_person()
    happen(FormSubmitted(person=person.pk, topic="demo", at=now() - timedelta(days=700)))
    in_force(data={"fresh_days": 540})
    settle()
    assert fresh(person).flaws == " stale "


@pytest.mark.django_db
def test_the_needs_of_the_playbook_count() -> None:
    person = a_person(phone="+41446681800")
    in_force(data={"needs": {"phone": 3, "city": 1}})
    settle()
    assert fresh(person).completeness == 75


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"needs": {"phon": 1}}, "“phone”"),
        ({"needs": {"score": 1}}, "cannot be needed"),
        ({"needs": {"phone": 0}}, "Nothing is needed"),
        ({"needs": {"phone": 900}}, "0 to 100"),
        ({"flaws": {"stal": 5}}, "“stale”"),
        ({"fresh_days": 0}, "1 to 3650"),
    ],
)
def test_what_data_cannot_say_is_refused_in_words(wrong: dict[str, Any], words: str) -> None:
    with override("en"):
        assert words in " ".join(map(str, check(read_plain({"data": wrong}))))


@pytest.mark.django_db
def test_the_board_counts_and_leads_to_the_people_in_few_queries() -> None:
    in_force(data={})
    firm = a_company(name="Firma", domain="firma.ch", size=50)
    for n in range(6):
        a_person(email=f"p{n}@firma.ch", last_name="Ammann", company=firm, source="PAID_SEARCH", source_detail_1="List")
    a_person(email="info@anders.ch", company=firm, phone="x")
    in_force(data={"fresh_days": 500})
    settle()
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/data")
    assert len(queries) <= 14
    found = answer.context["board"]
    assert (found.people, sum(found.bands[0]), sum(found.bands[1]), sum(found.ages)) == (7, 7, 7, 7)
    assert {line.key: line.n for line in found.flaws} == {"email_role": 1, "domain_differs": 1, "phone_unreadable": 1}
    assert {line.key: line.n for line in found.lacking}["last_name"] == 1
    assert [(s.detail, s.people) for s in found.sources] == [("List", 6)]
    for line in (*answer.context["lacking"], *answer.context["flaws"]):
        expected = line.get("lacking", line["n"])
        assert client.get(f"/people/count?{line['address']}").context["count"] == expected
    assert client.get("/data?as=table", headers={"Accept-Language": "de"}).status_code == 200
    page = client.get(f"/people/{Person.objects.get(phone='x').pk}", headers={"Accept-Language": "de"}).content.decode()
    assert "Telefonnummer nicht wählbar" in page


@pytest.mark.django_db
def test_an_empty_company_has_an_empty_board() -> None:
    assert board(Data()).people == 0
    client = Client()
    client.force_login(a_user("analyst"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/data").status_code == 200


def test_all_that_is_needed_makes_a_hundred() -> None:
    assert sum(NEEDS.values()) == 100
    assert all(0 < cost <= 50 for cost in FLAWS.values())

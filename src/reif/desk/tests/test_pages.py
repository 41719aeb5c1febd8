"""The pages of the desk: who sees what, in how many queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.attach_visitor import attach
from reif.crm.models import Person
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_company, a_deal, a_person, a_team, a_user
from reif.crm.visitors import visitors_for
from reif.log.append import append, writing
from reif.log.catalogue.web import FormSubmitted, PageViewed
from reif.log.models import Event, Stuck
from reif.staff.models import User

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def a_known_person(**fields: object) -> Person:
    person = a_person(first_name="Anna", last_name="Müller", company=a_company(name="Alpen AG"), **fields)
    visitor = visitors_for({f"v-{person.pk}": {}})[f"v-{person.pk}"]
    with writing():
        append(*(PageViewed(visitor=visitor.pk, topic=f"/blog/{n}", title=f"Artikel {n}") for n in range(3)))
        attach([(visitor.pk, person.pk)])
        append(FormSubmitted(person=person.pk, visitor=visitor.pk, topic="whitepaper"))
        move_stage([Move(person.pk, "lead", reason="form")])
    return person


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_person_page_tells_the_whole_story(language: str) -> None:
    person = a_known_person()
    page = signed_in(a_user("marketing", language=language)).get(f"/people/{person.pk}")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Anna Müller" in text
    assert ("3 Seitenaufrufe" if language == "de" else "3 page views") in text
    assert ("Formular «whitepaper» gesendet" if language == "de" else "Sent the form “whitepaper”") in text


def test_the_person_page_costs_a_fixed_number_of_queries() -> None:
    person, client = a_known_person(), signed_in(a_user("marketing"))
    client.get(f"/people/{person.pk}")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/people/{person.pk}")
    with writing():
        append(*(FormSubmitted(person=person.pk, topic=f"form-{n}") for n in range(200)))
    for _ in range(5):
        a_deal(person=person)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/people/{person.pk}")
    assert len(many) <= len(few) + 1
    assert len(many) <= 30


def test_the_timeline_goes_on_page_by_page() -> None:
    person, client = a_known_person(), signed_in(a_user("marketing"))
    with writing():
        append(*(FormSubmitted(person=person.pk, topic=f"form-{n}") for n in range(100)))
    seen = client.get(f"/people/{person.pk}").content.decode()
    assert "form-99" in seen
    assert "form-10”" not in seen
    oldest = Event.objects.filter(topic="form-60").get().pk
    further = client.get(f"/people/{person.pk}/timeline?before={oldest}").content.decode()
    assert "form-59" in further
    assert "form-60”" not in further


def test_a_seller_sees_own_and_team_people_only() -> None:
    team = a_team()
    seller, colleague, other = a_user(team=team), a_user(team=team), a_user(team=a_team())
    mine, ours, theirs = (a_person(owner=u) for u in (seller, colleague, other))
    client = signed_in(seller)
    assert [client.get(f"/people/{p.pk}").status_code for p in (mine, ours, theirs)] == [200, 200, 404]
    listed = client.get("/people").content.decode()
    assert str(mine.email) in listed
    assert str(theirs.email) not in listed


def test_the_list_is_searched_filtered_and_paged() -> None:
    client = signed_in(a_user("marketing"))
    for n in range(60):
        a_person(
            first_name="Jürg" if n == 7 else "Max", last_name=f"Name{n:02}", score=n, country="CH" if n % 2 else "DE"
        )
    assert "Jürg Name07" in client.get("/people?q=juerg").content.decode()
    assert "Jürg Name07" in client.get("/people?q=JÜRG").content.decode()
    first = client.get("/people")
    assert first.content.decode().count("<tr data-row") == 50
    after = first.context["page"].after
    second = client.get("/people", {"after": after}).content.decode()
    assert second.count("<tr data-row") == 10
    swiss = {"g0.r0.field": "country", "g0.r0.op": "is", "g0.r0.value": "CH"}
    assert client.get("/people", swiss).content.decode().count("<tr data-row") == 30
    assert client.get("/people/count", swiss).content.decode().strip().startswith("30")


def test_the_list_by_chance_pages_over_those_without_one() -> None:
    client = signed_in(a_user("marketing"))
    people = [a_person(chance_sql=None if n % 3 else n % 50, chance_won=77) for n in range(170)]
    assert "77 %" not in client.get("/people").content.decode()
    seen: list[int] = []
    after: str | None = ""
    while after is not None:
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/people", {"sort": "chance_sql", "after": after})
        assert len(queries) <= 11
        seen += [person.pk for person in page.context["page"].rows]
        after = page.context["page"].after or None
    ordered = sorted(people, key=lambda p: (-1 if p.chance_sql is None else p.chance_sql, p.pk), reverse=True)
    assert seen == [person.pk for person in ordered]
    assert "77 %" in client.get("/people", {"sort": "chance_won"}).content.decode()


def test_a_filter_that_makes_no_sense_is_explained() -> None:
    page = signed_in(a_user("marketing")).get("/people", {"g0.r0.field": "scoer", "g0.r0.op": "is", "g0.r0.value": "1"})
    assert page.status_code == 422
    assert "score" in page.content.decode()


def test_the_list_costs_few_queries() -> None:
    client = signed_in(a_user("marketing"))
    for n in range(60):
        a_person(score=n, company=a_company())
    client.get("/people")
    with CaptureQueriesContext(connection) as queries:
        client.get("/people")
    assert len(queries) <= 10


def test_notes_and_details_are_written_and_said() -> None:
    person, user = a_known_person(), a_user("seller")
    Person.objects.filter(pk=person.pk).update(owner=user)
    client = signed_in(user)
    assert client.post(f"/people/{person.pk}/notes", {"body": ""}).status_code == 422
    assert client.post(f"/people/{person.pk}/notes", {"body": "Rief zurück."}).status_code == 302
    assert "Rief zurück." in client.get(f"/people/{person.pk}").content.decode()
    client.post(f"/people/{person.pk}/fields", {"first_name": "Anna", "last_name": "Meier", "country": "CH"})
    person.refresh_from_db()
    assert (person.last_name, person.last_name_fold) == ("Meier", "meier")
    assert Event.objects.filter(kind="person.changed", actor_id=user.pk).exists()


def test_the_why_page_shows_the_chain() -> None:
    person = a_known_person()
    event = Event.objects.filter(person_id=person.pk).latest("id")
    with writing():
        append(FormSubmitted(person=person.pk, topic="webinar", cause=event.pk))
    last = Event.objects.latest("id")
    page = signed_in(a_user("analyst")).get(f"/why/{last.pk}")
    assert page.status_code == 200
    assert f"/why/{event.pk}" in page.content.decode()
    assert signed_in(a_user("seller")).get(f"/why/{last.pk}").status_code == 404


def test_stuck_events_are_seen_by_administrators() -> None:
    person = a_known_person()
    event = Event.objects.filter(person_id=person.pk).earliest("id") if person else None
    Stuck.objects.create(
        listener="qualify.scoring.score.score", event=event, error="Trace\nValueError: no", stuck_at=event.at
    )
    client = signed_in(a_user("admin"))
    assert "ValueError: no" in client.get("/stuck").content.decode()
    client.post("/stuck", {"stuck": Stuck.objects.get().pk, "do": "let_go"})
    assert Stuck.objects.get().let_go


@pytest.mark.parametrize("role", ["admin", "marketing", "manager", "seller", "analyst"])
def test_home_works_empty_and_filled(role: str) -> None:
    client = signed_in(a_user(role))
    assert client.get("/").status_code == 200
    a_known_person()
    assert client.get("/").status_code == 200


def test_the_palette_finds_people_companies_and_pages() -> None:
    a_known_person()
    client = signed_in(a_user("marketing"))
    found = client.get("/palette?q=müll").content.decode()
    assert "Anna Müller" in found
    assert "Alpen AG" in client.get("/palette?q=alp").content.decode()
    assert client.get("/palette?q=").status_code == 200

"""The first page says what each role does next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from reif.crm.activities import plan
from reif.crm.tests.people import a_deal, a_person, a_team, a_user
from reif.desk.tests.test_pages import signed_in
from reif.desk.todo import todo
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.routing import AssignmentRejected
from reif.route.models import Assignment

pytestmark = pytest.mark.django_db


def an_offer(owner, due):
    person = a_person(owner=owner, stage="sql", stage_at=now())
    return Assignment.objects.create(person=person, owner=owner, offered_at=now(), due_at=now() + due, rule="all")


def said(user) -> list[str]:
    with override("en"):
        return [line.words for line in todo(user)]


def test_sellers_read_what_waits_for_them_alone():
    vera, luca = a_user(team=a_team()), a_user(team=a_team())
    an_offer(vera, timedelta(hours=1))
    an_offer(vera, -timedelta(hours=1))
    an_offer(luca, timedelta(hours=1))
    a_deal(owner=vera)
    dated = a_deal(owner=vera)
    plan("call", "Anruf", person=None, deal=dated, owner=vera.pk, by=None, due_at=now() - timedelta(hours=1))
    assert said(vera) == [
        "1 person should have had an answer",
        "1 person waits for an answer",
        "1 planned step is overdue",
        "1 open deal has no next step",
    ]
    assert said(luca) == ["1 person waits for an answer"]
    assert "2 people wait for an answer" in said(a_user("manager"))


def test_marketing_reads_who_came_back_and_the_link_shows_them():
    person, other = a_person(), a_person()
    with writing():
        append(AssignmentRejected(person=person.pk, topic="no_fit"))
    marketing = a_user("marketing", language="en")
    (back,) = (line for line in todo(marketing) if "sales" in str(line.words) or "Verkauf" in str(line.words))
    listed = signed_in(marketing).get(back.href)
    assert listed.status_code == 200
    assert [p.pk for p in listed.context["page"].rows] == [person.pk]
    assert other.email not in listed.content.decode()


@pytest.mark.parametrize("role", ["admin", "marketing", "manager", "seller", "analyst"])
def test_home_costs_a_fixed_number_of_queries(role):
    user = a_user(role)
    client = signed_in(user)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for _ in range(5):
        an_offer(user, timedelta(hours=1))
        a_deal(owner=user)
        plan("call", "Anruf", person=a_person(owner=user), owner=user.pk, by=None, due_at=now() + timedelta(hours=2))
    with CaptureQueriesContext(connection) as many:
        assert client.get("/").status_code == 200
    assert len(many) <= len(few) + 4
    assert len(many) <= 30


@pytest.mark.parametrize(("role", "may"), [("admin", True), ("marketing", True), ("seller", False), ("analyst", False)])
def test_an_empty_house_offers_only_what_the_role_may_open(role, may):
    client = signed_in(a_user(role))
    home = client.get("/")
    assert ('class="todo"' in home.content.decode()) == may
    for step in home.context["start"]:
        assert client.get(step.href).status_code == 200
    assert ("Seiten mit Formularen" in client.get("/people").content.decode()) == may

"""Points for who somebody is: given, replaced, taken back."""

from __future__ import annotations

import pytest

from reif.crm.erase import erase
from reif.crm.models import Company
from reif.crm.tests.people import a_company, a_person
from reif.crm.upsert import Draft, upsert_people
from reif.log.catalogue.mail import MailClicked
from reif.log.catalogue.people import CompanyChanged
from reif.log.models import Event
from reif.log.rebuild import rebuild
from reif.log.worker import settle
from reif.qualify.models import Point
from reif.qualify.tests.ways import SCORING, happen, in_force

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scoring() -> None:
    in_force(scoring=SCORING)
    settle()


def test_a_new_person_gets_the_points_of_the_profile() -> None:
    upsert_people([Draft("a@firma.example", job_title="HR-Leitung")])
    settle()
    point = Point.objects.get()
    assert (point.rule, point.axis, point.points) == ("boss", "fit", 15)
    point.person.refresh_from_db()
    assert (point.person.fit, point.person.engagement, point.person.score) == (15, 0, 15)


def test_what_is_not_so_any_more_is_taken_back() -> None:
    upsert_people([Draft("a@firma.example", job_title="HR-Leitung")])
    settle()
    [result] = upsert_people([Draft("a@firma.example", job_title="Praktikum")])
    settle()
    assert not Point.objects.exists()
    result.person.refresh_from_db()
    assert result.person.score == 0
    last = Event.objects.filter(kind="person.scored").latest("id")
    assert last.body["delta"] == -15
    assert Event.objects.get(id=last.cause_id).kind == "person.changed"


def test_saying_the_same_again_changes_nothing() -> None:
    for title in ("HR-Leitung", "Leitung HR"):
        upsert_people([Draft("a@firma.example", job_title=title)])
        settle()
    assert Point.objects.count() == 1
    assert Event.objects.filter(kind="person.scored").count() == 1


def test_a_company_that_grows_lifts_all_its_people() -> None:
    company = a_company(size=10)
    people = [a_person(company=company) for _ in range(3)]
    Company.objects.filter(pk=company.pk).update(size=80)
    happen(CompanyChanged(company=company.id, fields=["size"]))
    settle()
    assert set(Point.objects.values_list("person_id", "points")) == {(p.id, 20) for p in people}


def test_points_for_what_was_known_go_with_the_person_and_a_rebuild_agrees() -> None:
    [result] = upsert_people([Draft("a@firma.example", job_title="HR-Leitung")])
    person = result.person
    happen(MailClicked(person=person.pk, topic="m"))
    settle()
    person.refresh_from_db()
    assert person.fit == 15
    assert person.engagement > 0
    did = person.engagement
    erase([person.pk])
    settle()
    person.refresh_from_db()
    assert (person.fit, person.engagement, person.score) == (0, did, did)
    rebuild("scores")
    person.refresh_from_db()
    assert (person.fit, person.engagement, person.score) == (0, did, did)

"""People are made once, completed later, and get the company of their mail domain."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.crm.attach_visitor import attach
from reif.crm.consent import ask, give, may_mail, withdraw
from reif.crm.models import Company, Person
from reif.crm.tests.people import a_person
from reif.crm.upsert import Draft, upsert_people
from reif.crm.visitors import visitors_for
from reif.kit.address import BadAddress
from reif.log.models import Event

pytestmark = pytest.mark.django_db


def test_one_address_is_one_person_however_it_is_written() -> None:
    first, second = upsert_people([Draft("Anna@Müller.ch"), Draft(" anna@MÜLLER.CH ", first_name="Anna")])
    assert first.person == second.person
    assert (first.created, second.created) == (True, False)
    assert Person.objects.get().first_name_fold == "anna"


def test_the_company_comes_from_the_mail_domain() -> None:
    upsert_people([Draft("a@firma.example", company_name="Firma AG", company_size=80), Draft("b@firma.example")])
    company = Company.objects.get()
    assert (company.name, company.size, company.people.count()) == ("Firma AG", 80, 2)
    assert Event.objects.filter(kind="company.joined").count() == 2


def test_free_mail_makes_no_company() -> None:
    upsert_people([Draft("a@gmx.ch", company_name="Einzelfirma")])
    assert not Company.objects.exists()
    assert Person.objects.get().company_name == "Einzelfirma"


def test_empty_values_never_overwrite_and_the_source_is_kept() -> None:
    upsert_people([Draft("a@firma.example", job_title="HR", source="ORGANIC_SEARCH")])
    (result,) = upsert_people([Draft("a@firma.example", city="Zürich", source="DIRECT_TRAFFIC")])
    person = Person.objects.get()
    assert (person.job_title, person.city_fold, person.source) == ("HR", "zuerich", "ORGANIC_SEARCH")
    assert result.changed == ("city",)


def test_a_bad_address_is_refused_before_anything_is_written() -> None:
    with pytest.raises(BadAddress):
        upsert_people([Draft("a@firma.example"), Draft("not an address")])
    assert not Person.objects.exists()


def test_a_thousand_people_cost_few_queries() -> None:
    drafts = [Draft(f"p{n}@firma{n % 50}.example", first_name=f"P{n}") for n in range(1000)]
    with CaptureQueriesContext(connection) as queries:
        upsert_people(drafts)
    assert Person.objects.count() == 1000
    assert len(queries) < 30


def test_a_visitor_belongs_to_one_person_for_good() -> None:
    visitor = visitors_for({"v-1": {}})["v-1"]
    one, two = a_person(), a_person()
    assert attach([(visitor.id, one.id)]) == [visitor.id]
    assert attach([(visitor.id, two.id)]) == []
    visitor.refresh_from_db()
    assert visitor.person == one
    assert Event.objects.filter(kind="visitor.identified").count() == 1


def test_consent_is_asked_given_once_and_withdrawn() -> None:
    person = a_person()
    consent = ask(person, "marketing", "Ja, ich will.", "2026-01")
    assert may_mail([person.id]) == set()
    assert give(consent, ip="203.0.113.5")
    assert not give(consent)
    assert may_mail([person.id]) == {person.id}
    assert withdraw([person.id], by="person") == 1
    assert may_mail([person.id]) == set()
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["consent.requested", "consent.given", "consent.withdrawn"]

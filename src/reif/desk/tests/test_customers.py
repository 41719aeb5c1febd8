"""The page on which customers are noted whom one may write to without consent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from reif.crm.law.may import may
from reif.crm.models import Consent
from reif.crm.suppress import suppress
from reif.crm.tests.people import a_person, a_user

pytestmark = pytest.mark.django_db
MET = ["sale", "purchase", "own_similar", "notice_at_collection", "no_objection"]


def at_desk(role: str = "marketing") -> Client:
    client = Client()
    client.force_login(a_user(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def note(client: Client, *people: int, **told: Any) -> Any:
    usual = {"people": people, "met": MET, "source": "Order 7", "sure": "on"}
    return client.post("/consents/customers", usual | told, follow=True)


def test_customers_without_a_permission_stand_there_and_are_noted_once() -> None:
    client = at_desk()
    anna = a_person(stage="customer", country="CH", email="anna@kunde.example")
    a_person(stage="lead", email="lead@kunde.example")
    page = client.get("/consents/customers").content.decode()
    assert "anna@kunde.example" in page
    assert "lead@kunde.example" not in page
    answer = note(client, anna.pk)
    assert "anna@kunde.example" not in answer.content.decode()
    row = Consent.objects.get()
    assert (row.basis, row.evidence["source"], row.fits) == ("soft_opt_in", "Order 7", "AT,CH,DE")
    assert may(anna).why == "soft_opt_in"
    note(client, anna.pk)
    assert Consent.objects.count() == 1


@pytest.mark.parametrize(
    "missing", [{"people": []}, {"met": []}, {"source": " "}, {"sure": ""}, {"people": ["x", "9" * 30]}]
)
def test_what_is_missing_is_said_and_nothing_is_noted(missing: dict[str, Any]) -> None:
    anna = a_person(stage="customer")
    answer = note(at_desk(), anna.pk, **missing)
    assert answer.status_code == 422
    assert "Order 7" in answer.content.decode() or "source" in missing
    assert not Consent.objects.exists()


def test_who_objected_is_left_out_and_named() -> None:
    anna = a_person(stage="customer", email="anna@kunde.example", first_name="Anna", last_name="Nein")
    suppress([("anna@kunde.example", "")], "objected")
    answer = note(at_desk(), anna.pk)
    assert "Anna Nein" in answer.content.decode()
    assert not Consent.objects.exists()


def test_an_account_alone_holds_where_the_law_says_so() -> None:
    anna = a_person(stage="customer")
    page = note(at_desk(), anna.pk, met=[one for one in MET if one != "purchase"]).content.decode()
    assert "Österreich, Deutschland" in page
    assert Consent.objects.get().fits == "AT,DE"


def test_sellers_and_analysts_have_no_business_here(django_assert_max_num_queries: Any) -> None:
    for _ in range(60):
        a_person(stage="customer")
    assert at_desk("analyst").get("/consents/customers").status_code == 403
    client = at_desk()
    with django_assert_max_num_queries(12):
        assert client.get("/consents/customers").status_code == 200

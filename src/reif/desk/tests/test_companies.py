"""The list of companies: by name, by score, from a score on, page by page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.tests.people import a_company, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    for n in range(60):
        a_company(name=f"Firma {n:02}", domain=f"f{n}.ch", score=n)
    return client


def names(client: Client, address: str) -> list[str]:
    return [company.name for company, *_rest in client.get(address).context["rows"]]


def test_sorted_by_score_the_second_page_goes_on_where_the_first_ended(client: Client) -> None:
    assert names(client, "/companies")[:2] == ["Firma 00", "Firma 01"]
    with CaptureQueriesContext(connection) as queries:
        first = client.get("/companies?sort=score")
    assert len(queries) <= 10
    assert [c.score for c, *_rest in first.context["rows"]] == list(range(59, 9, -1))
    after = first.context["page"].after
    assert names(client, f"/companies?sort=score&after={after}") == [f"Firma {n:02}" for n in range(9, -1, -1)]


def test_from_a_score_on_and_what_is_typed_wrong_is_passed_over(client: Client) -> None:
    assert len(names(client, "/companies?least=50&sort=score")) == 10
    assert names(client, "/companies?least=50&q=Firma+5&sort=name")[0] == "Firma 50"
    assert len(names(client, "/companies?least=abc&sort=no")) == 50
    answer = client.get("/companies?least=100")
    assert answer.context["rows"] == []
    assert "Keine Firma hat so viele Punkte" in answer.content.decode()

"""The funnel counts cohorts: who reached a stage in the period, and who of these went on later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.analyse.funnel import funnel
from reif.analyse.today import numbers
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def filled() -> None:
    """Ten leads forty days ago; four become MQL after two days, one of these SQL after six more."""
    start = now() - timedelta(days=40)
    people = [a_person(source="ORGANIC_SEARCH" if n % 2 else "REFERRALS") for n in range(10)]
    move_stage(Move(p.pk, "lead", at=start) for p in people)
    move_stage(Move(p.pk, "mql", at=start + timedelta(days=2)) for p in people[:4])
    move_stage(Move(p.pk, "sql", at=start + timedelta(days=8)) for p in people[:1])


def test_each_step_says_how_many_went_on_and_how_fast() -> None:
    filled()
    found = {s.stage: s for s in funnel(now() - timedelta(days=90), now()).steps}
    assert (found["lead"].reached, found["lead"].went_on, found["lead"].share) == (10, 4, 0.4)
    assert (found["mql"].reached, found["mql"].went_on) == (4, 1)
    assert found["lead"].days == pytest.approx(2)
    assert found["mql"].days == pytest.approx(6)
    assert found["customer"].share is None


def test_sources_add_up_to_everybody() -> None:
    filled()
    found = funnel(now() - timedelta(days=90), now())
    for n, step in enumerate(found.steps):
        assert sum(steps[n].reached for _source, steps in found.sources) == step.reached


def test_who_came_before_the_period_is_not_counted() -> None:
    filled()
    assert funnel(now() - timedelta(days=30), now()).widest == 0


@pytest.mark.parametrize("address", ["/funnel", "/funnel?days=30", "/funnel?as=table", "/funnel?from=x&to=2020-01-01"])
def test_the_page_works_empty_and_filled_with_few_queries(address: str) -> None:
    client = Client()
    client.force_login(a_user("analyst"), backend=BACKEND)
    assert client.get(address).status_code == 200
    filled()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200
    assert len(queries) <= 10


def test_the_numbers_of_the_day_cost_three_queries() -> None:
    user = a_user("marketing")
    filled()
    with CaptureQueriesContext(connection) as queries:
        found = numbers(user)
    assert len(found) == 5
    assert len(queries) == 3

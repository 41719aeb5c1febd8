"""The scoring page says what the playbook says."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.tests.people import a_person, a_user
from reif.qualify.overview import distribution

pytestmark = pytest.mark.django_db


def test_the_page_is_drawn_with_few_queries() -> None:
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/scoring").status_code == 200
    assert len(queries) <= 10


def test_the_bands_hold_everybody() -> None:
    for score in (-5, 0, 9, 10, 55, 99, 100, 180):
        a_person(score=score)
    bands = distribution()
    assert sum(band.people for band in bands) == 8
    assert bands[0].people == 3
    assert bands[-1].people == 2

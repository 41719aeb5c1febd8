"""The row that a chosen field brings into the filter of the people list."""

from __future__ import annotations

import pytest

from reif.crm.tests.people import a_user
from reif.desk.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db


def test_a_field_brings_its_operators_and_a_fitting_value() -> None:
    client = signed_in(a_user("marketing"))
    score = client.get("/people/filter-row", {"row": "g0.r1", "g0.r1.field": "score"}).content.decode()
    assert 'name="g0.r1.op"' in score
    assert 'inputmode="numeric"' in score
    stage = client.get("/people/filter-row", {"row": "g0.r1", "g0.r1.field": "stage"}).content.decode()
    assert '<option value="mql">' in stage
    assert "g0.r1" not in client.get("/people/filter-row", {"row": "g0.r1"}).content.decode()

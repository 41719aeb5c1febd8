"""Changed rows are stored as they are in memory, in one statement, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Person
from reif.crm.tests.people import a_company, a_person
from reif.kit.clock import now
from reif.log.rewrite import rewrite

pytestmark = pytest.mark.django_db


def test_every_kind_of_field_comes_back_as_it_went() -> None:
    moment, firm = now() - timedelta(days=3), a_company()
    people = [a_person() for _ in range(30)]
    for n, person in enumerate(people):
        person.last_name, person.score, person.stage_at = f'Grüße "{n}" \\ \n%s', -n, moment
        person.traits, person.company = {"Größe": n, "nested": [None, {"a": "'"}]}, firm if n % 2 else None
    with CaptureQueriesContext(connection) as queries:
        rewrite(people, ["last_name", "last_name_fold", "score", "stage_at", "traits", "company"])
    assert len(queries) == 1
    for person in people:
        stored = Person.objects.get(pk=person.pk)
        for name in ("last_name", "last_name_fold", "score", "stage_at", "traits", "company_id", "email"):
            assert getattr(stored, name) == getattr(person, name)
    assert stored.last_name_fold.startswith("gruesse")


def test_nothing_to_write_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        rewrite([], ["score"])
    assert len(queries) == 0

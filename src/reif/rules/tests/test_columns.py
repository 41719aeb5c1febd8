"""The columnar reading means the same people as the one in SQL, whatever the rule."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reif.crm.models import Person, Visitor
from reif.crm.tests.people import a_user
from reif.lake.open import open_lake
from reif.lake.partitions import empty
from reif.lake.sync import sync
from reif.log.models import Event
from reif.rules.columns import COMPARE, condition, literal
from reif.rules.did_columns import happened
from reif.rules.export import people
from reif.rules.memory import COMPARE as IN_MEMORY
from reif.rules.predicates import Not, Predicate
from reif.rules.sql import where
from reif.rules.tests.population import populate
from reif.rules.tests.random_rules import NOW, predicates
from reif.rules.tests.random_rules import people as random_people

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _own_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))


def by_columns(lake: duckdb.DuckDBPyConnection, predicate: Predicate) -> set[int]:
    moment = literal(NOW)
    holds = condition(predicate, moment, lambda leaf: happened(leaf, moment))
    return {person for (person,) in lake.execute(f"SELECT id FROM people p WHERE {holds}").fetchall()}


def introduce() -> None:
    """The log says whose the visitors are, as it does in life."""
    last = Event.objects.count()
    known = Visitor.objects.filter(person__isnull=False).order_by("id")
    Event.objects.bulk_create(
        Event(id=last + n, kind="visitor.identified", at=NOW, recorded_at=NOW, person_id=v.person_id, visitor_id=v.pk)
        for n, v in enumerate(known, start=1)
    )


@pytest.mark.django_db
@SLOW
@given(st.lists(random_people(), min_size=1, max_size=4), st.lists(predicates(), min_size=1, max_size=6))
def test_columns_and_sql_mean_the_same_people(drawn: Sequence[dict[str, Any]], asked: list[Predicate]) -> None:
    with transaction.atomic():
        ids = {person.id for person in populate(drawn, a_user())}
        introduce()
        empty()
        sync()
        with open_lake() as lake:
            people(lake, asked)
            for predicate in asked:
                meant = set(Person.objects.filter(where(predicate, NOW)).values_list("id", flat=True))
                assert by_columns(lake, predicate) == meant
                assert by_columns(lake, Not(predicate)) == ids - meant
        transaction.set_rollback(True)


def test_each_operator_has_its_line() -> None:
    assert set(IN_MEMORY) - {"is set", "is not set"} == set(COMPARE)

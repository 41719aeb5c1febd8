"""The readings cannot disagree: whatever the rule and whoever the people, on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reif.crm.models import Person
from reif.crm.tests.people import a_user
from reif.rules.decode import decode, encode
from reif.rules.explain import explain
from reif.rules.form import pairs
from reif.rules.memory import reader
from reif.rules.parse import parse
from reif.rules.predicates import Not, Predicate, simple
from reif.rules.record import records
from reif.rules.sql import where
from reif.rules.tests.population import populate
from reif.rules.tests.random_rules import NOW, flat_predicates, people, predicates
from reif.rules.words import say

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def by_sql(predicate: Predicate) -> set[int]:
    return set(Person.objects.filter(where(predicate, NOW)).values_list("id", flat=True))


def by_memory(predicate: Predicate, ids: Sequence[int]) -> set[int]:
    holds = reader(predicate)
    return {person for person, record in records(ids, predicate).items() if holds(record, NOW)}


@pytest.mark.django_db
@SLOW
@given(st.lists(people(), min_size=1, max_size=4), st.lists(predicates(), min_size=1, max_size=6))
def test_sql_and_memory_mean_the_same_people(drawn: list[dict[str, Any]], asked: list[Predicate]) -> None:
    with transaction.atomic():
        ids = [person.id for person in populate(drawn, a_user())]
        for predicate in asked:
            meant = by_sql(predicate)
            assert meant == by_memory(predicate, ids)
            assert by_sql(Not(predicate)) == set(ids) - meant
            assert by_sql(simple(predicate)) == meant
            for record in records(ids, predicate).values():
                told = explain(predicate, record, NOW)
                assert told.holds == (record.id in meant)
                assert told.sentence
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=300, deadline=None)
@given(predicates())
def test_the_form_in_files_is_the_predicate(predicate: Predicate) -> None:
    read = decode(encode(predicate))
    assert encode(decode(encode(read))) == encode(read)
    assert say(predicate, "de")
    assert say(predicate, "en")


@settings(max_examples=300, deadline=None)
@given(flat_predicates())
def test_a_form_says_what_it_showed(predicate: Predicate) -> None:
    stored = decode(encode(predicate))
    assert parse(QueryDict(urlencode(pairs(stored)))) == simple(stored)

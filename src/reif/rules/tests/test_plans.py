"""SQLite looks for what somebody did among what they did, not among all that ever happened."""

from __future__ import annotations

import pytest
from django.db import connection

from reif.crm.models import Person
from reif.kit.clock import now
from reif.rules.predicates import Did, Predicate
from reif.rules.sql import where

pytestmark = pytest.mark.django_db

DEEDS = [
    Did("mail.opened"),
    Did("mail.opened", at_least=3),
    Did("mail.opened", within_days=30),
    Did("page.viewed", "/preise", within_days=30),
    Did("page.viewed", "/produkt/*", at_least=2, within_days=30),
]


@pytest.mark.parametrize("deed", DEEDS, ids=str)
def test_what_somebody_did_is_looked_for_by_person_though_nothing_was_ever_analysed(deed: Predicate) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL analyses its tables by itself")
    plan = Person.objects.filter(where(deed, now())).explain()
    assert "log_event_did (kind=? AND person_id=?" in plan
    assert "log_event_visitor (visitor_id=? AND kind=?)" in plan
    assert "log_event_kind" not in plan

"""Conditions about the four touches ask what counts now: a corrected touch is its correction, in every reading."""

from __future__ import annotations

import pytest

from reif.crm.models import Person
from reif.crm.tests.test_touches import corrected
from reif.kit.clock import now
from reif.rules import memory
from reif.rules.decode import decode
from reif.rules.record import records
from reif.rules.sql import where
from reif.rules.words import say

pytestmark = pytest.mark.django_db


def test_rules_use_what_counts_now() -> None:
    person, _seen = corrected()
    for said, holds in (
        ({"field": "lead_source", "op": "is", "value": "OFFLINE"}, True),
        ({"field": "first_source", "op": "is", "value": "DIRECT_TRAFFIC"}, False),
        ({"field": "lead_campaign", "op": "is", "value": "messe-2026"}, True),
        ({"field": "lead_detail_1", "op": "begins with", "value": "personal"}, True),
        ({"field": "opportunity_source", "op": "is set"}, False),
    ):
        predicate = decode(said)
        assert Person.objects.filter(where(predicate, now())).exists() is holds, said
        assert memory.reader(predicate)(records([person.pk], predicate)[person.pk], now()) is holds, said


def test_sources_are_said_in_words() -> None:
    rule = decode({"field": "first_source", "op": "is", "value": "AI_REFERRALS"})
    assert say(rule, "de") == "Erste Berührung: Quelle ist KI-Assistenten"
    assert say(rule, "en") == "First touch: source is AI assistants"

"""Every fact has a sentence that people can read."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from reif.desk.icons import ICONS, QUIET
from reif.desk.story import tell
from reif.log.append import append, writing
from reif.log.catalogue import CATALOGUE
from reif.log.models import Event

pytestmark = pytest.mark.django_db
CODES = {
    "assignment.rejected": "no_fit", "consent.given": "marketing", "consent.requested": "marketing",
    "consent.withdrawn": "marketing", "deal.lost": "price", "deal.moved": "decision", "deal.opened": "appointment",
    "deal.reopened": "contract", "person.created": "import", "person.disqualified": "sql", "person.qualified": "mql",
    "person.staged": "opportunity", "person.unassigned": "had_it", "timer.fired": "route.sla",
    "visitor.identified": "form", "activity.done": "demo", "activity.planned": "demo", "activity.cancelled": "demo",
}  # fmt: skip


@pytest.fixture
def one_of_each() -> list[Event]:
    with writing():
        append(*(fact(person=1, topic=CODES.get(kind, "")) for kind, fact in CATALOGUE.items()))
    return list(Event.objects.order_by("id"))


def test_every_fact_of_the_catalogue_has_a_sentence_in_both_languages(one_of_each):
    told = {}
    for language in ("de", "en"):
        with override(language):
            told[language] = {m.kind: m.words for m in tell(one_of_each)}
    assert told["de"].keys() == told["en"].keys() == CATALOGUE.keys()
    assert [kind for kind in CATALOGUE if told["de"][kind] == told["en"][kind] or not told["en"][kind]] == []


def test_no_code_is_shown_to_people(one_of_each):
    with override("de"):
        lines = {m.kind: f"{m.words} {m.more}" for m in tell(one_of_each)}
    shown = {kind: code for kind, code in CODES.items() if re.search(rf"\b{re.escape(code)}\b", lines[kind])}
    assert shown == {}


def test_what_is_quiet_is_known():
    assert ICONS.keys() > QUIET

"""Why somebody has this score, and what is missing, in both languages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Person
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_company, a_person
from reif.kit.clock import now
from reif.log.catalogue.mail import MailUnsubscribed
from reif.log.catalogue.people import PersonCreated
from reif.log.catalogue.web import WebinarRegistered
from reif.log.worker import settle
from reif.qualify.tests.ways import SCORING, STAGES, happen, in_force, view
from reif.qualify.why.explain import explain_score
from reif.qualify.why.missing import missing
from reif.qualify.why.why import sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    in_force(scoring=SCORING, stages=STAGES)
    settle()
    one = a_person(company=a_company(size=80))
    happen(PersonCreated(person=one.id), view(one.id, "/preise"), *(view(one.id, f"/blog/{n}") for n in range(4)))
    settle()
    one.refresh_from_db()
    return one


def test_the_rows_add_up_to_the_score_in_one_query(person: Person) -> None:
    with CaptureQueriesContext(connection) as queries:
        rows = explain_score(person, "de")
    assert len(queries) <= 2  # the build in force, and the rows
    assert sum(row.cents for row in rows) == person.score * 100 == 4200
    assert [(r.rule, r.points, r.given, r.count, r.is_cap) for r in rows] == [
        ("blog", 20, 20, 4, False),
        ("size", 20, 20, 1, False),
        ("price", 10, 10, 1, False),
        ("web", -8, 0, 0, True),
    ]


def test_the_sentence_names_what_counted(person: Person) -> None:
    assert sentence(person, "en") == (
        "42 points: 22 for behaviour: “Read the blog” (+20) and “Price page” (+10), less 8 "
        "above the ceiling of “Website”; 20 for the profile: “50 or more” (+20)."
    )
    assert "Blog gelesen" in sentence(person, "de")
    happen(MailUnsubscribed(person=person.pk))
    settle()
    assert "(+20) and “Price page” (+10), less 15 for “away”, less 8 above" in sentence(person, "en")
    assert "No points yet" in sentence(a_person(), "en")


def test_what_is_missing_for_the_next_stage(person: Person) -> None:
    assert person.stage == "mql"
    lacking = missing(person, "de")
    assert lacking is not None
    assert lacking.stage == "sql"
    assert len(lacking.lacks) == 1
    assert "Webinar" in lacking.lacks[0]
    happen(WebinarRegistered(person=person.id))
    settle()
    person.refresh_from_db()
    assert missing(person, "de") is None


def test_who_was_sent_back_reads_until_when(person: Person) -> None:
    move_stage([Move(person.id, "lead", reason="no_need", back=True)])
    person.refresh_from_db()
    lacking = missing(person, "de")
    assert lacking is not None
    assert lacking.rests_until is not None
    assert lacking.rests_until > now()


def test_every_way_to_the_next_stage_is_named_the_shortest_first(person: Person) -> None:
    blog = {
        "all": [
            {"did": "page.viewed", "topic": "/blog/*", "at_least": 6},
            {"field": "country", "op": "is", "value": "CH"},
        ]
    }
    either = {"any": [blog, {"did": "webinar.registered"}, {"field": "score", "op": ">=", "value": 50}]}
    in_force(scoring=SCORING, stages={**STAGES, "sql": {"when": either}})
    lacking = missing(person, "en")
    assert lacking is not None
    assert lacking.ways == (
        ("Score is 42, needed at least 50",),
        ("Still missing: Has registered for a webinar",),
        ("Needed: Has visited /blog/* at least 6 times (so far 4 times)", "Country is unknown, needed: Switzerland"),
    )
    assert lacking.lacks == lacking.ways[0]
    assert lacking.models == {""}

"""A playbook with two models and everything that a model can say, lived through by a few people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from reif.crm.models import Company, Person, Standing
from reif.crm.tests.people import a_company, a_person
from reif.log.catalogue.people import PersonCreated
from reif.log.catalogue.web import FormSubmitted, WebinarRegistered
from reif.log.worker import settle
from reif.qualify.models import Point
from reif.qualify.tests.ways import happen, in_force, view
from reif.qualify.why.company import of_its_people
from reif.qualify.why.explain import explain_score

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)  # a Wednesday, at noon in Zurich


def equals(field: str, value: Any, op: str = "is") -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


SOFTWARE: dict[str, Any] = {
    "key": "software",
    "group": [{"key": "web", "cap": 40}],
    "rule": [
        {"key": "price", "on": "page.viewed", "topic": "/preise", "points": 20, "per_day": 1, "group": "web", "decay": {"linear": 40}},
        {"key": "blog", "on": "page.viewed", "topic": "/blog/*", "points": 10, "times": 2, "per": "week", "group": "web"},
        {"key": "form", "on": "form.submitted", "points": 16, "times": 1, "per": "month", "decay": {"half_life": 10}},
        {"key": "webinar", "on": "webinar.registered", "points": 30, "once": True, "expires": 60},
        {"key": "away", "on": "mail.unsubscribed", "points": -50},
    ],
    "fit": [{"key": "large", "points": 25, "when": equals("company.size", 50, ">=")}],
    "exclude": [
        {"key": "rival", "when": equals("email_domain", "rival.ch")},
        {"key": "student", "when": equals("level", "student")},
        {"key": "staff", "when": equals("email_domain", "wir.ch")},
    ],
    "grades": {"fit": [20, 10, 5], "engagement": [50, 25, 10], "margin": 5},
    "company": {"take": "sum", "of": 2},
}  # fmt: skip
TRAINING: dict[str, Any] = {
    "key": "training",
    "rule": [{"key": "webinar", "on": "webinar.registered", "points": 5}],
    "fit": [{"key": "hr", "points": 7, "when": equals("department", "hr")}],
}
STAGES: dict[str, Any] = {
    "sql": {
        "when": {"all": [equals("grade", "B2", ">="), {"did": "webinar.registered"}, {"did": "page.viewed", "topic": "/preise", "within": "30d"}]},
        "silence_days": 90,
    }
}  # fmt: skip


@pytest.fixture
def anna() -> Person:
    in_force(scoring={"model": [SOFTWARE, TRAINING]}, stages=STAGES)
    settle()
    return known("anna@firma.ch", a_company(name="Firma", domain="firma.ch", size=80), job_title="Leiterin Personal")


def known(email: str, company: Company | None = None, **more: Any) -> Person:
    person = a_person(email=email, company=company, created_at=NOON, **more)
    happen(PersonCreated(person=person.pk, at=NOON))
    settle(at=NOON)
    return person


def stands(person: Person, model: str = "software") -> tuple[int, str]:
    place = Standing.objects.counting().get(person=person, model=model)
    return place.score, place.grade


def test_limits_by_day_week_and_month_and_a_ceiling(anna: Person) -> None:
    happen(*(view(anna.pk, "/preise", at=NOON + timedelta(minutes=n)) for n in range(3)))
    happen(*(view(anna.pk, f"/blog/{n}", at=NOON + timedelta(hours=1 + n)) for n in range(3)))
    happen(*(FormSubmitted(person=anna.pk, topic="demo", at=NOON + timedelta(hours=n)) for n in range(2)))
    settle(at=NOON + timedelta(hours=5))
    assert sorted(Point.objects.values_list("rule", flat=True)) == ["blog", "blog", "form", "hr", "large", "price"]
    assert stands(anna) == (25 + 40 + 16, "A1")
    monday = NOON + timedelta(days=5)
    happen(view(anna.pk, "/blog/x", at=monday), FormSubmitted(person=anna.pk, topic="demo", at=monday))
    settle(at=monday)
    assert Point.objects.filter(rule="blog").count() == 3
    assert Point.objects.filter(rule="form").count() == 1
    assert [line.points for line in explain_score(anna, "en", "software", at=monday) if line.is_cap] == [-7]


def test_points_fade_straight_by_halves_and_end(anna: Person) -> None:
    happen(view(anna.pk, "/preise", at=NOON), FormSubmitted(person=anna.pk, topic="demo", at=NOON))
    happen(WebinarRegistered(person=anna.pk, at=NOON))
    settle(at=NOON)
    for days, points in ((0, 20 + 16 + 30), (10, 15 + 8 + 30), (20, 10 + 4 + 30), (59, 0.26 + 30), (60, 0.25), (71, 0)):
        lines = explain_score(anna, "en", "software", at=NOON + timedelta(days=days))
        behaviour = sum(line.cents for line in lines if not line.is_fit)
        assert abs(behaviour - points * 100) <= 2, days


def test_each_model_counts_for_itself_and_the_company_adds_up(anna: Person) -> None:
    ben = known("ben@firma.ch", anna.company)
    cleo = known("cleo@firma.ch", anna.company)
    happen(*(WebinarRegistered(person=p.pk, at=NOON) for p in (anna, ben)), view(ben.pk, "/preise", at=NOON))
    settle(at=NOON)
    assert (stands(anna), stands(ben), stands(cleo)) == ((55, "A2"), (75, "A1"), (25, "A4"))
    assert (stands(anna, "training"), stands(ben, "training")) == ((12, ""), (5, ""))
    firm = Company.objects.get(domain="firma.ch")
    assert firm.score == 75 + 55
    with override("en"):
        assert of_its_people(firm) == "Its 2 best together: 75 + 55"
        assert of_its_people(a_company(name="Nobody", domain="nobody.ch")) == ""


@pytest.mark.parametrize(
    ("email", "title", "rule"),
    [("r@rival.ch", "CEO", "rival"), ("s@uni.ch", "Werkstudentin", "student"), ("w@wir.ch", "CEO", "staff")],
)
def test_competitors_students_and_staff_are_left_out(anna: Person, email: str, title: str, rule: str) -> None:
    person = known(email, job_title=title)
    happen(WebinarRegistered(person=person.pk, at=NOON))
    settle(at=NOON)
    place = Standing.objects.counting().get(person=person, model="software")
    assert (place.score, place.grade, place.excluded) == (0, "", rule)
    assert stands(person, "training")[0] == 5


def test_sql_is_a_grade_a_webinar_and_prices_lately_and_silence_takes_it_back(anna: Person) -> None:
    happen(WebinarRegistered(person=anna.pk, at=NOON))
    settle(at=NOON)
    assert fresh(anna).stage != "sql"
    happen(view(anna.pk, "/preise", at=NOON + timedelta(days=1)))
    settle(at=NOON + timedelta(days=1))
    assert fresh(anna).stage == "sql"
    settle(at=NOON + timedelta(days=90))
    assert fresh(anna).stage == "sql"
    settle(at=NOON + timedelta(days=91, hours=1))
    assert fresh(anna).stage == "lead"
    assert anna.spells.get(left_at=None).reason == "silence"


def test_a_grade_gets_worse_only_beyond_the_margin(anna: Person) -> None:
    happen(WebinarRegistered(person=anna.pk, at=NOON), view(anna.pk, "/preise", at=NOON))
    settle(at=NOON)
    assert stands(anna)[1] == "A1"
    settle(at=NOON + timedelta(days=10, minutes=1))
    assert stands(anna) == (25 + 45, "A1")
    settle(at=NOON + timedelta(days=11, minutes=1))
    assert stands(anna)[1] == "A2"


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)

"""A model is learned from what became of people, kept, asked, and replaced by better ones only."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Person, Visitor
from reif.crm.tests.people import a_person
from reif.kit.clock import now
from reif.kit.place import home
from reif.lake.sync import sync
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonChanged, VisitorIdentified
from reif.log.catalogue.web import PageViewed, WebinarRegistered
from reif.log.event import event_of
from reif.log.models import Event
from reif.qualify.models import Forecaster, Lesson, Prediction
from reif.qualify.predict import foresee, keep, lessons
from reif.qualify.predict.by_hand import release, set_by_hand
from reif.qualify.predict.columns import encoded
from reif.qualify.predict.done import Asked, micros
from reif.qualify.predict.features import facts_now, facts_then
from reif.qualify.predict.learn import learn
from reif.qualify.predict.learning.blend import FEW_OUTCOMES
from reif.qualify.predict.lines import FIRST_COUNT
from reif.qualify.predict.shape import CATEGORIES, Shape
from reif.qualify.predict.work_off import work_off
from reif.qualify.tests.predict.town import a_town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    foresee.look_again()


def a_lesson(outcome: str = "sql", sort: str = "train") -> Lesson:
    lessons.ask_for(outcome, sort)
    while work_off():
        pass
    return Lesson.objects.filter(outcome=outcome, sort=sort).latest("id")


def test_it_learns_what_is_true_and_asks_about_everybody() -> None:
    a_town()
    done = a_lesson()
    assert (done.state, done.note) == ("done", "first")
    row = Forecaster.objects.get()
    assert row.in_force and row.card["quality"]["auc"] > 0.75
    assert row.card["quality"]["calibration_error"] < 0.08
    assert row.card["edge"]
    heavy = [w["name"] for w in row.card["weights"][:8]]
    assert {"webinar.registered", "page.viewed", "company_size"} & set(heavy)
    assert Prediction.objects.count() == Person.objects.count()
    assert set(Event.objects.filter(kind__startswith="model.").values_list("kind", flat=True)) == {"model.trained"}


def test_too_few_outcomes_make_no_model_and_are_counted() -> None:
    a_town(people=60)
    done = a_lesson()
    assert done.note == "few"
    assert done.numbers["least"] == 50 and done.numbers["having"] < 50
    assert not Forecaster.objects.exists() and not Prediction.objects.exists()
    assert foresee.in_force() == []


def test_one_outcome_only_makes_no_model() -> None:
    a_town(people=200)
    assert a_lesson("won").note == "one_sided"


def test_lake_and_log_give_the_same_features() -> None:
    a_town(people=80)
    sync()
    people, moment = list(Person.objects.values_list("id", flat=True)), now()
    asked = Asked(np.array(people), np.full(len(people), micros(moment)))
    many, few = facts_then(asked, Shape(), past=False), facts_now(people, moment, Shape())
    np.testing.assert_allclose(many.numbers, few.numbers, rtol=1e-4)
    assert all((many.words[name] == few.words[name]).all() for name in many.words)


def test_what_was_written_or_done_later_is_not_known_yet() -> None:
    person = a_person(created_at=now() - timedelta(days=20), country="CH", source="webinar")
    with writing():
        append(
            PageViewed(person=person.pk, topic="/preise", at=now() - timedelta(days=15)),
            PageViewed(person=person.pk, topic="/preise", at=now() - timedelta(days=5)),
            PersonChanged(person=person.pk, fields=["country"], at=now() - timedelta(days=4)),
        )
    sync()
    then = micros(now() - timedelta(days=10))
    found = facts_then(Asked(np.array([person.pk]), np.array([then])), Shape())
    row = dict(zip(Shape().names[len(CATEGORIES) :], found.numbers[0].tolist(), strict=True))
    assert row["page.viewed/30"] == 1
    assert row["known_days"] == pytest.approx(10, abs=0.01)
    assert found.words["country"][0] == ""
    assert found.words["source"][0] == "webinar"


def test_an_anonymous_past_counts_from_when_it_was_known_whose_it_was() -> None:
    person = a_person(created_at=now() - timedelta(days=20))
    visitor = Visitor.objects.create(key="v1", first_seen=now(), person=person)
    with writing():
        append(PageViewed(visitor=visitor.pk, topic="/x", at=now() - timedelta(days=15)))
    with writing():
        append(VisitorIdentified(visitor=visitor.pk, person=person.pk, at=now() - timedelta(days=5)))
    sync()
    at = np.array([micros(now() - timedelta(days=days)) for days in (10, 1)])
    found = facts_then(Asked(np.array([person.pk, person.pk]), at), Shape())
    column = Shape().names.index("page.viewed/30") - len(CATEGORIES)
    assert found.numbers[:, column].tolist() == [0, 1]


def test_one_event_changes_the_chance_of_one_person_in_few_queries() -> None:
    a_town(people=600)
    a_lesson()
    foresee.look_again()
    person = Person.objects.filter(source="webinar", company__size=300, stage="lead").latest("created_at")
    before = Prediction.objects.get(person=person).chance
    assert before is not None
    with writing():
        append(*(PageViewed(person=person.pk, topic="/preise") for _n in range(3)), WebinarRegistered(person=person.pk))
    last = event_of(Event.objects.latest("id"))
    with CaptureQueriesContext(connection) as queries, writing():
        foresee.foresee([last])
    assert len(queries) <= 14 + (connection.vendor == "postgresql")  # the log's lock
    after = Prediction.objects.get(person=person).chance
    assert after is not None and after > before
    person.refresh_from_db()
    assert person.chance_sql == round(100 * after)


def test_a_number_set_by_hand_stays_until_it_is_released() -> None:
    a_town(people=600)
    a_lesson()
    foresee.look_again()
    person = Person.objects.filter(chance_sql__isnull=False).earliest("id")
    said = person.chance_sql
    set_by_hand(person.pk, "sql", 0.99, "hat mündlich zugesagt", by=1)
    a_lesson(sort="score")
    person.refresh_from_db()
    assert person.chance_sql == 99
    release(person.pk, "sql", by=1)
    person.refresh_from_db()
    assert person.chance_sql == pytest.approx(said, abs=2)
    assert Event.objects.filter(kind__in=["prediction.set", "prediction.released"]).count() == 2


def test_the_model_in_force_stays_until_there_are_new_outcomes() -> None:
    a_town(people=600)
    a_lesson()
    again = a_lesson()
    assert again.note == "no_news"
    assert Forecaster.objects.count() == 1


def test_a_file_that_was_touched_is_not_asked() -> None:
    a_town(people=600)
    a_lesson()
    file = home() / "models" / "sql-1.npz"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    keep._asked.clear()
    with pytest.raises(keep.NotThere):
        keep.ready(Forecaster.objects.get())


@pytest.mark.parametrize("rows", [400, 3000, 42_000])
def test_what_is_kept_says_what_was_taught_to_the_last_digit(rows: int) -> None:
    """With few outcomes, with all members, and with so many rows that no forest is grown."""
    draw = np.random.default_rng(rows)
    told = draw.normal(size=(rows, len(Shape().names))).astype(np.float32)
    told[:, : len(CATEGORIES)] = draw.integers(0, 9, (rows, len(CATEGORIES)))
    told[:, FIRST_COUNT:] = draw.poisson(0.3, (rows, told.shape[1] - FIRST_COUNT))
    told[:, :FIRST_COUNT][draw.random((rows, FIRST_COUNT)) < 0.1] = np.nan
    truth = (np.nan_to_num(told[:, -1]) + (told[:, 0] % 3 == 0) + draw.normal(size=rows) > 2.2).astype(float)
    learned, blend = learn(told, truth, np.arange(rows))
    assert (learned.boosted is None) == (truth.sum() < FEW_OUTCOMES) and (learned.forest is None) == (rows > 40_000)
    some = told[:500]
    np.testing.assert_allclose(learned.chance(some), blend.chance(encoded(some, learned.lines.scale)), atol=1e-9)
    np.testing.assert_allclose(learned.shares(some).sum(1) + learned.usual(), learned.logit(some), atol=1e-9)
    kept, _shape = keep._unpacked(keep._packed(learned, Shape()))
    assert (kept.chance(some) == learned.chance(some)).all()

"""What happens to a model as time goes on: better ones take over, worse ones are kept aside, drift is seen, hands stay."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Person
from reif.crm.tests.people import a_user
from reif.kit.clock import now, travel
from reif.lake.sync import sync
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonStaged
from reif.log.catalogue.web import PageViewed, WebinarRegistered
from reif.log.models import Event
from reif.qualify.models import Forecaster
from reif.qualify.predict import foresee
from reif.qualify.predict.by_hand import release, set_by_hand
from reif.qualify.predict.card import FAR
from reif.qualify.predict.done import Asked, micros
from reif.qualify.predict.features import facts_then
from reif.qualify.predict.shape import Shape
from reif.qualify.tests.predict.test_train import a_lesson
from reif.qualify.tests.predict.town import DAY, a_town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    foresee.look_again()


def test_the_world_turns_a_better_model_takes_over_and_a_hand_stays() -> None:
    a_town(people=600)
    a_lesson()
    person = Person.objects.filter(chance_sql__isnull=False).earliest("id")
    set_by_hand(person.pk, "sql", 0.99, "hat mündlich zugesagt", by=1)
    with travel(timedelta(days=200)):
        Person.objects.filter(pk__gt=300).update(source="paid_search")
        a_town(people=700, seed=8, days=190, wave="b", turned=True)
        a_lesson(sort="score")
        old = Forecaster.objects.get(in_force=True)
        assert old.drift["known_days"] >= FAR
        client = Client()
        client.force_login(a_user("analyst"), backend="allauth.account.auth_backends.AuthenticationBackend")
        assert "Die Personen sind anders als beim Lernen" in client.get("/prediction").content.decode()
        for address, most in (("/prediction", 13), ("/prediction/people", 11), (f"/people/{person.pk}", 48)):
            with CaptureQueriesContext(connection) as queries:
                page = client.get(address)
            assert page.status_code == 200
            assert len(queries) <= most, (address, len(queries))
        assert a_lesson().note == "better"
        new = Forecaster.objects.get(in_force=True)
        assert (new.version, new.loss_before is not None and new.loss < new.loss_before) == (2, True)
        assert Forecaster.objects.get(version=1).verdict == "replaced"
        assert Event.objects.filter(kind="model.replaced").count() == 1
        person.refresh_from_db()
        assert person.chance_sql == 99
        release(person.pk, "sql", by=1)
        person.refresh_from_db()
        assert person.chance_sql is not None and person.chance_sql < 99


def test_a_model_that_does_worse_is_kept_aside_and_says_so() -> None:
    old = a_town(people=600)
    a_lesson()
    with travel(timedelta(days=120)):
        a_town(people=600, seed=9, days=110, wave="c")
        staged = set(Event.objects.filter(kind="person.staged").values_list("person_id", flat=True))
        false = [p for p in old if p.pk not in staged]
        with writing():
            append(
                *(PersonStaged(person=p.pk, topic="sql", came_from="lead", at=p.created_at + 9 * DAY) for p in false)
            )
        assert a_lesson().note == "worse"
    row = Forecaster.objects.get(version=2)
    assert not row.in_force and row.loss_before is not None and row.loss > row.loss_before
    assert Forecaster.objects.get(in_force=True).version == 1
    client = Client()
    client.force_login(a_user("analyst"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "nicht besser" in client.get("/prediction").content.decode()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_comes_later_never_changes_what_was_known_before(seed: int) -> None:
    draw = np.random.default_rng(seed)
    people = a_town(people=40, seed=seed)
    sync()
    at = np.array([micros(now()) - int(days * 86_400e6) for days in draw.uniform(5, 60, len(people))])
    asked = Asked(np.array([p.pk for p in people]), at)
    before = facts_then(asked, Shape())
    later = [now() - timedelta(days=float(days)) for days in draw.uniform(0, 4, 30)]
    with writing():
        append(*(PageViewed(person=people[n].pk, topic="/x", at=then) for n, then in enumerate(later)))
        append(*(WebinarRegistered(person=people[n].pk, at=then) for n, then in enumerate(later[:10])))
        append(
            *(
                PersonStaged(person=people[n].pk, topic="sql", came_from="lead", at=then)
                for n, then in enumerate(later[:9])
            )
        )
    sync()
    after = facts_then(asked, Shape())
    np.testing.assert_array_equal(before.numbers, after.numbers)
    assert all((before.words[name] == after.words[name]).all() for name in before.words)
    changed = facts_then(Asked(asked.people, np.full(len(people), micros(now()))), Shape())
    assert (changed.numbers != after.numbers).any()

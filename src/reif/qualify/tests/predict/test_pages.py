"""The pages of predictions, empty and filled, in both languages."""

from __future__ import annotations

import pytest
from django.test import Client

from reif.crm.models import Person
from reif.crm.tests.people import a_person, a_user
from reif.qualify.models import Lesson, Prediction
from reif.qualify.predict import foresee, lessons
from reif.qualify.predict.work_off import work_off
from reif.qualify.tests.predict.town import a_town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client() -> Client:
    foresee.look_again()
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_without_outcomes_the_page_says_how_many_are_needed(client: Client) -> None:
    lessons.ask_for("sql", "train")
    assert work_off()
    page = client.get("/prediction").content.decode()
    assert "0 / 50" in page and "geraten" in page
    assert client.get("/prediction/people").status_code == 200
    assert client.get("/prediction?outcome=nonsense").status_code == 404
    assert "Voraussage</h" not in client.get(f"/people/{a_person().pk}").content.decode()


def test_a_model_is_shown_with_its_reasons_and_a_hand_may_know_better(client: Client) -> None:
    a_town(people=600)
    client.post("/prediction/lessons", {"outcome": "sql"})
    while work_off():
        pass
    foresee.look_again()
    page = client.get("/prediction").content.decode()
    assert "Vorausgesagt und eingetroffen" in page and "AUC" in page and "dist/charts.js" in page
    assert client.get("/prediction?as=table").status_code == 200
    best = client.get("/prediction/people").content.decode()
    person = Prediction.objects.filter(counts__isnull=False).order_by("-counts").first()
    assert person is not None and f"/people/{person.person_id}" in best
    shown = client.get(f"/people/{person.person_id}").content.decode()
    assert "in 30 Tagen" in shown and "Von Hand setzen" in shown
    client.post(f"/prediction/people/{person.person_id}/sql", {"percent": "300", "reason": "x"})
    assert Prediction.objects.get(pk=person.pk).by_hand is None
    client.post(f"/prediction/people/{person.person_id}/sql", {"percent": "5", "reason": "Firma schliesst"})
    assert Person.objects.get(pk=person.person_id).chance_sql == 5
    assert "Firma schliesst" in client.get(f"/people/{person.person_id}").content.decode()
    client.post(f"/prediction/people/{person.person_id}/sql", {"release": "1"})
    assert Prediction.objects.get(pk=person.pk).by_hand is None
    assert Lesson.objects.filter(ended_at=None).count() == 0

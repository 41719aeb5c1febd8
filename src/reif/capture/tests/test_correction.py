"""The person page shows the four touches; marketing corrects them, and everybody sees that it did."""

from __future__ import annotations

import pytest
from django.test import Client

from reif.crm.models import Person, Touch
from reif.crm.tests.people import a_person, a_user
from reif.crm.tests.test_touches import LINKEDIN, SEARCH, day, submit, view
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(role: str, language: str = "en") -> Client:
    client = Client()
    client.force_login(a_user(role, language=language), backend=BACKEND)
    return client


def a_way() -> tuple[Person, Touch]:
    person = a_person()
    view(SEARCH, day(1), person=person.pk)
    view(LINKEDIN, day(30), person=person.pk)
    submit(person, day(30.01))
    settle()
    return person, Touch.objects.get(source="PAID_SOCIAL")


def test_the_person_page_tells_the_way() -> None:
    person, _touch = a_way()
    page = client_of("marketing").get(f"/people/{person.pk}").content.decode()
    for words in ("Where from", "First touch", "Lead-creating touch, Last touch", "Organic search", "Google", "herbst"):
        assert words in page
    german = client_of("marketing", "de").get(f"/people/{person.pk}").content.decode()
    for words in ("Herkunft", "Erste Berührung", "Organische Suche", "Korrigieren"):
        assert words in german


def test_a_correction_is_written_marked_and_told() -> None:
    person, touch = a_way()
    client = client_of("marketing")
    address = f"/people/{person.pk}/touches/{touch.pk}/corrections"
    assert "herbst" in client.get(address).content.decode()
    sent = {"source": "OFFLINE", "detail_1": "messe", "detail_2": "", "campaign": "", "reason": ""}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "This field is required" in refused.content.decode()
    done = client.post(address, sent | {"reason": "Told on the phone"})
    assert done.status_code == 302
    assert "The correction is being written" in client.get(f"/people/{person.pk}/touches").content.decode()
    settle()
    page = client.get(f"/people/{person.pk}").content.decode()
    assert "The correction is being written" not in page
    for words in ("corrected", "Offline sources", "<s>Paid social", "Told on the phone", "The source was corrected"):
        assert words in page


def test_sellers_see_the_way_of_their_people_and_correct_nothing() -> None:
    person, touch = a_way()
    seller = a_user("seller", language="en")
    client = Client()
    client.force_login(seller, backend=BACKEND)
    assert client.get(f"/people/{person.pk}/touches").status_code == 404
    Person.objects.filter(pk=person.pk).update(owner=seller)
    page = client.get(f"/people/{person.pk}/touches").content.decode()
    assert "Organic search" in page
    assert "corrections" not in page
    assert client.post(f"/people/{person.pk}/touches/{touch.pk}/corrections", {}).status_code == 403


def test_somebody_without_a_touch_has_no_panel() -> None:
    person = a_person()
    assert "Where from" not in client_of("marketing").get(f"/people/{person.pk}").content.decode()

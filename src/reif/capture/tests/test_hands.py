"""One browser, two people with forms: the past stays with the first, the future goes to the second."""

from __future__ import annotations

import pytest

from reif.capture.tests.beacons import a_beacon, tell
from reif.capture.tests.forms import a_browser, send
from reif.crm.models import Person, Visitor
from reif.log.read import timeline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
KEY = "11111111-2222-4333-8444-555555555555"


def seen_by(person: Person) -> list[str]:
    visitors = Visitor.objects.filter(person=person).values_list("id", flat=True)
    return sorted(e.topic for e in timeline(person.pk, visitors, kinds=["page.viewed"]))


def test_a_shared_browser_changes_hands_with_the_form() -> None:
    browser = a_browser(reif_c="personal", reif_v=KEY)
    tell(a_beacon(visitor=KEY, path="/first"))
    assert "reif_v" not in send(browser, email="vera@firma.example").cookies
    answer = send(browser, email="boris@firma.example")
    key = answer.cookies["reif_v"].value
    assert key != KEY
    tell(a_beacon(visitor=key, path="/second"))
    vera, boris = Person.objects.get(email="vera@firma.example"), Person.objects.get(email="boris@firma.example")
    assert Visitor.objects.get(key=KEY).person_id == vera.pk
    assert Visitor.objects.get(key=key).person_id == boris.pk
    assert (seen_by(vera), seen_by(boris)) == (["/first"], ["/second"])
    assert "reif_v" not in send(browser, email="boris@firma.example").cookies


def test_without_consent_no_browser_gets_a_key() -> None:
    for address in ("vera@firma.example", "boris@firma.example"):
        assert "reif_v" not in send(a_browser(), email=address).cookies
    assert not Visitor.objects.exists()


def test_global_privacy_control_is_stronger_than_an_old_cookie() -> None:
    browser = a_browser(reif_c="personal", reif_v=KEY)
    browser.defaults["HTTP_SEC_GPC"] = "1"
    send(browser, email="vera@firma.example")
    assert not Visitor.objects.exists()

"""The pages of segments: the list, one with its people, the editor with its count."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Member
from reif.crm.tests.people import a_person, a_user
from reif.log.worker import settle
from reif.playbook.current import current, revision
from reif.qualify.segments.preview import preview
from reif.qualify.tests.ways import in_force
from reif.rules.decode import decode

pytestmark = pytest.mark.django_db
SWISS = {
    "key": "swiss",
    "when": {"field": "country", "op": "is", "value": "CH"},
    "words": {"de": "Schweiz", "en": "Swiss"},
}
INNER = {"key": "inner", "when": {"field": "segment", "op": "is", "value": "swiss"}}
FORM = {
    "words_en": "Large ones",
    "match": "all",
    "g0.match": "all",
    "g0.r0.field": "company.size",
    "g0.r0.op": ">=",
    "g0.r0.value": "250",
}


def signed_in(role: str = "marketing") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_list_has_counts_words_and_uses_in_few_queries() -> None:
    for _ in range(3):
        a_person(country="CH")
    in_force(segments={"segment": [SWISS, INNER, {"key": "guests"}]})
    settle()
    client = signed_in()
    client.get("/segments")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/segments").content.decode()
    assert len(queries) <= 12
    assert "Swiss" in page or "Schweiz" in page
    assert "inner" in page


def test_the_page_of_one_shows_its_people_and_who_may_change_them() -> None:
    person = a_person(country="CH", last_name="Ammann")
    in_force(segments={"segment": [SWISS, {"key": "guests"}]})
    settle()
    client = signed_in()
    assert "Ammann" in client.get("/segments/swiss").content.decode()
    assert client.get("/segments/none").status_code == 404
    sent = client.post("/segments/members", {"segment": "guests", "addresses": f"{person.email}\nnobody@x.example"})
    assert sent.status_code == 302
    assert list(Member.objects.filter(segment="guests").values_list("person_id", flat=True)) == [person.pk]
    client.post("/segments/members", {"segment": "guests", "person": [person.pk], "do": "remove"})
    assert not Member.objects.filter(segment="guests").exists()
    client.post("/segments/members", {"segment": "swiss", "person": [person.pk], "do": "remove"})
    assert Member.objects.filter(segment="swiss").exists()


def test_a_segment_is_made_changed_and_archived_through_the_playbook() -> None:
    in_force(segments={"segment": [SWISS]})
    client = signed_in()
    assert client.get("/segments/new").status_code == 200
    assert client.post("/segments/new", FORM | {"expected": revision()}).status_code == 302
    made = current("segments").segments[-1]
    assert (made.key, made.words) == ("large-ones", {"en": "Large ones"})
    changed = FORM | {"g0.r0.value": "500", "expected": revision()}
    assert client.get("/segments/large-ones/edit").status_code == 200
    assert client.post("/segments/large-ones/edit", changed).status_code == 302
    assert current("segments").segments[-1].when == decode({"field": "company.size", "op": ">=", "value": 500})
    client.post("/segments/large-ones/archive", {"on": "1"})
    assert current("segments").segments[-1].archived
    client.post("/segments/large-ones/archive", {"on": "0"})
    assert not current("segments").segments[-1].archived


def test_what_is_used_cannot_be_archived() -> None:
    in_force(segments={"segment": [SWISS, INNER]})
    page = signed_in().post("/segments/swiss/archive", {"on": "1"}, follow=True).content.decode()
    assert not current("segments").segments[0].archived
    assert "swiss" in page


def test_what_is_wrong_is_said_and_nothing_is_published() -> None:
    in_force(segments={"segment": [SWISS]})
    client, before = signed_in(), revision()
    assert client.post("/segments/new", FORM | {"words_en": "", "expected": before}).status_code == 422
    assert client.post("/segments/new", FORM | {"g0.r0.value": "many", "expected": before}).status_code == 422
    assert client.post("/segments/new", {"words_en": "All", "expected": before}).status_code == 422
    in_force(segments={"segment": [SWISS, {"key": "guests"}]})
    assert client.post("/segments/new", FORM | {"expected": before}).status_code == 409
    assert signed_in("seller").post("/segments/new", FORM).status_code == 403


def test_people_are_counted_while_one_types() -> None:
    a_person(country="CH", last_name="Ammann")
    a_person(country="DE")
    client = signed_in()
    sent = {"g0.r0.field": "country", "g0.r0.op": "is", "g0.r0.value": "CH"}
    page = client.post("/segments/count", sent).content.decode()
    assert "Ammann" in page
    assert "1" in page
    assert "text-bad" in client.post("/segments/count", sent | {"g0.r0.op": "~"}).content.decode()
    assert client.get("/segments/row?group=g0&g0.r0.field=country").content.decode().count("g0.r1.field") == 1
    row = client.get("/segments/row?row=g0.r0&g0.r0.field=stage&g0.r0.op=one of").content.decode()
    assert "multiple" in row


def test_an_estimate_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reif.qualify.segments.preview.SMALL", 10)
    monkeypatch.setattr("reif.qualify.segments.preview.SAMPLE", 20)
    for n in range(200):
        a_person(country="CH" if n % 4 else "DE")
    found = preview(decode(SWISS["when"]), a_user("admin"), exact=False)
    assert not found.exact
    assert 50 <= found.number <= 250

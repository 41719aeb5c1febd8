"""Segments for other software, and beside a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Member
from reif.crm.tests.people import a_person
from reif.log.worker import settle
from reif.qualify.segments.fixed import put_in
from reif.qualify.tests.test_segment_pages import SWISS, signed_in
from reif.qualify.tests.ways import in_force
from reif.staff.api import rate
from reif.staff.api.keys import make_key

pytestmark = pytest.mark.django_db
GUESTS = {"key": "guests", "words": {"de": "Gäste", "en": "Guests"}}


@pytest.fixture(autouse=True)
def _full_buckets() -> None:
    rate.refill()


def caller(*scopes: str) -> Client:
    _key, plain = make_key("test", scopes)
    return Client(headers={"authorization": f"Bearer {plain}", "accept-language": "en"})


def post(client: Client, path: str, sent: Any) -> Any:
    return client.post(f"/api/v1/segments/{path}", sent, content_type="application/json")


def inside(key: str) -> set[int]:
    return set(Member.objects.filter(segment=key).values_list("person_id", flat=True))


def test_which_there_are_and_who_is_in_them_page_by_page() -> None:
    people = [a_person(country="CH") for _n in range(3)]
    in_force(segments={"segment": [SWISS, GUESTS]})
    settle()
    client = caller("segments:read")
    told = {s["key"]: (s["people"], s["fixed"]) for s in client.get("/api/v1/segments").json()["items"]}
    assert told == {"swiss": (3, False), "guests": (0, True)}
    with CaptureQueriesContext(connection) as queries:
        first = client.get("/api/v1/segments/swiss/people?limit=2").json()
    assert len(queries) <= 8
    rest = client.get(f"/api/v1/segments/swiss/people?limit=2&after={first['next']}").json()
    assert [one["id"] for one in first["items"] + rest["items"]] == [p.pk for p in people]
    assert rest["next"] is None
    assert client.get("/api/v1/segments/none/people").status_code == 404


def test_people_are_put_in_and_taken_out_all_or_none() -> None:
    anna, beat = a_person(email="anna@firma.example"), a_person(email="beat@firma.example")
    in_force(segments={"segment": [SWISS, GUESTS]})
    client = caller("segments:read", "segments:write")
    odd = post(client, "guests/people", {"people": [anna.pk, 99_999_999], "emails": ["nobody@firma.example"]})
    assert odd.status_code == 422
    assert [e["pointer"] for e in odd.json()["errors"]] == ["/people/1", "/emails/0"]
    assert inside("guests") == set()
    done = post(client, "guests/people", {"people": [anna.pk], "emails": ["Beat@firma.example", "anna@firma.example"]})
    assert done.json() == {"moved": 2, "already": 0}
    assert post(client, "guests/people", {"people": [anna.pk]}).json() == {"moved": 0, "already": 1}
    assert post(client, "guests/removals", {"people": [anna.pk]}).json() == {"moved": 1, "already": 0}
    assert inside("guests") == {beat.pk}
    assert post(client, "swiss/people", {"people": [anna.pk]}).json()["type"].endswith("not-fixed")
    assert post(caller("segments:read"), "guests/people", {"people": [anna.pk]}).status_code == 403


def test_beside_a_person_stand_its_segments_and_fixed_ones_are_changed_there() -> None:
    person = a_person(country="CH")
    in_force(segments={"segment": [SWISS, GUESTS]})
    settle()
    client = signed_in()
    page = client.get(f"/people/{person.pk}").content.decode()
    assert "Swiss" in page
    sent = {"segment": "guests", "person": person.pk, "then": "person"}
    assert client.post("/segments/members", sent).headers["Location"] == f"/people/{person.pk}"
    assert inside("guests") == {person.pk}
    assert "Take out of Guests" in client.get(f"/people/{person.pk}").content.decode()
    client.post("/segments/members", sent | {"do": "remove"})
    assert inside("guests") == set()


def test_a_segment_leads_to_the_list_of_people_and_to_a_copy_of_its_condition() -> None:
    person = a_person(country="CH", last_name="Ammann")
    in_force(segments={"segment": [SWISS, GUESTS]})
    settle()
    put_in("guests", [person.pk])
    client = signed_in()
    page = client.get("/segments/swiss").content.decode()
    assert "g0.r0.field=segment&amp;g0.r0.op=is&amp;g0.r0.value=swiss" in page
    assert "Ammann" in client.get("/people?g0.r0.field=segment&g0.r0.op=is&g0.r0.value=swiss").content.decode()
    copy = client.get(
        "/segments/new?match=all&g0.match=all&g0.r0.field=country&g0.r0.op=is&g0.r0.value=CH"
    ).content.decode()
    assert 'value="CH" selected' in copy or 'value="CH"' in copy
    assert "/segments/new?match=all" in page
    assert "/segments/new?" not in client.get("/segments/guests").content.decode()


def test_people_are_listed_by_segment_together_with_what_else_is_asked() -> None:
    people = [a_person(country="CH", stage=stage) for stage in ("mql", "lead", "mql")]
    a_person(country="DE", stage="mql")
    in_force(segments={"segment": [SWISS, GUESTS]})
    settle()
    client = caller("people:read")
    found = client.get("/api/v1/people?segment=swiss&stage=mql").json()["items"]
    assert [one["id"] for one in found] == [people[0].pk, people[2].pk]
    assert client.get("/api/v1/people?segment=guests").json()["items"] == []
    refused = client.get("/api/v1/people?segment=swizz")
    assert refused.status_code == 422
    assert "There is no segment “swizz”." in refused.json()["detail"]
    assert caller("segments:read").get("/api/v1/people?segment=swiss").status_code == 403

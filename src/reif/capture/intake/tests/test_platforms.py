"""Lead ads of Meta, LinkedIn and Google in their documented shapes, against a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from reif.capture.intake.again import send_again
from reif.capture.intake.tests.connections import (
    a_connection,
    call,
    google_lead,
    linkedin_lead,
    linkedin_notice,
    meta_lead,
    meta_notice,
)
from reif.capture.intake.tests.platform_server import Platform, a_platform
from reif.capture.intake.verify import signed
from reif.capture.models.intake import Call
from reif.crm.models import Consent, Identity, Person
from reif.kit.clock import now
from reif.log.models import Effect, Event
from reif.log.worker import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def graph(settings: Any) -> Iterator[Platform]:
    with a_platform() as platform:
        settings.GRAPH_URL = settings.LINKEDIN_URL = platform.url
        yield platform


# -- Meta


def test_meta_gets_its_challenge_back_only_with_our_word(client: Client) -> None:
    connection = a_connection("meta")
    told = {"hub.mode": "subscribe", "hub.verify_token": "wort", "hub.challenge": "1158201444"}
    right = client.get(f"/in/{connection.key}", told)
    assert (right.status_code, right.content, right["Content-Type"]) == (
        200,
        b"1158201444",
        "text/plain; charset=utf-8",
    )
    assert client.get(f"/in/{connection.key}", told | {"hub.verify_token": "falsch"}).status_code == 403
    assert client.get(f"/in/{connection.key}").status_code == 404


def test_a_lead_of_meta_is_fetched_and_becomes_a_person(graph: Platform) -> None:
    graph.answers["444444444444444"] = [(200, meta_lead())]
    connection = a_connection("meta")
    assert call(connection, meta_notice()).json() == {"taken": 1, "again": 0}
    assert Call.objects.get().state == Call.State.WAITING
    settle()
    anna, noted = Person.objects.get(), Call.objects.get()
    assert (anna.email, anna.first_name, anna.last_name, anna.phone) == (
        "anna@firma.example",
        "Anna",
        "Muster",
        "+41 44 123 45 67",
    )
    assert (anna.source, anna.source_detail_1, anna.source_detail_2) == ("PAID_SOCIAL", "Instagram", "Herbst")
    assert anna.traits == {"wie_viele_mitarbeitende?": "51-200"}
    assert (anna.stage, anna.company.domain) == ("lead", "firma.example")
    assert Identity.objects.get().value == "444444444444444"
    assert (noted.state, noted.person, noted.created) == (Call.State.TAKEN, anna, True)
    received = Event.objects.get(kind="lead.received")
    assert (received.topic, received.body["campaign"], received.body["created"]) == ("meta-test", "Herbst", True)
    assert Event.objects.get(kind="person.staged").cause_id == received.id
    path, asked, _headers = graph.asked[0]
    assert path == "/444444444444444"
    assert asked["access_token"] == ["EAAB-token"]
    assert asked["appsecret_proof"] == [signed("app-s", b"EAAB-token")]


def test_a_lead_id_that_comes_twice_is_one_lead(graph: Platform) -> None:
    graph.answers["444444444444444"] = [(200, meta_lead())]
    connection = a_connection("meta")
    call(connection, meta_notice())
    assert call(connection, meta_notice()).json() == {"taken": 0, "again": 1}
    settle()
    assert call(connection, meta_notice()).json() == {"taken": 0, "again": 1}
    settle()
    assert (Person.objects.count(), Event.objects.filter(kind="lead.received").count()) == (1, 1)
    assert Call.objects.get().times == 3
    other = a_connection("meta", key="meta-other")
    call(other, meta_notice(field_data=meta_lead()["field_data"]))
    assert Event.objects.filter(kind="lead.received").count() == 1
    assert Call.objects.get(connection=other).reason == "again"


def test_answers_that_come_with_the_notice_are_not_fetched(graph: Platform) -> None:
    call(a_connection("meta"), meta_notice(field_data=meta_lead()["field_data"]))
    assert Person.objects.get().email == "anna@firma.example"
    assert graph.asked == []


def test_a_page_may_bring_several_leads_at_once(graph: Platform) -> None:
    body = meta_notice("1000001", field_data=meta_lead("a@firma.example")["field_data"])
    body["entry"].append(meta_notice("1000002", field_data=meta_lead("b@firma.example")["field_data"])["entry"][0])
    body["entry"][0]["changes"].append({"field": "feed", "value": {"item": "like"}})
    assert call(a_connection("meta"), body).json()["taken"] == 2
    assert Person.objects.count() == 2


def test_a_platform_that_stumbles_is_asked_again(graph: Platform) -> None:
    graph.answers["444444444444444"] = [(500, {"error": {"message": "oops", "code": 2}}), (200, meta_lead())]
    call(a_connection("meta"), meta_notice())
    settle()
    assert (Call.objects.get().state, Call.objects.get().reason) == (Call.State.WAITING, "platform_error")
    settle(at=now() + timedelta(minutes=2))
    assert Call.objects.get().state == Call.State.TAKEN


def test_a_refused_token_is_final_until_somebody_mends_it(graph: Platform) -> None:
    graph.answers["444444444444444"] = [(400, {"error": {"message": "expired", "code": 190}}), (200, meta_lead())]
    call(a_connection("meta"), meta_notice())
    settle()
    noted = Call.objects.get()
    assert (noted.state, noted.reason, noted.note) == (Call.State.FAILED, "token_refused", "expired")
    assert Effect.objects.get(channel="intake").state == Effect.FAILED
    assert send_again([noted]) == 1
    settle()
    assert Person.objects.get().email == "anna@firma.example"


def test_nobody_decides_whom_we_ask(graph: Platform) -> None:
    """Ids that are none, and redirects."""
    connection = a_connection("meta")
    for wrong in ("../../me", "1/../../secret", "http://169.254.169.254/", "", "12"):
        call(connection, meta_notice(wrong))
    graph.answers["555555"] = [(302, {})]
    call(connection, meta_notice("555555"))
    settle()
    assert [path for path, _q, _h in graph.asked] == ["/555555"]
    assert set(Call.objects.exclude(lead="555555").values_list("state", "reason")) == {("ignored", "bad_lead_id")}
    assert not Person.objects.exists()


def test_an_answer_without_end_is_cut_off(graph: Platform) -> None:
    graph.answers["444444444444444"] = [(200, b"{" + b" " * 600_000 + b"}")]
    call(a_connection("meta"), meta_notice())
    settle()
    assert Call.objects.get().reason == "answer_too_large"


# -- LinkedIn


def test_linkedin_gets_its_challenge_signed(client: Client) -> None:
    code = "890e4665-4dfe-4ab1-b689-ed553bceeed0"
    told = client.get("/in/" + a_connection("linkedin").key, {"challengeCode": code}).json()
    assert told == {"challengeCode": code, "challengeResponse": signed("li-s", code.encode())}


@pytest.mark.parametrize("prefixed", [True, False])
def test_a_lead_of_linkedin_is_fetched_with_its_questions(graph: Platform, prefixed: bool) -> None:
    graph.answers["aaaa-bbbb-1"] = [(200, linkedin_lead())]
    raw = json.dumps(linkedin_notice()).encode()
    content = b"hmacsha256=" + raw if prefixed else raw
    connection = a_connection("linkedin")
    assert call(connection, raw, **{"x-li-signature": "hmacsha256=" + signed("li-s", content)}).status_code == 200
    settle()
    cora = Person.objects.get()
    assert (cora.email, cora.first_name, cora.source) == ("cora@konzern.example", "Cora", "PAID_SOCIAL")
    assert (cora.source_detail_1, cora.source_detail_2) == ("LinkedIn", "HR Leiter")
    assert (cora.traits, cora.utm["utm_source"]) == ({"Wann?": "Sofort"}, "linkedin")
    path, _query, headers = graph.asked[0]
    assert (path, headers["authorization"]) == ("/leadFormResponses/aaaa-bbbb-1", "Bearer AQX-token")
    assert headers["x-restli-protocol-version"] == "2.0.0"


def test_what_was_ticked_is_kept_as_evidence_and_must_be_confirmed(graph: Platform) -> None:
    graph.answers["aaaa-bbbb-1"] = [(200, linkedin_lead())]
    consents = [{"path": "/consents/9", "purpose": "marketing", "version": "2026-03"}]
    call(a_connection("linkedin", consents=consents), linkedin_notice())
    settle()
    consent = Consent.objects.get()
    assert (consent.text, consent.text_version, consent.state) == ("Ja, ich möchte Mails.", "2026-03", "asked")
    assert consent.url == "linkedin:Demo"
    assert Event.objects.filter(kind="consent.requested").exists()


def test_a_lead_deleted_at_linkedin_makes_nobody(graph: Platform) -> None:
    call(a_connection("linkedin"), linkedin_notice(leadAction="DELETED"))
    settle()
    assert (Call.objects.get().state, Call.objects.get().reason) == (Call.State.IGNORED, "deleted_there")
    assert not Person.objects.exists()


# -- Google


def test_a_lead_of_google_comes_whole() -> None:
    assert call(a_connection("google"), google_lead()).status_code == 200
    bea = Person.objects.get()
    assert (bea.email, bea.first_name, bea.source) == ("bea@betrieb.example", "Bea", "PAID_SEARCH")
    assert (bea.source_detail_1, bea.utm) == ("123456", {"utm_campaign": "123456", "gclid": "abc"})
    assert bea.traits == {"wie_gross": "100"}
    assert "g-key" not in Call.objects.get().body
    assert Identity.objects.get().kind == "google_lead"


def test_a_test_lead_is_noted_and_makes_nobody() -> None:
    assert call(a_connection("google"), google_lead(is_test=True)).status_code == 200
    assert Call.objects.get().state == Call.State.TEST
    assert not Person.objects.exists()
    assert send_again(Call.objects.all()) == 0


def test_a_wrong_key_is_refused_and_noted_without_what_it_said() -> None:
    response = call(a_connection("google"), google_lead(google_key="geraten"))
    assert (response.status_code, response.json()["type"]) == (401, "urn:reif:problem:wrong-secret")
    noted = Call.objects.get()
    assert (noted.state, noted.reason, noted.sealed) == (Call.State.REFUSED, "wrong_secret", "")


def test_a_lead_is_a_touch_also_of_somebody_whom_we_knew() -> None:
    """It is the one that made the lead, and it is the only one that is written for it."""
    call(a_connection("google"), google_lead())
    settle()
    bea = Person.objects.get()
    touch = bea.touches.get()
    assert (touch.source, touch.detail_1, touch.utm["gclid"]) == ("PAID_SEARCH", "123456", "abc")
    assert bea.origin.lead == touch
    call(a_connection("meta"), meta_notice(field_data=meta_lead("bea@betrieb.example")["field_data"]))
    settle()
    assert list(bea.touches.values_list("source", flat=True)) == ["PAID_SEARCH", "PAID_SOCIAL"]
    bea.origin.refresh_from_db()
    assert bea.origin.last.source == "PAID_SOCIAL"

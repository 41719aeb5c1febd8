"""The generic intake: signatures, mapping by path, bad input, the log, sending again, forgetting."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from reif.capture.intake.again import send_again
from reif.capture.intake.path import find, leaves
from reif.capture.intake.tests.connections import a_connection, call, google_lead, meta_notice
from reif.capture.intake.verify import signed
from reif.capture.models.intake import Call, Connection
from reif.crm.models import Person
from reif.kit.clock import now, travel
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonErased
from reif.log.models import Event
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
LEAD = {"email": "dora@dorf.example", "name": "Dora Dorf"}


def way(kind: str, **how: Any) -> Connection:
    secret = "whsec_" + base64.b64encode(b"x" * 24).decode() if kind == "standard" else "geheim"
    return a_connection(how={"way": kind} | how, secrets={"secret": secret})


# -- Who may call


def test_a_secret_in_a_header_opens_and_nothing_else_does() -> None:
    connection = a_connection()
    assert call(connection, LEAD, **{"x-reif-secret": "s3cret-of-this-connection"}).status_code == 200
    assert call(connection, LEAD, **{"x-reif-secret": "falsch"}).json()["type"] == "urn:reif:problem:wrong-secret"
    assert call(connection, LEAD, **{"x-other": "1"}).json()["type"] == "urn:reif:problem:no-signature"
    assert Call.objects.filter(state=Call.State.REFUSED, sealed="").count() == 2


def test_signatures_over_the_body_are_checked_as_typeform_sends_them() -> None:
    connection = way("hmac", header="Typeform-Signature", prefix="sha256=", encoding="base64")
    raw = json.dumps(LEAD).encode()
    right = "sha256=" + signed("geheim", raw, "base64")
    assert call(connection, raw, **{"typeform-signature": right}).status_code == 200
    assert call(connection, raw + b" ", **{"typeform-signature": right}).status_code == 401


def test_standard_webhooks_are_checked_and_come_once() -> None:
    connection = way("standard")
    raw, moment = json.dumps(LEAD).encode(), now()
    told = {"webhook-id": "msg_1", "webhook-timestamp": str(int(moment.timestamp()))}
    told["webhook-signature"] = Webhook(connection.secrets["secret"]).sign("msg_1", moment, raw.decode())
    assert call(connection, raw, **told).json() == {"taken": 1, "again": 0}
    assert call(connection, raw, **told).json() == {"taken": 0, "again": 1}
    assert call(connection, raw, **told | {"webhook-id": "msg_2"}).status_code == 401


def test_hubspots_signature_covers_the_address(settings: Any) -> None:
    connection = way("hubspot")
    raw, stamp = json.dumps(LEAD), str(int(now().timestamp() * 1000))
    uri = f"{settings.BASE_URL}/in/{connection.key}"
    right = signed("geheim", f"POST{uri}{raw}{stamp}".encode(), "base64")
    told = {"x-hubspot-signature-v3": right, "x-hubspot-request-timestamp": stamp}
    assert call(connection, raw.encode(), **told).status_code == 200
    assert (
        call(connection, raw.encode(), **told | {"x-hubspot-request-timestamp": str(int(stamp) - 1)}).status_code == 401
    )


@pytest.mark.parametrize(("age", "status"), [(0, 200), (290, 200), (310, 401), (-310, 401)])
def test_recordings_of_old_calls_are_refused(age: int, status: int) -> None:
    connection = way("stamped", header="Calendly-Webhook-Signature")
    raw, stamp = json.dumps(LEAD).encode(), str(int(now().timestamp()) - age)
    right = f"t={stamp},v1={signed('geheim', f'{stamp}.'.encode() + raw)}"
    response = call(connection, raw, **{"calendly-webhook-signature": right})
    assert response.status_code == status
    if status == 401:
        assert Call.objects.get().reason == "too_old"


def test_a_list_of_networks_keeps_others_out() -> None:
    assert call(a_connection(how={"networks": ["10.0.0.0/8"]}), LEAD).status_code == 403
    assert call(a_connection(key="local", how={"networks": ["127.0.0.0/8"]}), LEAD).status_code == 200


def test_a_connection_without_a_secret_takes_nothing() -> None:
    assert call(a_connection("google", secrets={}), google_lead(google_key="")).status_code == 503
    assert not Person.objects.exists()


def test_a_paused_connection_asks_to_come_back() -> None:
    assert call(a_connection(paused_at=now()), LEAD).status_code == 503


# -- Bad input


@pytest.mark.parametrize(
    ("raw", "status", "kind"),
    [
        (b"{", 400, "not-json"), (b"\xff\xfe{}", 400, "not-json"), (b"", 400, "not-json"), (b"[" * 100_000, 400, None),
        (b'{"a":' * 70 + b"1" + b"}" * 70, 400, "too-deep"), (b'"' + b"x" * 10_000_000 + b'"', 413, "too-large"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(raw: bytes, status: int, kind: str | None) -> None:
    response = call(a_connection(), raw, **{"x-reif-secret": "s3cret-of-this-connection"})
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert kind is None or response.json()["type"] == f"urn:reif:problem:{kind}"
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("lead", "reason"),
    [({"name": "x"}, "no_email"), ({"email": "keine"}, "bad_email"), ({"email": ["a@b.example\r\nBcc: x@y.example"]}, "bad_email"),
     ({"email": {"a": 1}}, "no_email"), ({"email": "x" * 100_000 + "@b.example"}, "bad_email")],
)  # fmt: skip
def test_a_lead_of_which_nobody_can_be_made_waits_in_the_log(lead: Any, reason: str) -> None:
    assert call(a_connection(), lead).status_code == 200
    noted = Call.objects.get()
    assert (noted.state, noted.reason, noted.person) == (Call.State.FAILED, reason, None)
    assert noted.data == lead


def test_guessing_secrets_does_not_fill_the_log() -> None:
    connection = a_connection()
    for _ in range(60):
        call(connection, LEAD, **{"x-reif-secret": "falsch"})
    assert 1 <= Call.objects.count() <= 40


def test_no_secret_and_no_signature_is_written_down() -> None:
    connection = a_connection(how={"header": "X-Partner"}, secrets={"secret": "geheim"})
    call(
        connection,
        LEAD,
        **{"x-partner": "geheim", "authorization": "Bearer abc", "cookie": "s=1", "user-agent": "Partner/1"},
    )
    assert Call.objects.get().headers == {
        "accept-language": "en", "content-type": "application/json", "user-agent": "Partner/1",
        "content-length": str(len(json.dumps(LEAD))),
    }  # fmt: skip
    assert "geheim" not in connection.sealed
    assert LEAD["email"] not in Call.objects.get().sealed


# -- Mapping


def test_paths_find_values_in_any_shape() -> None:
    data = {
        "a": {
            "b": [{"type": "email", "email": "x@y.example"}, {"type": "text", "field": {"ref": "job"}, "text": "HR"}]
        },
        "c/d": 1,
    }
    assert find(data, "/a/b/[type=email]/email") == find(data, "a.b[type=email].email") == "x@y.example"
    assert find(data, "a.b[field.ref=job].text") == "HR"
    assert find(data, "/a/b/*/type") == ["email", "text"]
    assert find(data, "/c~1d") == 1
    assert [find(data, path) for path in ("/a/b/9/x", "/a/b/-1", "/a/x/y", "a.b[type=none].x", "/a/b/email")] == [
        None
    ] * 5
    assert ("/a/b/[field.ref=job]/text", "HR") in leaves(data)
    assert all(find(data, path) == value for path, value in leaves(data))


def test_rules_fill_fields_with_transforms_defaults_and_constants() -> None:
    mapping = [
        {"to": "email", "path": "contact.mail", "transform": "lower"}, {"to": "name", "path": "/contact/name"},
        {"to": "phone", "path": "/contact/tel", "transform": "phone"}, {"to": "country", "constant": "de"},
        {"to": "company_size", "path": "/size"}, {"to": "traits.budget", "path": "/budget", "default": "offen"},
        {"to": "traits.start", "path": "/start", "transform": "date"}, {"to": "source", "constant": "REFERRALS"},
        {"to": "utm_campaign", "path": "/tags/*"}, {"to": "no_such_field", "path": "/x"},
    ]  # fmt: skip
    body = {"contact": {"mail": "EMIL@Eck.example", "name": "Emil Eck", "tel": "030 1234567"}, "size": "51-200 MA",
            "start": "1.4.2026", "tags": ["a", "b"]}  # fmt: skip
    call(a_connection(mapping=mapping), body)
    emil = Person.objects.get()
    assert (emil.email, emil.first_name, emil.phone, emil.country) == (
        "emil@eck.example",
        "Emil",
        "+49 30 1234567",
        "DE",
    )
    assert emil.traits == {"budget": "offen", "start": "2026-04-01"}
    assert (emil.company.size, emil.source, emil.utm) == (51, "REFERRALS", {"utm_campaign": "a, b"})


def test_each_entry_of_a_list_is_a_lead() -> None:
    connection = a_connection(how={"items": "/rows", "id": "/id"})
    rows = [{"id": n, "email": f"p{n}@firma.example"} for n in (1, 2, 2)]
    assert call(connection, {"rows": rows}).json() == {"taken": 2, "again": 0}
    assert Person.objects.count() == 2


def test_only_the_kind_of_event_that_makes_leads_does(django_assert_max_num_queries: Any) -> None:
    connection = a_connection(how={"only": {"path": "/event", "is": "invitee.created"}})
    call(connection, {"event": "invitee.canceled"} | LEAD)
    assert (Call.objects.get().state, Call.objects.get().reason) == (Call.State.IGNORED, "other_event")
    with django_assert_max_num_queries(45):
        call(connection, {"event": "invitee.created"} | LEAD)
    assert Person.objects.get().email == LEAD["email"]


# -- Once, again, and forgotten


def test_a_kept_call_is_made_again_with_the_mapping_of_today_and_never_doubles() -> None:
    connection = a_connection(mapping=[{"to": "first_name", "path": "/name", "transform": "first"}])
    call(connection, LEAD)
    assert Call.objects.get().reason == "no_email"
    connection.mapping = [{"to": "email", "path": "/email"}]
    connection.save()
    assert send_again(Call.objects.all()) == 1
    connection.mapping = [{"to": "email", "path": "/email"}, {"to": "name", "path": "/name"}]
    connection.save()
    assert send_again(Call.objects.all()) == 1
    assert Person.objects.get().last_name == "Dorf"
    assert Event.objects.filter(kind="lead.received").count() == 1


def test_bodies_are_forgotten_after_their_days() -> None:
    call(a_connection(keep_days=7), LEAD)
    from reif.capture.intake.forget import forget_old

    with travel(timedelta(days=6)), writing():
        forget_old([])
    assert Call.objects.get().data == LEAD
    with travel(timedelta(days=8)), writing():
        forget_old([])
    noted = Call.objects.get()
    assert (noted.data, noted.headers, noted.state) == (None, {}, Call.State.TAKEN)
    assert send_again([noted]) == 0


def test_a_person_who_is_forgotten_is_forgotten_here() -> None:
    connection = a_connection(how={"id": "/id"})
    call(connection, LEAD | {"id": "crm-77"})
    dora = Person.objects.get()
    with writing():
        append(PersonErased(person=dora.pk))
    settle()
    noted = Call.objects.get()
    assert (noted.sealed, noted.lead, noted.key) == ("", "", None)


def test_secrets_sealed_under_another_key_must_be_entered_again(settings: Any) -> None:
    connection = a_connection()
    settings.SECRET_KEY = "another"
    assert connection.secrets == {}
    assert call(connection, LEAD, **{"x-reif-secret": "s3cret-of-this-connection"}).status_code == 503


def test_an_address_that_nobody_gave_out_is_not_found() -> None:
    connection = a_connection()
    connection.key = "unknown"
    assert call(connection, LEAD).status_code == 404
    assert call(a_connection("meta"), meta_notice(), **{"x-hub-signature-256": "sha256=00"}).status_code == 401

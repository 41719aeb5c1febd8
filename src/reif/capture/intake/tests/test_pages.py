"""The pages of connections: open one, set it up, map it, look at its calls."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from reif.capture.intake.desk.rows import rows_of, rules_from
from reif.capture.intake.mail.take import _key, mailbox_paused
from reif.capture.intake.platforms import platform
from reif.capture.intake.presets import PRESETS
from reif.capture.intake.rule import Rule, rules_of
from reif.capture.intake.take import read
from reif.capture.intake.tests.connections import a_connection, call, google_lead
from reif.capture.models.intake import Call, Connection
from reif.crm.models import Person
from reif.crm.tests.people import a_user
from reif.kit.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def marketing(client: Client) -> Client:
    client.force_login(
        a_user("marketing", language="en"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.mark.parametrize("key", PRESETS)
def test_each_preset_opens_shows_its_secrets_once_and_takes_its_own_sample(marketing: Client, key: str) -> None:
    page = marketing.post("/connections/new", {"of": key, "name": f"Von {key}"}).content.decode()
    connection = Connection.objects.get()
    made = [value for name, value in connection.secrets.items() if name in PRESETS[key].ours]
    assert all(value in page for value in made)
    assert f"/in/{connection.key}" in page
    again = marketing.get(f"/connections/{connection.pk}").content.decode()
    assert not any(value in again for value in made)
    if PRESETS[key].sample:
        found = read(connection, platform(connection.kind).lead(PRESETS[key].sample))
        assert found.draft is not None
        assert (found.draft.email, found.draft.first_name) == ("anna.muster@firma.example", "Anna")


def test_secrets_of_the_other_side_are_kept_and_an_empty_field_leaves_them(marketing: Client) -> None:
    connection = a_connection("meta", preset="meta")
    marketing.post(f"/connections/{connection.pk}/secrets", {"app_secret": "neu", "access_token": ""})
    connection.refresh_from_db()
    assert (connection.secrets["app_secret"], connection.secrets["access_token"]) == ("neu", "EAAB-token")
    before = connection.secrets["verify_token"]
    page = marketing.post(f"/connections/{connection.pk}/secrets", {"do": "renew"}).content.decode()
    connection.refresh_from_db()
    assert connection.secrets["verify_token"] not in ("", before)
    assert connection.secrets["verify_token"] in page


def test_a_mapping_is_saved_line_by_line_and_used_by_the_next_call(marketing: Client) -> None:
    connection = a_connection()
    body = {"wer": {"mail": "fritz@feld.example", "name": "Fritz Feld"}, "budget": "gross"}
    call(connection, body)
    page = marketing.get(f"/connections/{connection.pk}/mapping").content.decode()
    assert "/wer/mail" in page
    posted = {
        "path_0": "/wer/mail", "to_0": "email", "path_1": "/wer/name", "to_1": "name", "path_2": "/budget", "to_2": "trait",
        "path_3": "", "to_3": "country", "extra_3": "CH", "path_4": "", "to_4": "city", "sample": json.dumps(body),
    }  # fmt: skip
    preview = marketing.post(f"/connections/{connection.pk}/preview", posted).content.decode()
    assert "Fritz Feld" in preview
    assert not Person.objects.exists()
    marketing.post(f"/connections/{connection.pk}/mapping", posted)
    marketing.post(f"/connections/{connection.pk}/calls", {"call": [Call.objects.get().pk]})
    fritz = Person.objects.get()
    assert (fritz.email, fritz.last_name, fritz.country, fritz.traits) == (
        "fritz@feld.example",
        "Feld",
        "CH",
        {"budget": "gross"},
    )


def test_a_pasted_sample_that_cannot_be_read_says_why_and_loses_nothing(marketing: Client) -> None:
    connection = a_connection()
    posted = {"path_0": "/email", "to_0": "email", "paste": "1", "pasted": "{", "sample": '{"email": "x@y.example"}'}
    response = marketing.post(f"/connections/{connection.pk}/mapping", posted)
    assert response.status_code == 422
    assert "What came is no JSON." in response.content.decode()
    assert "x@y.example" in response.content.decode()
    fine = marketing.post(f"/connections/{connection.pk}/mapping", posted | {"pasted": '{"a": {"b": "<script>"}}'})
    assert "&lt;script&gt;" in fine.content.decode()
    assert "<script>" not in fine.content.decode().replace("<script type", "").replace("<script src", "")


def test_rows_and_rules_are_two_ways_of_saying_the_same() -> None:
    rules = [Rule("email", "kontakt.mail", transform="lower"), Rule("traits.budget", "/b", default="0"), Rule("country", constant="CH"),
             Rule("city", "/nowhere")]  # fmt: skip
    rows = rows_of(rules, {"kontakt": {"mail": "A@b.example"}, "b": 3, "c": "x"})
    posted: dict[str, str] = {}
    for row in [*rows.offered, *rows.blank, *rows.other]:
        posted |= {f"path_{row.number}": row.path, f"to_{row.number}": row.to, f"transform_{row.number}": row.transform,
                   f"extra_{row.number}": row.extra, f"trait_{row.number}": row.trait}  # fmt: skip
    again = {(r.to, r.transform, r.default, r.constant) for r in rules_from(posted)}
    assert again == {(r.to, r.transform, r.default, r.constant) for r in rules}


def test_settings_are_checked(marketing: Client) -> None:
    connection = a_connection()
    told = {"name": "Neu", "way": "hmac", "header": "X-Sig", "encoding": "hex", "keep_days": "7", "networks": "quatsch"}
    assert "is no network" in marketing.post(f"/connections/{connection.pk}/settings", told).content.decode()
    marketing.post(f"/connections/{connection.pk}/settings", told | {"networks": "10.0.0.0/8, 192.0.2.7"})
    connection.refresh_from_db()
    assert (connection.name, connection.keep_days, connection.how["networks"]) == (
        "Neu",
        7,
        ["10.0.0.0/8", "192.0.2.7"],
    )


def test_pausing_and_going_on(marketing: Client) -> None:
    connection = a_connection()
    marketing.post(f"/connections/{connection.pk}/pause", {"to": "paused"})
    assert call(connection, {"email": "a@b.example"}).status_code == 503
    marketing.post(f"/connections/{connection.pk}/pause", {"to": "on"})
    assert call(connection, {"email": "a@b.example"}).status_code == 200


def test_the_list_costs_the_same_with_many_connections(marketing: Client, django_assert_max_num_queries: Any) -> None:
    assert "No connection yet" in marketing.get("/connections").content.decode()
    for number in range(12):
        connection = a_connection("google", key=f"g-{number}")
        call(connection, google_lead(lead_id=str(number)))
        call(connection, google_lead(google_key="x"))
    with django_assert_max_num_queries(14):
        page = marketing.get("/connections").content.decode()
    assert page.count("Running") >= 12


def test_a_long_log_comes_in_pages_with_a_budget(marketing: Client, django_assert_max_num_queries: Any) -> None:
    connection, moment = a_connection(), now()
    Call.objects.bulk_create(
        Call(connection=connection, key=str(n), at=moment, state="failed", reason="no_email") for n in range(120)
    )
    with django_assert_max_num_queries(16):
        first = marketing.get(f"/connections/{connection.pk}/calls?state=failed").content.decode()
    assert first.count('name="call"') == 50
    assert "after=" in first
    assert 'class="num">120' in marketing.get(f"/connections/{connection.pk}/calls?as=table").content.decode()


def test_what_a_call_said_is_for_marketing_alone(client: Client) -> None:
    connection = a_connection()
    call(connection, {"email": "geheim@firma.example"})
    client.force_login(a_user("analyst"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(f"/connections/{connection.pk}/calls").status_code == 200
    assert client.get(f"/connections/calls/{Call.objects.get().pk}").status_code == 403
    assert "geheim@firma" not in client.get(f"/connections/{connection.pk}/mapping").content.decode()
    assert client.post(f"/connections/{connection.pk}/calls", {"call": "1"}).status_code == 403


def test_a_call_shows_what_came_and_why(marketing: Client) -> None:
    call(a_connection(), {"name": "Ohne Adresse"})
    page = marketing.get(f"/connections/calls/{Call.objects.get().pk}").content.decode()
    assert "Ohne Adresse" in page
    assert "No mail address was found." in page


def test_rules_that_cannot_be_read_are_left_out() -> None:
    assert rules_of([{"to": "email", "path": "/a"}, {"to": "owner"}, "x", {"path": 3}, None]) == [Rule("email", "/a")]


def test_a_connection_is_removed_its_address_dies_and_its_log_stays(marketing: Client) -> None:
    connection = a_connection()
    assert call(connection, {"email": "vorher@kunde.example"}).status_code == 200
    answer = marketing.delete(f"/connections/{connection.pk}")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/connections")
    connection.refresh_from_db()
    assert connection.secrets == {}
    assert call(connection, {"email": "nachher@kunde.example"}, authorization="Bearer x").status_code == 404
    assert marketing.get(f"/connections/{connection.pk}").url == f"/connections/{connection.pk}/calls"
    assert marketing.get(f"/connections/{connection.pk}/calls").status_code == 200
    assert connection.calls.count() == 1
    assert marketing.get(f"/connections/{connection.pk}/mapping").status_code == 404
    assert marketing.post(f"/connections/{connection.pk}/pause", {"to": "paused"}).status_code == 404
    page = marketing.get("/connections").content.decode()
    assert f"/connections/{connection.pk}/calls" in page
    assert "data-open" not in page


def test_a_mailbox_is_paused_here_and_removed_by_its_setting(marketing: Client) -> None:
    mailbox = Connection.objects.create(
        key=_key("anfrage@haus.example"), kind="mail", preset="mail", name="anfrage@haus.example", created_at=now()
    )
    refused = marketing.delete(f"/connections/{mailbox.pk}")
    assert refused.status_code == 400
    assert "REIF_IMAP_URL" in refused.content.decode()
    assert not mailbox_paused("anfrage@haus.example")
    marketing.post(f"/connections/{mailbox.pk}/pause", {"to": "paused"})
    assert mailbox_paused("anfrage@haus.example")
    marketing.post(f"/connections/{mailbox.pk}/pause", {"to": "on"})
    assert not mailbox_paused("anfrage@haus.example")

"""The frame of the REST API, tried on the people."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from reif.crm.models import Person
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now, travel
from reif.log.models import Event
from reif.staff.api import rate
from reif.staff.api.keys import make_key, revoke
from reif.staff.models import ApiAnswer, ApiKey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _full_buckets() -> None:
    rate.refill()


class Caller:
    """Other software with a key."""

    def __init__(self, *scopes: str) -> None:
        self.key, self.secret = make_key("test", scopes or ("people:read", "people:write", "events:read"))
        self.client = Client(headers={"authorization": f"Bearer {self.secret}", "accept-language": "en"})

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", headers=headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        told = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(f"/api/v1/{path}", told, content_type="application/json", headers=headers)


def test_people_come_in_pages_that_miss_nobody_and_repeat_nobody(django_assert_max_num_queries: Any) -> None:
    made = [a_person(stage="lead", owner=a_user()).pk for _ in range(7)]
    caller, seen, after = Caller(), [], ""
    while True:
        with django_assert_max_num_queries(4):
            page = caller.get(f"people?limit=3&after={after}").json()
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == made


def test_filters_narrow_the_list() -> None:
    vera = a_person(email="vera@firma.example", stage="mql", score=80, source="EMAIL_MARKETING")
    a_person(stage="lead", score=10)
    caller = Caller()
    for query in ("email=Vera@firma.example", "stage=mql", "source=EMAIL_MARKETING", "score_from=50"):
        assert [one["id"] for one in caller.get(f"people?{query}").json()["items"]] == [vera.pk], query
    assert caller.get("people?created_since=2999-01-01T00:00:00Z").json() == {"items": [], "next": None}


def test_a_batch_makes_and_completes_people_and_says_what_became_of_each() -> None:
    a_person(email="da@firma.example", first_name="Da")
    sent = {"people": [{"email": "neu@firma.example", "country": "ch"}, {"email": "DA@firma.example", "city": "Bern"}]}
    response = Caller().post("people", sent)
    assert response.status_code == 200
    first, second = response.json()["people"]
    assert (first["created"], second["created"], second["changed"]) == (True, False, ["city"])
    assert Person.objects.get(pk=first["id"]).country == "CH"
    assert Event.objects.filter(kind="person.created", topic="api").count() == 1


def test_one_bad_row_leaves_everything_undone_and_is_named() -> None:
    response = Caller().post("people", {"people": [{"email": "gut@firma.example"}, {"email": "kein mail"}]})
    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"pointer": "/people/1/email", "code": "address_no_at", "detail": "“kein mail” cannot be a mail address."}
    ]
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ("{", 400, "not-json"), ("[" * 100_000, 400, "not-json"), ("[]", 422, "invalid"), ({"people": []}, 422, "invalid"),
        ({"people": [{"email": "a@b.example", "mail": "x"}]}, 422, "invalid"), (b"\xff\xfe", 400, "not-json"),
        ({"people": [{"email": "a@b.example", "country": "Schweiz"}]}, 422, "invalid"),
        ("x" * (5 * 1024 * 1024 + 1), 413, "too-large"),
    ],
)  # fmt: skip
def test_bad_bodies_are_problems_with_a_sentence(body: Any, status: int, kind: str) -> None:
    response = Caller().post("people", body)
    told = response.json()
    assert (response.status_code, told["type"]) == (status, f"urn:reif:problem:{kind}")
    assert response["Content-Type"] == "application/problem+json"
    assert told["detail"]
    assert told["request_id"] == response["X-Request-ID"]
    assert not Person.objects.exists()


def test_problems_speak_the_callers_language() -> None:
    caller = Caller()
    german = caller.post("people", {"people": [{}]}, **{"accept-language": "de"}).json()
    english = caller.post("people", {"people": [{}]}, **{"accept-language": "en"}).json()
    assert german["errors"] == [{"pointer": "/people/0/email", "code": "missing", "detail": "Das fehlt."}]
    assert english["errors"][0]["detail"] == "This is missing."


def test_addresses_and_methods_that_do_not_exist_are_problems_too() -> None:
    caller = Caller()
    for path, status in (
        ("people/999", 404),
        ("nothing/here", 404),
        ("people?limit=9999", 422),
        ("people?after=%", 400),
    ):
        response = caller.get(path)
        assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), path
    wrong = caller.client.delete("/api/v1/people")
    assert (wrong.status_code, wrong["Content-Type"]) == (405, "application/problem+json")
    assert "POST" in wrong["Allow"]


def test_a_call_sent_again_under_its_name_happens_once() -> None:
    caller = Caller()
    body = {"people": [{"email": "neu@firma.example"}]}
    first = caller.post("people", body, **{"idempotency-key": "import-7"})
    second = caller.post("people", body, **{"idempotency-key": "import-7"})
    assert first.json() == second.json()
    assert first.json()["people"][0]["created"]
    assert second["Idempotent-Replayed"] == "true"
    assert (
        caller.post("people", {"people": [{"email": "x@y.example"}]}, **{"idempotency-key": "import-7"}).status_code
        == 422
    )
    with travel(now() + timedelta(hours=25)):
        later = caller.post("people", body, **{"idempotency-key": "import-7"})
    assert later.json()["people"][0]["created"] is False


def test_a_refused_call_may_be_mended_under_the_same_name() -> None:
    caller = Caller()
    caller.post("people", {"people": [{"email": "kein"}]}, **{"idempotency-key": "a"})
    assert not ApiAnswer.objects.exists()
    mended = caller.post("people", {"people": [{"email": "doch@firma.example"}]}, **{"idempotency-key": "a"})
    assert mended.status_code == 200


def test_two_keys_do_not_share_names() -> None:
    one, other = Caller(), Caller()
    for caller, email in ((one, "a@firma.example"), (other, "b@firma.example")):
        assert caller.post("people", {"people": [{"email": email}]}, **{"idempotency-key": "1"}).status_code == 200
    assert Person.objects.count() == 2


def test_a_key_that_ended_is_refused(client: Client) -> None:
    caller = Caller()
    assert caller.get("people").status_code == 200
    revoke(caller.key)
    assert caller.get("people").json()["type"] == "urn:reif:problem:ended-key"
    _row, secret = make_key("short", ["people:read"], days=1)
    with travel(now() + timedelta(days=2)):
        assert client.get("/api/v1/people", headers={"authorization": f"Bearer {secret}"}).status_code == 401


def test_the_key_itself_is_kept_nowhere_and_its_use_is_seen() -> None:
    caller = Caller()
    row = ApiKey.objects.get()
    assert caller.secret not in json.dumps([str(getattr(row, f.attname)) for f in ApiKey._meta.concrete_fields])
    assert row.last_used_at is None
    caller.get("people")
    row.refresh_from_db()
    assert row.last_used_at is not None


def test_too_many_calls_wait(settings: Any) -> None:
    settings.API_RATE = 3
    caller, other = Caller(), Caller()
    answers = [caller.get("people") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[0]["RateLimit-Remaining"] == "2"
    assert int(answers[3]["Retry-After"]) in range(1, 22)
    assert other.get("people").status_code == 200


def test_a_request_id_of_the_caller_is_kept_when_it_is_sane() -> None:
    caller = Caller()
    assert caller.get("people", **{"x-request-id": "mein-lauf-0001"})["X-Request-ID"] == "mein-lauf-0001"
    assert caller.get("people", **{"x-request-id": "<b>"})["X-Request-ID"] != "<b>"


def test_events_are_read_on_from_the_last_place() -> None:
    caller = Caller()
    caller.post("people", {"people": [{"email": f"p{n}@firma.example"} for n in range(3)]})
    page = caller.get("events?kind=person.created&limit=2").json()
    rest = caller.get(f"events?kind=person.created&after={page['next']}").json()
    assert len(page["items"]) + len(rest["items"]) == 3
    assert "@" not in json.dumps(page["items"])


def test_the_description_is_openapi_3_1_and_every_operation_says_its_scope_and_its_problem(client: Client) -> None:
    told = client.get("/api/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    calls = [call for path in told["paths"].values() for call in path.values()]
    assert all(call["x-scope"] and call["summary"] for call in calls)
    assert all(call["responses"]["default"]["content"] for call in calls)
    assert "requestBody" in told["paths"]["/api/v1/people"]["post"]


def test_the_documentation_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/docs").content.decode()
    assert "swagger-ui-bundle.js" in page
    assert "https://" not in page.replace("https://www.w3.org", "")


def test_an_administrator_makes_a_key_sees_it_once_and_ends_it(client: Client) -> None:
    client.force_login(a_user("admin"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/apikeys/new", {"name": "Shop"}).status_code == 422
    page = client.post("/apikeys/new", {"name": "Shop", "scopes": ["people:read"], "ends": "30"}).content.decode()
    row = ApiKey.objects.get()
    assert page.count(row.prefix) == 2
    assert "no-store" in client.get("/apikeys")["Cache-Control"]
    assert client.get("/apikeys").content.decode().count(row.prefix) == 1
    client.post(f"/apikeys/{row.pk}/end")
    row.refresh_from_db()
    assert row.revoked_at

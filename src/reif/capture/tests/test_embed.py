"""Forms on pages of other sites: who may show them, what is set aside, and what comes back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from reif.capture.forms.form_file import Form
from reif.capture.forms.quarantine import drop, release
from reif.capture.models import Quarantined, Submission
from reif.capture.tests.forms import COMPANY, EMAIL, MARKETING, a_browser, fill, in_force
from reif.channels.mails import Words
from reif.crm.models import Consent, Person
from reif.crm.tests.people import a_user
from reif.kit.clock import travel

pytestmark = pytest.mark.django_db
PARTNER, THIEF = {"origin": "https://www.partner.example"}, {"origin": "https://thief.example"}


def a_form(**changes: Any) -> Form:
    told = {
        "title": Words("Demo", "Demo"),
        "fields": [EMAIL, COMPANY],
        "consents": [MARKETING],
        "domains": ["partner.example"],
    }
    return Form("demo", **(told | changes))


def piece(
    headers: dict[str, str], url: str = "https://www.partner.example/angebot?utm_source=linkedin&utm_medium=social"
) -> Any:
    return a_browser().get("/f/demo/piece", {"url": url, "referrer": "https://www.linkedin.com/"}, headers=headers)


def send(headers: dict[str, str], ticket: str = "", **fields: str) -> Any:
    told = fill(**fields) | ({"ticket": ticket, "piece": "1"} if ticket else {})
    with travel(timedelta(seconds=5)):
        return a_browser().post("/f/demo/submissions", told, headers=headers)


def ticket_in(answer: Any) -> str:
    return str(answer.json()["html"].split('name="ticket" value="')[1].split('"')[0])


class TestByScript:
    def test_a_listed_page_gets_the_form_and_the_answer(self) -> None:
        in_force(a_form())
        answer = piece(PARTNER)
        assert answer["Access-Control-Allow-Origin"] == "https://www.partner.example"
        assert 'action="http://localhost:8000/f/demo/submissions"' in answer.json()["html"]
        sent = send(PARTNER, ticket_in(answer))
        assert sent["Access-Control-Allow-Origin"] == "https://www.partner.example"
        assert sent.json()["done"] is True
        assert "data-thanks" in sent.json()["html"]
        row = Submission.objects.get()
        assert (row.via, row.url.split("?")[0], row.source) == (
            "embed",
            "https://www.partner.example/angebot",
            "SOCIAL_MEDIA",
        )

    def test_what_is_wrong_comes_back_as_a_piece(self) -> None:
        in_force(a_form())
        sent = send(PARTNER, ticket_in(piece(PARTNER)), email="nonsense")
        assert sent.status_code == 422
        assert sent.json()["done"] is False
        assert 'aria-invalid="true"' in sent.json()["html"]

    def test_another_page_may_not_read_it_and_is_set_aside(self) -> None:
        in_force(a_form())
        answer = piece(THIEF)
        assert "Access-Control-Allow-Origin" not in answer
        sent = send(THIEF, ticket_in(answer))
        assert sent.json()["done"] is True
        assert not Submission.objects.exists()
        assert (Quarantined.objects.get().origin, Quarantined.objects.get().reason) == ("thief.example", "domain")

    def test_without_a_list_every_page_may(self) -> None:
        in_force(a_form(domains=[]))
        assert piece(THIEF)["Access-Control-Allow-Origin"] == "https://thief.example"
        assert send(THIEF, ticket_in(piece(THIEF))).json()["done"] is True
        assert Submission.objects.count() == 1

    def test_ten_megabytes_are_refused_as_json(self) -> None:
        in_force(a_form())
        answer = a_browser().post(
            "/f/demo/submissions", {"company": "x" * 10_000_000}, headers=PARTNER | {"accept": "application/json"}
        )
        assert answer.status_code == 413
        assert "kürzen" in answer.json()["message"]

    def test_the_script_is_small_and_open_to_all(self) -> None:
        answer = a_browser().get("/f.js")
        assert answer.status_code in (200, 404)  # 404 where the front end was not built
        if answer.status_code == 200:
            assert answer["Access-Control-Allow-Origin"] == "*"
            assert b"reif-form" in answer.content


class TestPlainHtml:
    def test_a_listed_page_needs_no_ticket(self) -> None:
        in_force(a_form())
        answer = send(PARTNER)
        assert answer.status_code == 302
        assert (Submission.objects.get().via, Submission.objects.get().person) == ("html", Person.objects.get())

    @pytest.mark.parametrize("headers", [THIEF, {}, {"origin": "null"}], ids=["thief", "silent", "null"])
    def test_any_other_is_set_aside_and_thanked(self, headers: dict[str, str]) -> None:
        in_force(a_form())
        assert send(headers).status_code == 302
        assert not Person.objects.exists()
        assert Quarantined.objects.get().posted["email"] == ["vera@firma.example"]

    def test_the_same_again_is_kept_once(self) -> None:
        in_force(a_form())
        send(THIEF), send(THIEF)
        assert Quarantined.objects.count() == 1


class TestQuarantine:
    def test_a_release_makes_what_a_form_makes(self) -> None:
        in_force(a_form())
        send(THIEF)
        row, form = Quarantined.objects.get(), a_form()
        made = release(row, form, a_user("marketing"))
        assert made is not None
        assert made.at == row.at
        assert Consent.objects.get().person == made.person
        assert Quarantined.objects.get().decided_by is not None

    def test_what_is_thrown_away_is_gone(self) -> None:
        in_force(a_form())
        send(THIEF)
        drop(Quarantined.objects.get(), a_user("marketing"))
        assert Quarantined.objects.get().posted == {}

    def test_what_has_no_address_cannot_be_released(self) -> None:
        in_force(a_form())
        send(THIEF)
        Quarantined.objects.update(posted={"email": ["nobody"]})
        assert release(Quarantined.objects.get(), a_form(), a_user("marketing")) is None
        assert Quarantined.objects.get().decided_at is None


class TestFrame:
    def test_may_stand_on_the_listed_domains_alone(self) -> None:
        in_force(a_form())
        answer = a_browser().get("/f/demo/frame")
        assert "frame-ancestors https://partner.example" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert a_browser().get("/f/demo")["X-Frame-Options"] == "DENY"

    def test_thanks_stay_in_the_frame(self) -> None:
        in_force(a_form())
        page = a_browser().get("/f/demo/frame", headers={"referer": "https://partner.example/x"}).content.decode()
        ticket = page.split('name="ticket" value="')[1].split('"')[0]
        answer = send({"origin": "http://testserver"}, ticket)
        answer = a_browser().post("/f/demo/submissions", {"ticket": ticket}, headers={"origin": "http://testserver"})
        assert answer.status_code == 422
        assert 'data-frame="demo"' in answer.content.decode()


def hubspot(body: Any, secure: bool = False, **headers: str) -> Any:
    way = "secure/submit" if secure else "submit"
    text = body if isinstance(body, str) else json.dumps(body)
    return a_browser().post(f"/submissions/v3/integration/{way}/123/abc-def", text, "application/json", headers=headers)


def told(**more: Any) -> dict[str, Any]:
    return {
        "fields": [
            {"objectTypeId": "0-1", "name": "email", "value": "a@firma.example"},
            {"name": "company", "value": "Firma"},
        ]
    } | more


class TestHubspot:
    @pytest.fixture(autouse=True)
    def _forms(self) -> None:
        in_force(a_form(guid="abc-def", domains=[], after=Words("Danke!", "Thank you!")))

    def test_is_taken_and_thanked(self) -> None:
        answer = hubspot(
            told(context={"pageUri": "https://www.firma.example/p?utm_source=x", "hutk": "abcdefgh12345678"})
        )
        assert (answer.status_code, answer.json()) == (200, {"inlineMessage": "Danke!"})
        row = Submission.objects.get()
        assert (row.via, row.person and row.person.company_name, row.url) == (
            "hubspot",
            "Firma",
            "https://www.firma.example/p?utm_source=x",
        )

    def test_sends_on(self) -> None:
        in_force(a_form(guid="abc-def", domains=[], redirect="/danke"))
        assert hubspot(told()).json() == {"redirectUri": "http://testserver/danke"}

    def test_was_sent_when_it_says_within_thirty_days(self) -> None:
        from reif.kit.clock import now

        then = now() - timedelta(days=3)
        hubspot(told(submittedAt=str(int(then.timestamp() * 1000))))
        assert abs((Submission.objects.get().at - then).total_seconds()) < 1
        old = told(
            submittedAt="1517927174000",
            fields=[{"name": "email", "value": "b@firma.example"}, {"name": "company", "value": "F"}],
        )
        hubspot(old)
        assert (now() - Submission.objects.latest("id").at).total_seconds() < 60

    def test_consent_is_kept_word_by_word(self) -> None:
        words = {"value": True, "subscriptionTypeId": 999, "text": "Ich will Post."}
        legal = {"consent": {"consentToProcess": True, "text": "Ja.", "communications": [words]}}
        assert hubspot(told(legalConsentOptions=legal)).status_code == 200
        consent = Consent.objects.get()
        assert (consent.text, consent.purpose, consent.given_at) == ("Ich will Post.", "marketing", None)
        assert Submission.objects.get().legal == legal

    def test_a_legitimate_interest_is_no_permission(self) -> None:
        legal = {"legitimateInterest": {"value": True, "subscriptionTypeId": 1, "legalBasis": "LEAD", "text": "x"}}
        hubspot(told(legalConsentOptions=legal))
        assert not Consent.objects.exists()
        assert Submission.objects.get().legal == legal

    @pytest.mark.parametrize(
        ("body", "status", "kind"),
        [
            ("{", 400, None),
            ({"fields": [{"name": "email", "value": "x"}]}, 400, "INVALID_EMAIL"),
            ({"fields": [{"name": "email", "value": "a@b.example"}]}, 400, "REQUIRED_FIELD"),
            (told() | {"fields": [*told()["fields"], {"name": "shoe_size", "value": "44"}]}, 400, "FIELD_NOT_IN_FORM_DEFINITION"),
            ({"fields": [{"name": "email", "value": "a@b.example"}] * 1001}, 400, "MAX_NUMBER_OF_SUBMITTED_VALUES_EXCEEDED"),
            (told(legalConsentOptions={"consent": {"communications": [{"value": True}]}}), 400, "MISSING_COMMUNICATION_CONSENT_TEXT"),
        ],
    )  # fmt: skip
    def test_errors_have_its_shape(self, body: Any, status: int, kind: str | None) -> None:
        answer = hubspot(body)
        said = answer.json()
        assert (answer.status_code, said["status"]) == (status, "error")
        assert said["correlationId"]
        if kind:
            assert kind in {error["errorType"] for error in said["errors"]}
        assert not Submission.objects.exists()

    def test_skips_validation_but_never_the_address(self) -> None:
        body = {
            "skipValidation": True,
            "fields": [{"name": "email", "value": "a@firma.example"}, {"name": "nothing", "value": "1"}],
        }
        assert hubspot(body).status_code == 200
        assert hubspot(body | {"fields": [{"name": "email", "value": "nobody"}]}).status_code == 400

    def test_a_foreign_page_may_ask_and_read(self) -> None:
        answer = a_browser().options(
            "/submissions/v3/integration/submit/1/abc-def", headers={"origin": "https://x.example"}
        )
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, "https://x.example")
        assert hubspot(told(), origin="https://x.example")["Access-Control-Allow-Origin"] == "https://x.example"

    def test_the_secure_way_needs_a_key_and_believes_it(self) -> None:
        from reif.staff.api.keys import make_key

        assert hubspot(told(), secure=True).status_code == 401
        _row, key = make_key("site", ["submissions:read"])
        assert hubspot(told(), secure=True, authorization=f"Bearer {key}").status_code == 403
        _row, key = make_key("site", ["submissions:write"])
        legal = {"consent": {"communications": [{"value": True, "text": "Ja."}]}}
        body = told(context={"ipAddress": "203.0.113.9"}, legalConsentOptions=legal)
        assert hubspot(body, secure=True, authorization=f"Bearer {key}").status_code == 200
        assert Submission.objects.get().ip == "203.0.113.9"

    def test_an_unknown_form(self) -> None:
        answer = a_browser().post("/submissions/v3/integration/submit/1/nothing", "{}", "application/json")
        assert (answer.status_code, answer.json()["status"]) == (404, "error")

"""From a form to a person: history, company, stage, consent; once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.capture.models import Asked, DailyCount, Submission
from reif.capture.tests.forms import CHROME, a_browser, fill, send, ticket_of
from reif.crm.models import Company, Consent, Person, Visitor
from reif.crm.visitors import visitors_for
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import PageViewed
from reif.log.models import Event
from reif.log.read import causes
from reif.log.worker import settle

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("forms")
class TestSubmission:
    def test_makes_person_company_stage_and_request(self) -> None:
        answer = send(a_browser(), email="Vera@Firma.example")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/f/whitepaper/submissions/")
        person = Person.objects.get()
        assert (person.email, person.stage, person.company_name) == ("vera@firma.example", "lead", "Firma AG")
        assert Company.objects.get().domain == "firma.example"
        consent = Consent.objects.get()
        assert (consent.text, consent.text_version, consent.given_at) == ("Ja, per Mail.", "2026-09", None)
        assert (consent.requested_from, consent.form) == ("127.0.0.1", "whitepaper")

    def test_free_mail_makes_no_company(self) -> None:
        send(a_browser(), email="vera@gmx.ch")
        assert not Company.objects.exists()

    def test_the_chain_of_causes_goes_back_to_the_page(self) -> None:
        key = "browser-0001"
        visitor = visitors_for({key: {"first_seen": now()}})[key]
        with writing():
            append(PageViewed(visitor=visitor.id, topic="/f/whitepaper"))
        send(a_browser(reif_v=key, reif_c="personal"))
        asked = Event.objects.get(kind="consent.requested")
        assert [e.kind for e in causes(asked.id)] == ["consent.requested", "form.submitted", "page.viewed"]
        staged = Event.objects.get(kind="person.staged")
        assert staged.cause_id == Event.objects.get(kind="form.submitted").id

    def test_the_visitor_becomes_the_person_with_consent_only(self) -> None:
        send(a_browser(reif_v="browser-0002", reif_c="aggregate"))
        assert not Visitor.objects.exists()
        send(a_browser(reif_v="browser-0002", reif_c="personal"), email="b@firma.example")
        assert Visitor.objects.get().person == Person.objects.get(email="b@firma.example")

    def test_campaign_and_referrer_stay(self) -> None:
        client = a_browser()
        query = "?utm_source=linkedin&utm_medium=social&utm_campaign=herbst"
        ticket = ticket_of(client, query=query, headers={"referer": "https://www.linkedin.com/feed"})
        send(client, ticket=ticket)
        one = Submission.objects.get()
        assert (one.source, one.source_detail_1, one.source_detail_2) == ("SOCIAL_MEDIA", "LinkedIn", "herbst")
        assert one.utm["utm_campaign"] == "herbst"
        assert one.referrer == "https://www.linkedin.com/feed"
        person = Person.objects.get()
        assert (person.source, person.utm) == ("SOCIAL_MEDIA", one.utm)

    def test_without_a_campaign_the_first_touch_counts(self) -> None:
        first = {"first_seen": now(), "source": "ORGANIC_SEARCH", "source_detail_2": "Google"}
        visitors_for({"browser-0003": first})
        send(a_browser(reif_v="browser-0003", reif_c="personal"))
        assert Person.objects.get().source == "ORGANIC_SEARCH"

    def test_the_address_of_the_device_is_kept_with_a_consent_only(self) -> None:
        send(a_browser(), consent_0="")
        assert (Submission.objects.get().ip, Submission.objects.get().agent) == (None, "")
        assert not Consent.objects.exists()

    def test_sent_twice_is_one(self) -> None:
        client = a_browser()
        ticket = ticket_of(client)
        first, second = send(client, ticket=ticket), send(client, ticket=ticket)
        assert first.status_code == second.status_code == 302
        assert Submission.objects.count() == Event.objects.filter(kind="form.submitted").count() == 1
        send(client, ticket=ticket, company="Andere AG")
        assert Submission.objects.count() == 2

    def test_no_cookie_is_set(self) -> None:
        client = Client(headers={"user-agent": CHROME})
        page = client.get("/f/whitepaper")
        assert not page.cookies
        assert not send(client).cookies

    def test_costs_a_known_number_of_queries(self, django_assert_max_num_queries) -> None:
        client = a_browser(reif_v="browser-0004", reif_c="personal")
        ticket = ticket_of(client)
        more = 6 if connection.vendor == "postgresql" else 0  # three locks, a savepoint, and the call to the workers
        with django_assert_max_num_queries(28 + more):
            send(client, ticket=ticket)
        again = ticket_of(a_browser())
        with django_assert_max_num_queries(14 + more):  # known, with a company and a stage, and no visitor
            send(a_browser(), ticket=again, company="Firma AG & Söhne")

    def test_the_log_is_written_once_and_last(self) -> None:
        ticket = ticket_of(a_browser())
        with CaptureQueriesContext(connection) as asked:
            send(a_browser(), ticket=ticket)
        said = [query["sql"] for query in asked]
        assert len([sql for sql in said if "MAX(id)" in sql]) == 1
        written = [n for n, sql in enumerate(said) if sql.startswith(("INSERT", "UPDATE"))]
        numbered = next(n for n, sql in enumerate(said) if "MAX(id)" in sql)
        assert all(n < numbered for n in written if "log_event" not in said[n])

    def test_thanks_in_the_language_of_the_form(self) -> None:
        client = a_browser()
        ticket = ticket_of(client, query="?lang=en")
        answer = send(client, ticket=ticket)
        page = client.get(answer["Location"]).content.decode()
        assert "Please look into your mailbox" in page
        assert "v…a@firma.example" in page
        assert Consent.objects.get().text == "Yes, by mail."

    def test_after_the_transaction_the_mail_is_queued_once(self) -> None:
        send(a_browser())
        settle()
        assert Event.objects.filter(kind="mail.queued", topic="confirm").count() == 1
        assert Asked.objects.get().mails == 1


@pytest.mark.usefixtures("forms")
class TestBadInput:
    """Refused with 422, a sentence at the field, and the rest kept."""

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("email", "vera", "Adresse braucht ein @"),
            ("email", "vera@firma", "Teil nach dem @"),
            ("email", "ve ra@firma.example", "Teil vor dem @"),
            ("email", "a@firma.example\r\nBcc: x@y.example", "Zeilenumbrüche"),
            ("company", "Firma\r\nX-Spam: 1", "Zeilenumbrüche"),
            ("company", "", "füllen Sie dieses Feld aus"),
            ("company", "<script>alert(1)</script>", "ohne HTML"),
            ("company", "javascript:alert(1)", "ohne HTML"),
            ("company", "x" * 5000, "höchstens 200 Zeichen"),
            ("company", "Fir\x00ma", "nicht gelesen werden"),
            ("company", "M\ufffdller AG", "nicht gelesen werden"),
        ],
    )
    def test_a_field(self, field: str, value: str, sentence: str) -> None:
        answer = send(a_browser(), **{field: value})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert f'id="whitepaper-{field}-error"' in page
        assert ('value="vera@firma.example"' if field != "email" else 'value="Firma AG"') in page
        assert "<script>alert" not in page
        assert not Submission.objects.exists()
        assert not Person.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("email", "vera@gmail.com", "Geschäftsadresse"),
            ("phone", "ruf mich an", "Telefonnummer"),
            ("size", "51", "einen der Einträge"),
        ],
    )
    def test_a_field_of_a_type(self, field: str, value: str, sentence: str) -> None:
        answer = send(a_browser(), "demo", **{field: value})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()

    def test_a_required_box(self) -> None:
        from reif.capture.tests.forms import MARKETING, in_force, whitepaper

        must = type(MARKETING)("marketing", MARKETING.text, "2026-09", required=True)
        in_force(whitepaper(consents=[must]))
        answer = send(a_browser(), consent_0="")
        assert answer.status_code == 422
        assert "Kästchen" in answer.content.decode()

    def test_ten_megabytes(self) -> None:
        answer = send(a_browser(), company="x" * 10_000_000)
        assert answer.status_code == 413
        assert "kürzen" in answer.content.decode()

    def test_a_thousand_fields(self) -> None:
        client = a_browser()
        fields = {f"f{n}": "x" for n in range(1200)}
        answer = client.post("/f/whitepaper/submissions", fields)
        assert answer.status_code == 413

    def test_other_encoding(self) -> None:
        client = a_browser()
        ticket = ticket_of(client)
        body = f"ticket={ticket}&email=a%40firma.example&company=M%FCller"
        answer = client.post("/f/whitepaper/submissions", body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 422

    def test_a_foreign_or_old_ticket_keeps_what_was_typed(self) -> None:
        client = a_browser()
        answer = send(client, ticket="nonsense")
        assert answer.status_code == 422
        assert 'value="Firma AG"' in answer.content.decode()
        other = ticket_of(client, "webinar")
        assert send(client, ticket=other).status_code == 422

    def test_too_fast_is_asked_to_send_again_and_may(self) -> None:
        client = a_browser()
        ticket = ticket_of(client)
        answer = client.post("/f/whitepaper/submissions", {"ticket": ticket} | fill())
        assert answer.status_code == 422
        assert "sehr schnell" in answer.content.decode()
        assert send(client, ticket=ticket).status_code == 302

    def test_a_machine_in_the_trap_is_thanked_and_counted(self) -> None:
        answer = send(a_browser(), website="https://spam.example")
        assert answer.status_code == 302
        assert not Submission.objects.exists()
        assert DailyCount.objects.get().kind == "trap"

    def test_an_unknown_form(self) -> None:
        assert a_browser().get("/f/nothing").status_code == 404
        assert a_browser().post("/f/nothing/submissions").status_code == 404

    def test_reading_a_submission_needs_its_token(self) -> None:
        assert a_browser().get("/f/whitepaper/submissions/1").status_code == 404


@pytest.mark.usefixtures("forms")
def test_every_kind_of_field_finds_its_column() -> None:
    send(a_browser(), "demo", phone="+41 44 123 45 67", size="50", news="on")
    person = Person.objects.select_related("company").get()
    assert (person.phone, person.traits) == ("+41441234567", {"news": "yes", "origin": "page"})
    assert person.company
    assert person.company.size == 50


@pytest.mark.usefixtures("forms")
def test_the_variant_of_the_page_is_kept() -> None:
    from datetime import timedelta

    from reif.capture.forms.ticket import issue
    from reif.kit.clock import travel

    with travel(timedelta(seconds=-9)):
        ticket = issue("whitepaper", "de", "https://firma.example/p/demo", variant="demo/b")
    assert a_browser().post("/f/whitepaper/submissions", {"ticket": ticket} | fill()).status_code == 302
    assert Submission.objects.get().variant == "demo/b"
    assert Event.objects.get(kind="form.submitted").body["variant"] == "demo/b"

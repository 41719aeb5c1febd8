"""The double opt-in: what is mailed, who may confirm, what is kept, and what it opens."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from reif.capture.forms.form_file import Forms
from reif.capture.models import Asked, Submission
from reif.capture.tests.forms import MARKETING, a_browser, in_force, link_in, send, texts, ticket_of, whitepaper
from reif.channels.law.shape import Confirmation, ConsentBook
from reif.channels.models import Captured
from reif.crm.consent import may_mail, withdraw
from reif.crm.models import Consent, Person, Suppression
from reif.kit.clock import travel
from reif.log.models import Event
from reif.log.read import causes
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.draft import Draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms", "whitepaper_file")]


def kinds(*names: str) -> list[str]:
    return list(Event.objects.filter(kind__in=names).order_by("id").values_list("kind", flat=True))


def asked(slug: str = "whitepaper", **fields: str) -> str:
    """Submit, and give the path of the link in the mail."""
    send(a_browser(), slug, **fields)
    settle()
    return link_in(Captured.objects.filter(mail="confirm").order_by("-id")[0].text)


def fetched(path: str, client: Client | None = None) -> bytes:
    answer = (client or a_browser()).get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def test_the_mail_has_the_plain_link_and_no_pixel() -> None:
    asked()
    mail = Captured.objects.get()
    assert (mail.recipient, mail.kind) == ("vera@firma.example", "service")
    assert "/o/" not in mail.html
    assert "/l/" not in mail.html
    assert "List-Unsubscribe" not in dict(mail.headers)


def test_looking_does_not_confirm_and_pressing_does() -> None:
    link, client = asked(), a_browser()
    page = client.get(link)
    assert page.status_code == 200
    assert "data-autosubmit" in page.content.decode()
    assert client.head(link).status_code == 200
    assert Consent.objects.get().given_at is None
    answer = client.post(link)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/d/")
    assert may_mail([Person.objects.get().id])


@pytest.mark.parametrize(
    "agent", ["", "curl/8.5", "Mozilla/5.0 (compatible; Barracuda Sentinel)", "HeadlessChrome/140"]
)
def test_machines_do_not_confirm(agent: str) -> None:
    link = asked()
    answer = Client(headers={"user-agent": agent}).post(link)
    assert answer.status_code == 200
    assert Consent.objects.get().given_at is None


def test_the_evidence() -> None:
    link = asked()
    with travel(timedelta(minutes=3)):
        a_browser().post(link)
    consent = Consent.objects.get()
    assert consent.given_at
    assert consent.given_at - consent.requested_at > timedelta(minutes=2)
    assert consent.double
    assert consent.given_from == "127.0.0.1"
    assert "Chrome" in consent.given_agent
    assert link in consent.mail_text
    assert consent.mail_sent_at
    assert (consent.text, consent.text_version, consent.language) == ("Ja, per Mail.", "2026-09", "de")
    assert consent.url.endswith("/f/whitepaper")


def test_the_second_click_is_friendly_and_changes_nothing() -> None:
    link, client = asked(), a_browser()
    client.post(link)
    first = Consent.objects.get().given_at
    page = client.get(link).content.decode()
    assert "Ihre Adresse ist bestätigt" in page
    assert "/d/" in page
    assert client.post(link).status_code == 302
    assert Consent.objects.get().given_at == first
    assert kinds("consent.given") == ["consent.given"]


def test_the_download_is_counted_once_a_day(whitepaper_file: Path) -> None:
    link, client = asked(), a_browser()
    page = client.post(link)["Location"]
    assert "12 Seiten" in client.get(page).content.decode()
    assert fetched(f"{page}/file") == whitepaper_file.read_bytes()
    list(client.head(f"{page}/file"))
    fetched(f"{page}/file")
    fetched(f"{page}/file", Client(headers={"user-agent": "curl/8"}))
    assert kinds("content.downloaded") == ["content.downloaded"]
    with travel(timedelta(days=1)):
        fetched(f"{page}/file")
    assert len(kinds("content.downloaded")) == 2
    event = Event.objects.filter(kind="content.downloaded")[0]
    assert event.topic == "mitarbeiterbindung"
    chain = [e.kind for e in causes(event.id)]
    assert chain == ["content.downloaded", "consent.given", "consent.requested", "form.submitted"]


def test_the_download_link_ends() -> None:
    page = a_browser().post(asked())["Location"]
    with travel(timedelta(days=31)):
        assert a_browser().get(page).status_code == 410
        assert a_browser().get(f"{page}/file").status_code == 404


def test_a_webinar_is_registered_when_it_is_confirmed() -> None:
    link = asked("webinar", name="Vera Brunner")
    assert kinds("webinar.registered") == []
    answer = a_browser().post(link)
    assert answer["Location"] == link
    settle()
    registered = Event.objects.get(kind="webinar.registered")
    assert registered.topic == "recruiting-trends"
    assert causes(registered.id)[1].kind == "consent.given"
    assert "recruiting-trends.ics" in a_browser().get(link).content.decode()
    assert "meet.example" in Captured.objects.get(mail="registered").text


def test_a_webinar_that_is_over_takes_nobody() -> None:
    link, ticket = asked("webinar", name="Vera Brunner"), ticket_of(a_browser(), "webinar")
    with travel(timedelta(days=10)):
        assert (
            "bereits stattgefunden" in a_browser().get("/f/webinar", headers={"accept-language": "de"}).content.decode()
        )
        assert send(a_browser(), "webinar", ticket=ticket, email="late@firma.example").status_code == 422
        assert a_browser().post(link).status_code == 302
        settle()
    assert kinds("webinar.registered") == []
    assert Submission.objects.filter(form="webinar").count() == 1


def test_without_the_box_the_promise_is_kept_by_mail() -> None:
    send(a_browser(), consent_0="")
    settle()
    assert not Captured.objects.filter(mail="confirm").exists()
    page = link_in(Captured.objects.get(mail="download").text, "d")
    assert a_browser().get(page).status_code == 200
    send(a_browser(), "webinar", consent_0="")
    settle()
    assert kinds("webinar.registered") == ["webinar.registered"]


def test_somebody_confirmed_gets_it_at_once_by_mail() -> None:
    a_browser().post(asked())
    settle()
    send(a_browser(), company="Firma 2 AG")
    settle()
    assert Captured.objects.filter(mail="confirm").count() == 1
    assert Captured.objects.filter(mail="download").count() == 1
    assert Consent.objects.count() == 1


def test_after_fourteen_days_the_request_and_whoever_came_only_by_it_are_gone() -> None:
    link = asked()
    person = Person.objects.get()
    with travel(timedelta(days=14, hours=1)):
        settle()
        assert not Asked.objects.exists()
        assert not Consent.objects.exists()
        page = a_browser().get(link)
        assert page.status_code == 410
        assert "gelöscht" in page.content.decode()
        assert a_browser().post(link).status_code == 410
        assert a_browser().post(f"{link}/mails").status_code == 410
    person.refresh_from_db()
    submission = Submission.objects.get()
    assert (person.email, person.company_id, submission.data, submission.ip) == (None, None, {}, None)
    assert not Suppression.objects.exists()  # a stranger may have typed the address: nothing is kept of it
    assert not Captured.objects.exists()
    assert kinds("consent.lapsed", "person.erased") == ["consent.lapsed", "person.erased"]


def test_an_enquiry_stays_when_its_consent_is_not_confirmed() -> None:
    in_force(whitepaper(gives="", consents=[MARKETING]))
    send(a_browser())
    settle()
    with travel(timedelta(days=15)):
        settle()
    assert Person.objects.get().email == "vera@firma.example"
    assert not Consent.objects.exists()


def test_whoever_is_known_otherwise_stays() -> None:
    a_browser().post(asked())
    send(a_browser(), "webinar", consent_0="on")
    withdraw([Person.objects.get().pk])
    settle()
    send(a_browser(), company="Firma 3 AG")
    settle()
    with travel(timedelta(days=15)):
        settle()
    assert Person.objects.get().email


def test_one_reminder_when_the_playbook_wants_it_and_none_by_default() -> None:
    asked()
    with travel(timedelta(days=13)):
        settle()
    assert Captured.objects.filter(mail="confirm").count() == 1
    with travel(timedelta(days=20)):
        settle()
        apply(
            Draft.of(
                forms=Forms([whitepaper()]), mails=texts(), consent=ConsentBook(confirmation=Confirmation(reminders=1))
            )
        )
        settle()
        asked()
    with travel(timedelta(days=33)):
        settle()
    assert Captured.objects.filter(mail="confirm").count() == 2


def test_confirming_cancels_the_timer() -> None:
    a_browser().post(asked())
    with travel(timedelta(days=15)):
        settle()
    assert Consent.objects.get().given_at


def test_nobody_is_flooded_with_mails() -> None:
    for number in range(6):
        send(a_browser(), company=f"Firma {number} AG")
    settle()
    assert Submission.objects.count() == 6
    assert Captured.objects.filter(mail="confirm").count() <= 3
    for _ in range(4):
        with travel(timedelta(minutes=5)):
            asked_again = a_browser().post(f"{link_in(Captured.objects.order_by('id')[0].text)}/mails")
    assert asked_again.status_code == 429


def test_a_withdrawn_consent_does_not_come_back_by_the_old_link() -> None:
    link = asked()
    a_browser().post(link)
    withdraw([Person.objects.get().id])
    page = a_browser().post(link)
    assert "widerrufen" in page.content.decode()
    assert not may_mail([Person.objects.get().id])


def test_a_false_token_is_nothing() -> None:
    assert a_browser().get("/c/abc.def").status_code == 404
    assert a_browser().get("/d/abc").status_code == 404
    download = a_browser().post(asked())["Location"].removeprefix("/d/")
    assert a_browser().get(f"/c/{download}").status_code == 404


def test_pages_with_tokens_are_private() -> None:
    page = a_browser().get(asked())
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]
    assert "no-store" in page["Cache-Control"]
    assert "/t.js" not in page.content.decode()

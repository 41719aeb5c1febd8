"""What the law of Germany, Austria and Switzerland asks of a lead tool, line by line: device, proof, withdrawal, permission.

The sender and whose law holds: `test_dach_rules_sender.py`; rights of people: `test_dach_rules_rights.py`. That a chatbot says
it is one comes with the chatbot. The browser's side of the first line is in `tests/browser`.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.timezone import localtime

from reif.capture.models import Submission
from reif.capture.tests.forms import a_browser, link_in, send
from reif.channels.email.compose import Letter, queue
from reif.channels.law.shape import Confirmation, ConsentBook
from reif.channels.models import Captured
from reif.channels.tests.letters import HOUSE, a_letter, a_mail, a_reader
from reif.cli import main
from reif.crm.consent import ask, give, may_mail, withdraw
from reif.crm.models import Consent, Person
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_person
from reif.desk.privacy.evidence import evidence_of
from reif.kit.clock import now, travel
from reif.log.models import Effect, Event
from reif.log.worker import settle
from reif.nurture.journeys import Enter, Journey, Journeys, Step
from reif.nurture.models import Enrollment
from reif.playbook.check import check
from reif.playbook.draft import Draft
from tests.walks.dach import (
    house,
    in_force,
    link_of,
    mails,
    sent,
    signed_in,
    text_of,
)

pytestmark = pytest.mark.django_db
__all__ = ["house"]


class Test01NothingIsStoredBeforeConsent:
    def test_no_page_for_visitors_sets_a_cookie(self) -> None:
        letter = a_letter()
        settle()
        visitor = a_browser()
        for path in ("/blog/", "/f/whitepaper", link_of(letter), "/t.js", "/robots.txt"):
            answer = visitor.get(path)
            assert not answer.cookies, path
            assert "Set-Cookie" not in answer.headers, path
        answer = send(visitor)
        assert answer.status_code == 302
        thanks = visitor.get(answer["Location"])
        settle()
        page = visitor.get(link_in(Captured.objects.get(mail="confirm").text))
        assert not (answer.cookies or thanks.cookies or page.cookies)

    def test_a_form_without_a_tick_keeps_no_network_address(self) -> None:
        send(a_browser(), consent_0="")
        one = Submission.objects.get()
        assert (one.ip, one.agent) == (None, "")


class Test02TheConfirmationMailIsBare:
    def mail(self) -> Captured:
        send(a_browser())
        settle()
        return Captured.objects.get(mail="confirm")

    def test_no_pixel_no_rewritten_link_no_way_to_be_counted(self) -> None:
        mail = self.mail()
        assert "/o/" not in mail.html
        assert "/l/" not in mail.html
        assert "<img" not in mail.html
        links = set(re.findall(r'href="([^"]+)"', mail.html))
        assert [x for x in links if "/c/" in x] == list(links)

    def test_no_advertising(self) -> None:
        mail = self.mail()
        names = {name for name, _value in mail.headers}
        assert not names & {"List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID"}
        words = mail.text.partition("-- ")[0]
        assert words.count("http") == 1

    def test_one_reminder_at_most_and_none_by_default(self) -> None:
        self.mail()
        with travel(timedelta(days=13)):
            settle()
        assert Captured.objects.filter(mail="confirm").count() == 1
        three = ConsentBook(confirmation=Confirmation(reminders=3))
        assert "höchstens eine" in " ".join(p.sentence for p in check(Draft.of(consent=three))).lower()


class Test03TheProof:
    def confirmed(self) -> Consent:
        visitor = a_browser()
        answer = send(visitor)
        assert answer.status_code == 302
        settle()
        with travel(timedelta(minutes=9)):
            visitor.post(link_in(Captured.objects.get(mail="confirm").text))
        settle()
        return Consent.objects.get()

    def test_has_text_version_both_times_both_addresses_agent_page_and_mail(self) -> None:
        consent = self.confirmed()
        told = evidence_of(consent.person)["consents"][0]
        assert (told["text"], told["version"], told["language"]) == ("Ja, per Mail.", "2026-09", "de")
        assert (told["form"], told["purpose"], told["channel"], told["double_opt_in"]) == (
            "whitepaper",
            "marketing",
            "email",
            True,
        )
        assert told["page"].endswith("/f/whitepaper")
        assert told["address"] == "vera@firma.example"
        assert told["requested_at"] < told["given_at"]
        assert (told["requested_from"], told["given_from"]) == ("127.0.0.1", "127.0.0.1")
        assert "Chrome" in told["agent"]
        assert "To: " in told["confirmation_mail"]["text"]
        assert "/c/" in told["confirmation_mail"]["text"]
        assert "<html" in told["confirmation_mail"]["html"]

    def test_as_json_and_pdf_for_the_person_and_for_one_consent(self) -> None:
        consent = self.confirmed()
        marketing = signed_in("marketing")
        for path in (f"/people/{consent.person_id}/consents", f"/consents/{consent.pk}"):
            told = json.loads(marketing.get(f"{path}.json").content)
            assert told["consents"][0]["text"] == consent.text
            paper = marketing.get(f"{path}.pdf")
            assert paper["Content-Type"] == "application/pdf"
            words = text_of(paper.content)
            for part in (consent.text, "2026-09", "vera@firma.example", "127.0.0.1", "Bitte bestätigen"):
                assert part in words, part
            for moment in (consent.requested_at, consent.given_at):
                assert f"{localtime(moment):%H:%M:%S}" in words

    def test_a_withdrawal_is_part_of_it(self) -> None:
        consent = self.confirmed()
        withdraw([consent.person_id])
        told = evidence_of(consent.person)["consents"][0]
        assert (told["state"], told["withdrawn_by"]) == ("withdrawn", "person")

    def test_by_the_command(self, capsysbinary: pytest.CaptureFixture[bytes], house: Path) -> None:
        self.confirmed()
        with pytest.raises(SystemExit) as done:
            main(["consent", "export", "Vera@Firma.example"])
        assert done.value.code == 0
        assert json.loads(capsysbinary.readouterr().out)["consents"][0]["version"] == "2026-09"
        with pytest.raises(SystemExit) as done:
            main(["consent", "export", "vera@firma.example", "--format", "pdf", "--to", str(house / "x.pdf")])
        assert (house / "x.pdf").read_bytes().startswith(b"%PDF")
        with pytest.raises(SystemExit) as done:
            main(["consent", "export", "nobody@firma.example"])
        assert done.value.code == 1

    def test_sellers_and_analysts_cannot_carry_it_out(self) -> None:
        consent = self.confirmed()
        for role, status in (("seller", 403), ("analyst", 403), ("manager", 200), ("admin", 200)):
            assert signed_in(role).get(f"/consents/{consent.pk}.json").status_code == status


class Test04WithdrawalStopsEverythingInOneTick:
    def on_the_way(self) -> tuple[Person, Effect]:
        steps = [Step(mail="news"), Step(wait="1h"), Step(mail="offer")]
        in_force(
            mails=mails(HOUSE, a_mail("offer")),
            journeys=Journeys(journey=[Journey(key=k, enter=Enter(stage="mql"), steps=steps) for k in ("one", "two")]),
        )
        person = a_reader()
        move_stage([Move(person.pk, "mql")])
        settle()
        waiting = a_letter(person, not_before=now() + timedelta(days=1))
        assert Enrollment.objects.filter(state=Enrollment.ACTIVE).count() == 2
        return person, waiting

    def test_journeys_end_and_waiting_mails_are_called_off(self) -> None:
        person, waiting = self.on_the_way()
        before = sent(person)
        Client().post(link_of(waiting), {"List-Unsubscribe": "One-Click"})
        settle()
        assert not Enrollment.objects.filter(state=Enrollment.ACTIVE).exists()
        assert set(Enrollment.objects.values_list("reason", flat=True)) == {"withdrawn"}
        assert Effect.objects.get(id=waiting.id).state == Effect.SKIPPED
        with travel(timedelta(days=3)):
            settle()
        assert sent(person) == before

    def test_another_purpose_goes_on(self) -> None:
        person, waiting = self.on_the_way()
        give(ask(person, "offers", "Ja.", "1"))
        withdraw([person.pk], "offers")
        settle()
        assert Enrollment.objects.filter(state=Enrollment.ACTIVE).count() == 2
        assert Effect.objects.get(id=waiting.id).state == Effect.READY


class Test05NothingLeavesWithoutPermission:
    def test_not_through_the_queue_nor_a_journey(self) -> None:
        in_force(journeys=Journeys(journey=[Journey(key="x", enter=Enter(stage="mql"), steps=[Step(mail="news")])]))
        person = a_person(country="DE")
        queue([Letter("api:1", "news", person=person.pk)])
        move_stage([Move(person.pk, "mql")])
        settle()
        assert not Captured.objects.exists()
        assert not Enrollment.objects.exists()
        assert Event.objects.get(kind="mail.skipped").body["reason"] == "no_permission"

    def test_the_page_says_why_and_what_would_be_needed(self) -> None:
        person = a_person(country="DE")
        page = signed_in("marketing").get(f"/people/{person.pk}").content.decode()
        assert "Dürfen wir schreiben?" in page
        assert "Nein, weil es keine Einwilligung gibt." in page
        assert "über den Link in einer E-Mail an genau diese Adresse bestätigt" in page

    def test_a_changed_address_has_none(self) -> None:
        person = a_reader()
        Person.objects.filter(pk=person.pk).update(email="andere@firma.example")
        a_letter(person)
        settle()
        assert not Captured.objects.exists()

    def test_the_last_moment_counts(self) -> None:
        person = a_reader()
        letter = a_letter(person)
        Person.objects.filter(pk=person.pk).update(email="andere@firma.example")
        settle()
        assert Effect.objects.get(id=letter.id).note == "no_permission"


class Test07OneClickWorksWithoutCookie:
    def test_post_without_session_csrf_or_redirect(self) -> None:
        person = a_reader()
        letter = a_letter(person)
        settle()
        headers = dict(Captured.objects.get().headers)
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = re.search(r"<https?://[^/]+(/[^>]+)>", headers["List-Unsubscribe"])
        assert path and path[1] == link_of(letter)
        answer = Client(enforce_csrf_checks=True).post(path[1], {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"ok", {})
        assert may_mail([person.pk]) == set()

    def test_a_scanner_that_follows_the_link_changes_nothing(self) -> None:
        person = a_reader()
        letter = a_letter(person)
        for path in ("", "/preferences", "/claims"):
            assert Client().get(f"{link_of(letter)}{path}").status_code == 200
            assert Client().head(f"{link_of(letter)}{path}").status_code in (200, 405)
        assert may_mail([person.pk]) == {person.pk}

"""Lines 8 to 10 and the preference page: to be forgotten, to know, to choose; and what must be kept."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from reif.capture.tests.forms import a_browser, link_in, send
from reif.channels.models import Captured
from reif.channels.tests.letters import a_letter, a_reader
from reif.cli import main
from reif.crm.activities import finish, plan
from reif.crm.consent import ask, give, may_mail
from reif.crm.erase import erase
from reif.crm.law.may import may
from reif.crm.models import Activity, Claim, Consent, Person
from reif.crm.permit import Brought, bring
from reif.crm.proof import proof_until
from reif.crm.suppress import unwanted
from reif.crm.tests.people import a_person, a_user
from reif.desk.privacy.account import account_of
from reif.kit.clock import now, travel
from reif.log.models import Event
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.current import current
from reif.playbook.draft import read_folder
from reif.qualify.models import Point
from reif.qualify.ways import words_of
from tests.walks.dach import (
    TEXTS,
    house,
    link_of,
    points,
    signed_in,
    text_of,
)

pytestmark = pytest.mark.django_db
__all__ = ["house"]


class TestThePreferencePage:
    def reader(self) -> tuple[Person, str]:
        person = a_reader(phone="+41 44 000 00 00")
        letter = a_letter(person)
        settle()
        return person, link_of(letter)

    def test_each_purpose_and_channel_is_a_switch(self) -> None:
        person, link = self.reader()
        page = Client().get(link).content.decode()
        for key in ("marketing:email", "marketing:phone", "offers:email"):
            assert f'value="{key}"' in page
        assert page.count(" checked") == 1
        saved = Client(enforce_csrf_checks=True).post(
            f"{link}/preferences", {"on": ["marketing:phone", "offers:email"], "language": "en"}
        )
        assert "Your choice is saved" in saved.content.decode()
        person.refresh_from_db()
        assert person.language == "en"
        assert may_mail([person.pk]) == set()
        assert may_mail([person.pk], "offers") == {person.pk}
        assert may(person, "marketing", "phone").yes

    def test_switching_on_is_proven_by_the_mail_that_led_here(self) -> None:
        person, link = self.reader()
        Client().post(f"{link}/preferences", {"on": ["marketing:email", "offers:email"]})
        consent = Consent.objects.get(purpose="offers")
        assert (consent.text, consent.text_version, consent.double, consent.form) == (
            TEXTS.de,
            "2026-10",
            True,
            "preferences",
        )
        assert "To: " in consent.mail_text
        assert consent.given_from == "127.0.0.1"
        assert person.consents.count() == 2

    def test_one_click_leaves_everything_and_no_import_brings_it_back(self) -> None:
        person, link = self.reader()
        page = Client(enforce_csrf_checks=True).post(link).content.decode()
        assert "von allem abgemeldet" in page
        assert may(person).why == "objected"
        assert bring([Brought(person, double=True, evidence={"source": "list"})]) == [person]
        with travel(timedelta(hours=1)):
            give(ask(person, "marketing", "Ja, wieder.", "2"))
            assert may_mail([person.pk]) == {person.pk}

    def test_asking_for_data_makes_one_task_for_an_administrator(self) -> None:
        admin = a_user("admin")
        person, link = self.reader()
        for _ in range(2):
            answer = Client(enforce_csrf_checks=True).post(f"{link}/claims", {"kind": "erasure"})
            assert "innerhalb eines Monats" in answer.content.decode()
        task = Activity.objects.get()
        assert (task.owner, task.person, Claim.objects.get().kind) == (admin, person, "erasure")
        assert timedelta(days=29) < task.due_at - now() <= timedelta(days=30)  # type: ignore[operator]
        assert person.name in signed_in("admin").get("/consents/deadlines").content.decode()
        finish(task, by=admin.pk)
        settle()
        assert Claim.objects.get().done_at

    def test_nonsense_is_refused(self) -> None:
        _person, link = self.reader()
        assert Client().post(f"{link}/claims", {"kind": "everything"}).status_code == 404
        assert Client().get("/u/nonsense/preferences").status_code == 404
        assert Client().post(f"{link}/preferences", {"on": ["x:y", "<script>"], "language": "xx"}).status_code == 200


class Test08ErasureLeavesSumsAlone:
    def somebody(self) -> Person:
        return a_reader(email="vera@unverkennbar.example", last_name="Unverkennbar")

    def test_the_page_asks_for_the_name(self) -> None:
        person, admin = self.somebody(), signed_in("admin")
        path = f"/people/{person.pk}/erasure"
        assert person.name in admin.get(path).content.decode()
        wrong = admin.post(path, {"name": "Jemand"})
        assert wrong.status_code == 422
        assert Person.objects.living().filter(pk=person.pk).exists()
        assert admin.post(path, {"name": f" {person.name.lower()} "}).status_code == 302
        settle()
        assert admin.get(f"/people/{person.pk}").status_code == 404
        assert [signed_in(r).get(path).status_code for r in ("marketing", "manager", "seller", "analyst")] == [403] * 4

    def test_the_command(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        person = self.somebody()
        monkeypatch.setattr("sys.stdin", StringIO("no\n"))
        for argv, code in (
            (["erase", "vera@unverkennbar.example"], 1),
            (["erase", "vera@unverkennbar.example", "--yes"], 0),
        ):
            with pytest.raises(SystemExit) as done:
                main(argv)
            assert done.value.code == code
        person.refresh_from_db()
        assert person.erased_at

    def test_the_ledger_keeps_the_points_and_nobody_in_them(self) -> None:
        person = self.somebody()
        points(person, "m", "r", "fit")
        events = Event.objects.filter(person_id=person.pk).count()
        erase([person.pk])
        settle()
        assert Point.objects.get().points == 30
        assert Event.objects.filter(person_id=person.pk).count() > events
        assert "unverkennbar" not in json.dumps(list(Event.objects.values_list("body", flat=True)))

    def test_a_form_sent_again_is_told_and_may_write_only_after_a_new_confirmation(self) -> None:
        person = self.somebody()
        erase([person.pk])
        settle()
        send(a_browser(), email="vera@unverkennbar.example")
        settle()
        again = Person.objects.get(email="vera@unverkennbar.example")
        assert unwanted([str(again.email)])
        page = signed_in("marketing").get(f"/people/{again.pk}").content.decode()
        assert "auf Wunsch gelöscht" in page
        a_browser().post(link_in(Captured.objects.filter(mail="confirm").latest("id").text))
        assert may_mail([again.pk]) == {again.pk}


class Test09PhoneConsentIsProvenForFiveYears:
    def test_from_consent_and_from_each_use(self) -> None:
        person = a_person(country="DE", phone="+49 30 1234567")
        consent = ask(person, "marketing", "Ja, rufen Sie an.", "1", channel="phone")
        give(consent, double=False)
        assert may(person, "marketing", "phone").why == "express"
        first = proof_until(consent, person)
        assert first
        assert first.year == now().year + 5
        with travel(timedelta(days=400)):
            call = plan("call", "Anruf", person=person, owner=None, by=None, due_at=now())
            finish(call, by=None)
            settle()
        consent.refresh_from_db()
        later = proof_until(consent, person)
        assert later
        assert later - first > timedelta(days=390)
        erase([person.pk])
        settle()
        with travel(later + timedelta(days=1)):
            settle()
        consent.refresh_from_db()
        assert (consent.address, consent.kept_until) == ("", None)


class Test10TheScoreIsExplained:
    def test_in_plain_german_in_the_account_of_the_data(self) -> None:
        apply(read_folder(Path(__file__).resolve().parents[2] / "playbooks/hr_software"))
        person = a_reader(country="CH")
        settle()
        model = current("scoring").main
        rule = model.rules[0]
        points(person, model.key, rule.key, "engagement")
        with override("de"):
            told = account_of(person)
        assert "Allein danach wird nichts entschieden" in told["profiling"]["purpose"]
        words = [r["rule"] for r in told["profiling"]["reasons"]]
        german = words_of(rule, "de")
        assert german in words
        total = sum(r["points"] for r in told["profiling"]["reasons"])
        assert total >= 30
        assert told["profiling"]["in_words"].startswith(f"{total} Punkte")
        paper = signed_in("admin").get(f"/people/{person.pk}/account.pdf")
        assert german in text_of(paper.content)
        assert signed_in("manager").get(f"/people/{person.pk}/account.json").status_code == 403

    def test_the_account_has_everything(self) -> None:
        send(a_browser())
        settle()
        a_browser().post(link_in(Captured.objects.get(mail="confirm").text))
        settle()
        person = Person.objects.get()
        told = json.loads(signed_in("marketing").get(f"/people/{person.pk}/account.json").content)
        assert told["data"]["email"] == "vera@firma.example"
        assert {b["kind"] for b in told["legal_bases"]} == {"contract", "consent"}
        assert told["forms"][0]["entered"]["company"] == "Firma AG"
        assert [m["mail"] for m in told["mails"]] == ["confirm"]
        assert told["consents"][0]["state"] == "given"
        assert len(told["events"]) == Event.objects.filter(person_id=person.pk).count()

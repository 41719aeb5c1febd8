"""Lines 6 and 11: the sender is named in full, the stricter law wins, the Austrian list is asked."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.translation import override
from msgspec.structs import replace

from reif.channels.law.legal_forms import lacking, refusal
from reif.channels.law.shape import ConsentBook, HouseRule
from reif.channels.models import Captured
from reif.channels.tests.letters import HOUSE, a_letter, a_reader
from reif.cli import main
from reif.crm.consent import ask, give
from reif.crm.law.ecg import NoEcgList, read_ecg
from reif.crm.law.may import may
from reif.crm.models import EcgEntry
from reif.crm.permit import note_customers
from reif.crm.tests.people import a_person
from reif.kit.clock import travel
from reif.log.models import Effect
from reif.log.worker import settle
from reif.playbook.check import check
from reif.playbook.draft import Draft
from tests.walks.dach import (
    PURPOSES,
    apply_anyway,
    house,
    in_force,
    mails,
    signed_in,
)

pytestmark = pytest.mark.django_db
__all__ = ["house"]


class Test06TheSenderIsNamedOrNothingLeaves:
    AG_DE = {"legal_form": "AG", "country": "Deutschland", "register": "Amtsgericht München, HRB 12345"}

    @pytest.mark.parametrize(
        "field",
        ["company", "legal_form", "seat", "register", "directors", "street", "postcode", "city", "country", "vat"],
    )
    def test_each_field_is_needed_by_a_registered_company(self, field: str) -> None:
        sender = replace(HOUSE, **{field: [] if field == "directors" else ""})
        assert field in lacking(sender)
        with override("de"):
            assert "zurückgehalten" in refusal(sender)

    @pytest.mark.parametrize(
        ("changes", "missing"),
        [
            (AG_DE, ["chair"]),
            (AG_DE | {"chair": "Dr. Eva Muster"}, []),
            ({"register": "CHE-000.000.000"}, ["register"]),
            ({"register": "Handelsregister des Kantons Zürich"}, ["register"]),
            ({"phone": "", "website": ""}, ["phone"]),
            ({"legal_form": "Einzelunternehmen", "register": "", "seat": "", "vat": ""}, []),
            ({"legal_form": "GmbH", "country": "Österreich", "register": "Handelsgericht Wien, FN 123456a"}, []),
            (
                {
                    "legal_form": "UG (haftungsbeschränkt)",
                    "country": "Deutschland",
                    "register": "Amtsgericht Köln, HRB 1",
                },
                [],
            ),
        ],
    )
    def test_by_country_and_legal_form(self, changes: dict[str, str], missing: list[str]) -> None:
        assert lacking(replace(HOUSE, **changes)) == missing

    def test_marketing_and_service_wait_and_go_once_it_is_complete(self) -> None:
        nameless = replace(HOUSE, register="")
        assert any("register" in p.sentence for p in check(Draft.of(mails=mails(nameless))))
        apply_anyway(mails(nameless))
        person = a_reader()
        letters = [a_letter(person), a_letter(person, mail="confirm", kind="service", variables={"link": "/x"})]
        settle()
        assert [Effect.objects.get(id=x.id).note for x in letters] == ["sender_incomplete"] * 2
        in_force()
        with travel(timedelta(minutes=16)):
            settle()
        assert Captured.objects.count() == 2
        for mail in Captured.objects.all():
            for part in (
                HOUSE.company,
                HOUSE.seat,
                HOUSE.register,
                *HOUSE.directors,
                HOUSE.street,
                HOUSE.vat,
                HOUSE.from_address,
            ):
                assert part in mail.text, part

    def test_the_page_and_the_doctor_name_what_is_missing(self, capsys: pytest.CaptureFixture[str]) -> None:
        apply_anyway(mails(replace(HOUSE, directors=[])))
        page = signed_in("admin").get("/consents").content.decode()
        assert "alle Geschäftsführenden oder der Vorstand" in page
        with pytest.raises(SystemExit):
            main(["doctor"])
        assert "BAD  sender: lacks" in capsys.readouterr().out


class Test11TheStricterWins:
    @pytest.mark.parametrize(
        ("seat", "country", "yes"),
        [
            ("Schweiz", "CH", True),
            ("Deutschland", "CH", False),
            ("Schweiz", "DE", False),
            ("Schweiz", "", False),
            ("", "CH", False),
        ],
    )
    def test_a_single_opt_in_by_seat_and_country(self, seat: str, country: str, yes: bool) -> None:
        apply_anyway(mails(replace(HOUSE, country=seat)))
        person = a_person(country=country)
        give(ask(person, "marketing", "Ja.", "1"), double=False)
        assert may(person).yes is yes

    def test_the_playbook_may_be_stricter_at_once_and_laxer_with_a_reason_only(self) -> None:
        def problems(rule: HouseRule) -> str:
            return " ".join(p.sentence + p.remedy for p in check(Draft.of(consent=ConsentBook(rule=[rule]))))

        assert problems(HouseRule("double", "CH")) == ""
        assert "reason" in problems(HouseRule("express", "DE"))
        assert problems(HouseRule("express", "DE", reason="Gutachten von Dr. Muster, 3. Mai 2026.")) == ""
        assert problems(HouseRule("double", "FR")) != ""
        assert problems(HouseRule(soft_opt_in=True)) != ""
        person = a_person(country="CH")
        give(ask(person, "marketing", "Ja.", "1"), double=False)
        assert may(person).yes
        in_force(consent=ConsentBook(PURPOSES, [HouseRule("double", "CH")]))
        assert not may(person).yes

    def test_the_rules_can_be_read(self) -> None:
        page = signed_in("analyst").get("/consents/rules").content.decode()
        for words in ("§ 7 Abs. 2 Nr. 2", "§ 174", "Art. 3 Abs. 1 lit. o", "Keine Rechtsberatung", "strengste"):
            assert words in page


class TestTheAustrianList:
    CONDITIONS = ("purchase", "own_similar", "notice_at_collection", "no_objection")

    def listed(self, *names: str) -> bytes:
        return b"".join(hashlib.sha1(n.encode()).digest() for n in names)

    def test_it_is_asked_before_each_mail_to_a_customer(self, house: Path) -> None:
        people = [
            a_person(country="AT", email=e)
            for e in ("anna@firma.example", "bert@gesperrt.example", "cora@frei.example")
        ]
        note_customers(people, self.CONDITIONS, source="order 7")
        assert [may(p).why for p in people] == ["soft_opt_in"] * 3
        letters = [a_letter(p) for p in people]
        file = house / "ecg-liste.hash"
        file.write_bytes(self.listed("anna@firma.example", "@gesperrt.example"))
        with pytest.raises(SystemExit) as done:
            main(["import-ecg", str(file)])
        assert done.value.code == 0
        settle()
        assert [Effect.objects.get(id=x.id).state for x in letters] == [Effect.SKIPPED, Effect.SKIPPED, Effect.DONE]
        assert may(people[0]).why == "ecg_listed"

    def test_a_consent_of_their_own_is_not_touched_by_it(self, house: Path) -> None:
        person = a_reader(country="AT", email="anna@firma.example")
        file = house / "list"
        file.write_bytes(self.listed("anna@firma.example"))
        read_ecg(file)
        assert may(person).yes

    def test_hex_lines_of_either_kind_are_read(self, house: Path) -> None:
        file = house / "list.txt"
        file.write_text(hashlib.sha512(b"annamuster@firmaexample").hexdigest().upper() + "\n")
        assert read_ecg(file) == 1
        person = a_person(country="AT", email="anna.muster@firma.example")
        note_customers([person], self.CONDITIONS, source="order")
        assert may(person).why == "soft_lacks" or may(person).why == "ecg_listed"

    @pytest.mark.parametrize("raw", [b"", b"anna@firma.example\n", b"\x00" * 21, b"<html>"])
    def test_another_file_is_refused_and_the_old_list_stays(self, house: Path, raw: bytes) -> None:
        good, bad = house / "good", house / "bad"
        good.write_bytes(self.listed("a@b.example"))
        bad.write_bytes(raw)
        read_ecg(good)
        with pytest.raises(NoEcgList):
            read_ecg(bad)
        assert EcgEntry.objects.count() == 1

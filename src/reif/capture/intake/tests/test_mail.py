"""Mails become leads, or are passed over for a reason: parsing, judging, finding who is behind them."""

from __future__ import annotations

from typing import Any

import pytest

from reif.capture.intake.again import send_again
from reif.capture.intake.mail.letter import letter_of
from reif.capture.intake.mail.plain import own_words, plain_of_html
from reif.capture.intake.mail.take import take_mail
from reif.capture.intake.tests.mails import CONTACT_FORM, GMAIL_FORWARD, HTML, OUTLOOK_FORWARD, REPLY, mail
from reif.capture.models.intake import Call
from reif.channels.email.tokens import message_id
from reif.channels.imap.poll import Incoming
from reif.channels.models import Message
from reif.crm.models import Activity, Person
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.log.append import writing
from reif.log.models import Event, Text
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
BOX = "anfrage@talentwerk.example"


def arrive(raw: bytes) -> Call:
    with writing():
        take_mail(Incoming(raw, len(raw), BOX))
    settle()
    return Call.objects.latest("pk")


def test_an_enquiry_becomes_a_lead_with_its_words_and_its_source() -> None:
    noted = arrive(mail())
    anna = Person.objects.get()
    assert (anna.email, anna.first_name, anna.last_name, anna.stage) == (
        "anna.muster@firma.example",
        "Anna",
        "Muster",
        "lead",
    )
    assert (anna.source, anna.source_detail_1, anna.source_detail_2) == ("OFFLINE", "EMAIL", BOX)
    assert anna.company.domain == "firma.example"
    assert (noted.state, noted.person, noted.created) == (Call.State.TAKEN, anna, True)
    activity = Activity.objects.get()
    assert (activity.kind, activity.subject) == ("mail", "Anfrage")
    assert "120 Leute" in activity.body
    event = Event.objects.get(kind="enquiry.received")
    assert "120 Leute" in Text.objects.get(event=event).body
    assert Event.objects.get(kind="person.staged").person_id == anna.pk


def test_an_enquiry_is_a_basis_to_answer_and_no_permission_to_advertise() -> None:
    arrive(mail())
    anna = Person.objects.get()
    assert anna.basis == "contract"
    assert not anna.consents.exists()


def test_a_mail_cannot_be_processed_again_as_if_it_were_json() -> None:
    noted = arrive(mail())
    assert send_again([noted]) == 0
    noted.refresh_from_db()
    assert noted.state == Call.State.TAKEN


def test_the_same_mail_twice_is_one_enquiry() -> None:
    arrive(mail())
    arrive(mail())
    assert (Event.objects.filter(kind="enquiry.received").count(), Call.objects.count()) == (1, 1)


def test_somebody_known_is_completed_and_nothing_is_overwritten() -> None:
    a_person(email="anna.muster@firma.example", first_name="Anna-Lena", stage="mql")
    arrive(mail())
    anna = Person.objects.get()
    assert (anna.first_name, anna.last_name, anna.stage) == ("Anna-Lena", "Muster", "mql")
    assert anna.touches.get().source == "OFFLINE"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_reply"), ({"Subject": "Automatische Antwort: Ihre Mail"}, "auto_reply"),
        ({"X_Autoreply": "yes"}, "auto_reply"), ({"From": "Mail Delivery <MAILER-DAEMON@mx.example>"}, "bounce"),
        ({"Return_Path": "<>"}, "bounce"), ({"Content_Type": 'multipart/report; boundary="x"'}, "bounce"),
        ({"List_Id": "<news.firma.example>"}, "mailing_list"), ({"List_Unsubscribe": "<https://x.example>"}, "mailing_list"),
        ({"Precedence": "bulk"}, "mailing_list"), ({"X_Spam_Flag": "YES"}, "spam"), ({"X_Spam_Status": "Yes, score=9"}, "spam"),
        ({"X_MS_Exchange_Organization_SCL": "6"}, "spam"), ({"From": "hallo@talentwerk.example"}, "own"), ({"From": None}, "no_sender"),
        ({"From": "kein absender"}, "no_sender"), ({"To": ", ".join(f"p{n}@x.example" for n in range(1000))}, "too_many_recipients"),
        ({"From": "noreply@shop.example"}, "own"),
    ],
)  # fmt: skip
def test_what_no_person_wrote_is_noted_and_makes_nobody(headers: dict[str, Any], reason: str) -> None:
    noted = arrive(mail(**headers))
    assert (noted.state, noted.reason) == (Call.State.IGNORED, reason)
    assert not Person.objects.exists()


def test_staff_who_write_are_no_leads() -> None:
    a_user(email="karin@anderswo.example")
    assert arrive(mail(From="Karin <Karin@Anderswo.example>")).reason == "own"


# -- Who is behind it


@pytest.mark.parametrize(
    ("text", "email", "name", "words"),
    [(OUTLOOK_FORWARD, "beat@betrieb.example", "Beat Beispiel", "Bitte um eine Offerte"),
     (GMAIL_FORWARD, "cora@konzern.example", "Cora Keller", "Können wir eine Demo sehen?")],
)  # fmt: skip
def test_a_forwarded_enquiry_belongs_to_who_wrote_it(text: str, email: str, name: str, words: str) -> None:
    arrive(mail(text, From="Karin <karin@talentwerk.example>", Subject="WG: Offerte"))
    person = Person.objects.get()
    assert (person.email, str(person)) == (email, name)
    body = Activity.objects.get().body
    assert words in body
    assert "Bitte übernehmen" not in body
    assert Event.objects.get(kind="enquiry.received").body["forwarded"] is True


def test_a_mail_that_was_forwarded_as_an_attachment_is_found() -> None:
    inner = mail("Bitte um Rückruf", From="Emil Eck <emil@eck.example>", Message_ID="<x@eck.example>").decode()
    text = f"--b\nContent-Type: text/plain\n\nzur Info\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--"
    raw = mail(
        text.replace("\r\n", "\n"), From="karin@talentwerk.example", Content_Type='multipart/mixed; boundary="b"'
    )
    arrive(raw)
    assert (Person.objects.get().email, Activity.objects.get().body) == ("emil@eck.example", "Bitte um Rückruf")


@pytest.mark.parametrize(
    "sender", ["wordpress@talentwerk.example", "no-reply@forms.example", "webmaster@forms.example"]
)
def test_the_mail_of_a_contact_form_belongs_to_who_filled_it_in(sender: str) -> None:
    arrive(mail(CONTACT_FORM, From=sender, Reply_To="dora@dorf.example", Auto_Submitted="auto-generated"))
    dora = Person.objects.get()
    assert (dora.email, dora.first_name, dora.last_name, dora.phone) == (
        "dora@dorf.example",
        "Dora",
        "Dorf",
        "044 123 45 67",
    )
    assert dora.company.name == "Dorf & Söhne AG"
    assert Activity.objects.get().body == "Ich interessiere mich für Ihr Produkt.\nBitte rufen Sie mich an."


def test_reply_to_is_the_writer_when_it_leads_elsewhere() -> None:
    arrive(mail("Hallo", From="Formular <form@dienst.example>", Reply_To="Fritz Feld <fritz@feld.example>"))
    assert Person.objects.get().email == "fritz@feld.example"


def test_a_signature_with_an_address_is_no_contact_form() -> None:
    arrive(mail("Guten Tag\nEin Satz.\n\nTel: 044 1\nE-Mail: andere@firma.example\nName: Andere"))
    assert Person.objects.get().email == "anna.muster@firma.example"


# -- Answers to our own mails


def test_an_answer_to_our_mail_is_an_answer_and_no_enquiry() -> None:
    anna = a_person(email="anna.muster@firma.example")
    Message.objects.create(id=77, person_id=anna.pk, mail="whitepaper", kind="marketing", queued_at=now())
    told = f"<{message_id(77)}@talentwerk.example>"
    noted = arrive(mail(REPLY, From="Sekretariat <buero@firma.example>", In_Reply_To=told))
    replied = Event.objects.get(kind="mail.replied")
    assert (replied.person_id, replied.topic, replied.body["message"]) == (anna.pk, "whitepaper", 77)
    assert Text.objects.get(event=replied).body == "Ja, gerne am Dienstag."
    assert (noted.reason, Person.objects.count()) == ("reply", 1)


def test_a_message_id_that_we_never_gave_counts_for_nothing() -> None:
    a_person(email="opfer@firma.example")
    Message.objects.create(id=1, person_id=Person.objects.get().pk, mail="x", kind="marketing", queued_at=now())
    arrive(mail(In_Reply_To="<1@talentwerk.example>", References="<AAAA.BBBB@talentwerk.example> <1.2@x>"))
    assert not Event.objects.filter(kind="mail.replied").exists()
    assert Event.objects.filter(kind="enquiry.received").exists()


# -- The words


def test_quoted_history_and_signatures_are_left_out() -> None:
    assert own_words(REPLY) == "Ja, gerne am Dienstag."
    assert own_words("Ok\n\n-----Original Message-----\nFrom: x\n") == "Ok"
    assert own_words("Ok\n________________________________\nVon: x") == "Ok"
    assert own_words("Ok\n\nFrom: Anna <a@b.example>\nSent: Monday\nTo: us\n") == "Ok"
    assert own_words("Ok\n\nOn Mon, Mar 2, 2026 at 9:12 AM Anna Muster\n<anna@firma.example> wrote:\n\n> x") == "Ok"
    assert own_words("Text\n-- \nAnna Muster\nFirma AG") == "Text"
    assert own_words("Am Dienstag schrieb ich schon.\nOn va bien.") == "Am Dienstag schrieb ich schon.\nOn va bien."


def test_html_becomes_text_without_pictures_and_scripts() -> None:
    assert plain_of_html(HTML).replace("\xa0", " ") == "Guten Tag\n\nWas kostet das für 50 Leute?"
    arrive(mail(HTML, Content_Type="text/html; charset=utf-8"))
    assert "tracker" not in Activity.objects.get().body


@pytest.mark.parametrize(
    ("raw", "subject", "text"),
    [
        (mail("Grüße", Content_Type="text/plain; charset=utf-8", Subject="=?utf-8?q?Gr=C3=BC=C3=9Fe?="), "Grüße", "Grüße"),
        (mail().replace(b"Anfrage", "Anfräge".encode()), "Anfräge", "Lösung"),
        (b"From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain; charset=windows-1252\r\n\r\nGr\xfcezi", "x", "Grüezi"),
        (b"From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGr\xfcezi mitenand", "x", "Grüezi"),
        (b"From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain; charset=quatsch\r\n\r\nHallo", "x", "Hallo"),
        (b"From: a@b.example\nSubject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGFsbG8", "x", "Hallo"),
    ],
)  # fmt: skip
def test_encodings_right_and_wrong(raw: bytes, subject: str, text: str) -> None:
    letter = letter_of(raw)
    assert letter.subject == subject
    assert text in letter.text


# -- Hostile mails


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\x00\xff" * 5000, b"From: <>\r\n\r\n", b"From: a@b.example\r\nContent-Type: multipart/mixed\r\n\r\nohne Grenze",
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n" + b"--x\r\n" * 20_000,
        b"From: a@b.example\r\nContent-Type: text/plain; charset==?utf-8?q?=3D?=\r\n\r\nx",
        b"From: =?utf-8?b?////?= <a@b.example>\r\nSubject: =?x?y?z?=\r\nDate: gestern\r\n\r\nx",
        b"From: a@b.example\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 20_000,
        b"From: " + b"a" * 60_000 + b"@b.example\r\n\r\nx",
    ],
)  # fmt: skip
def test_broken_mails_are_noted_and_break_nothing(raw: bytes) -> None:
    noted = arrive(raw)
    assert noted.state in Call.State.values
    assert Person.objects.count() <= 1


def test_line_breaks_in_headers_are_defused() -> None:
    raw = mail(
        Subject="=?utf-8?q?Hallo=0D=0ABcc:_alle@x.example?=", From="=?utf-8?q?Anna=0D=0AX?= <anna@firma.example>"
    )
    arrive(raw)
    assert Activity.objects.get().subject == "Hallo Bcc: alle@x.example"
    assert "\n" not in str(Person.objects.get())


def test_scripts_stay_text_on_the_page(client: Any) -> None:
    arrive(mail("<script>alert(1)</script> Guten Tag", Subject="<img src=x onerror=alert(1)>"))
    client.force_login(a_user("admin"), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/people/{Person.objects.get().pk}").content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "Guten Tag" in page


def test_attachments_are_named_and_not_kept() -> None:
    text = (
        '--b\nContent-Type: text/plain\n\nIm Anhang\n--b\nContent-Type: application/pdf; name="../../plan.pdf"\n'
        'Content-Disposition: attachment; filename="../../plan.pdf"\nContent-Transfer-Encoding: base64\n\n'
        + "QUJD" * 1000
        + "\n--b--"
    )
    arrive(mail(text, Content_Type='multipart/mixed; boundary="b"'))
    assert Activity.objects.get().body == "Im Anhang\n\n📎 .._.._plan.pdf (application/pdf, 2 kB)"
    assert "QUJD" not in Call.objects.get().body


def test_a_forgotten_person_is_forgotten_here_too() -> None:
    from reif.log.append import append
    from reif.log.catalogue.people import PersonErased

    arrive(mail())
    with writing():
        append(PersonErased(person=Person.objects.get().pk))
    settle()
    assert Call.objects.get().data is None

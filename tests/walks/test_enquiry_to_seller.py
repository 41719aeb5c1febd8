"""Somebody writes a mail: a lead, points, the stage, and a seller who hears of it."""

from __future__ import annotations

import pytest

from reif.capture.intake.mail.take import take_mail
from reif.channels.imap.poll import Incoming
from reif.channels.models import Message
from reif.crm.models import Person
from reif.demo.house import open_house
from reif.demo.load import playbook_folder
from reif.kit.clock import now
from reif.log.append import writing
from reif.log.worker import settle
from reif.playbook.command import apply_folder
from reif.route.models import Assignment

RAW = (
    "From: Anna Muster <anna.muster@firma.example>\r\nTo: anfrage@talentwerk.example\r\nSubject: Anfrage\r\n"
    "Message-ID: <a1@firma.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWas kostet das für 120 Leute?\r\n"
).encode()


@pytest.mark.django_db
def test_an_enquiry_is_a_hand_raised() -> None:
    folder = playbook_folder()
    open_house(folder, now().date())
    apply_folder(folder, by=None, note="")
    settle()
    with writing():
        take_mail(Incoming(RAW, len(RAW), "anfrage@talentwerk.example"))
    settle()
    anna = Person.objects.get()
    assert (anna.stage, anna.engagement) == ("sql", 40)
    assigned = Assignment.objects.get()
    assert assigned.person == anna
    assert Message.objects.filter(mail="handover", user_id=assigned.owner_id).exists()

"""A house in Zürich for the tests of the law: forms, mails, purposes; and a reader of PDFs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reif.capture.forms.form_file import Forms
from reif.capture.tests.forms import webinar, whitepaper
from reif.channels.email.tokens import token_of
from reif.channels.law.shape import ConsentBook, Purpose
from reif.channels.mails import Hours, Limits, Mail, Mails, Sender, Words
from reif.channels.models import Message
from reif.channels.tests.letters import HOUSE, a_mail
from reif.crm.models import Person
from reif.crm.tests.people import a_user
from reif.kit import shelf
from reif.kit.clock import now
from reif.log.models import Effect
from reif.log.worker import settle
from reif.playbook.apply import apply, revert
from reif.playbook.current import forget
from reif.playbook.draft import Draft
from reif.playbook.models import Revision
from reif.playbook.plain import canonical, hash_of
from reif.qualify.models import Point
from reif.qualify.scoring.in_force import live

ANY_TIME = Limits(most=100, hours=Hours(0, 24))
TEXTS = Words("Ja, schreiben Sie mir.", "Yes, write to me.")
PURPOSES = [
    Purpose("marketing", Words("Beiträge", "Articles"), TEXTS, "2026-09", ["email", "phone"]),
    Purpose("offers", Words("Angebote", "Offers"), TEXTS, "2026-10"),
]
SIGNED_IN = "allauth.account.auth_backends.AuthenticationBackend"


def mails(sender: Sender = HOUSE, *more: Mail) -> Mails:
    body = Words("Bitte bestätigen: [Link]({{ link }})", "Please confirm: [link]({{ link }})")
    service = [Mail(key, Words(key, key), "service", body=body) for key in ("confirm", "download", "registered")]
    return Mails(sender, ANY_TIME, [*service, a_mail(), *more])


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A house in Zürich with forms, mails, purposes, and a whitepaper to give."""
    forget()
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF-1.7 test")
    paper = shelf.Item("mitarbeiterbindung", "Mitarbeiterbindung", file, size=13)
    monkeypatch.setattr(shelf, "_items", [lambda slug: paper if slug == paper.slug else None])
    in_force()
    yield tmp_path
    forget()


def in_force(sender: Sender = HOUSE, **sections: Any) -> None:
    book = {"forms": Forms([whitepaper(), webinar()]), "consent": ConsentBook(PURPOSES), "mails": mails(sender)}
    apply(Draft.of(**(book | sections)))
    settle()


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(a_user(role), backend=SIGNED_IN)
    return client


def link_of(letter: Effect) -> str:
    return f"/u/{token_of(letter.id)}"


def sent(person: Person) -> list[str]:
    return list(Message.objects.filter(person_id=person.pk, sent_at__isnull=False).values_list("mail", flat=True))


def apply_anyway(texts: Mails) -> None:
    """Put texts in force that the check of today refuses, as a revision of an older version."""
    text = canonical(Draft.of(mails=texts, consent=ConsentBook(PURPOSES)).plain())
    revert(Revision.objects.create(hash=hash_of(text), text=text, created_at=now()))
    settle()


def points(person: Person, model: str, rule: str, axis: str) -> None:
    Point.objects.create(
        person=person,
        model=model,
        rule=rule,
        axis=axis,
        event_id=1,
        points=30,
        given_at=now(),
        day=now().date(),
        revision=1,
        build=live().number,
    )


def text_of(raw: bytes) -> str:
    """The words of a PDF as a reader would copy them: its streams, through the tables that turn glyphs into letters."""
    objects = {int(n): body for n, body in re.findall(rb"\n(\d+) 0 obj\n(.*?)endobj", raw, re.S)}
    tables = {name: _letters(objects, int(number)) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", raw)}
    words: list[str] = []
    for body in objects.values():
        page, letters = _stream(body), {}
        for font, shown in re.findall(rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\)", page, re.S):
            letters = tables.get(font, letters) if font else letters
            words.append("" if font else _read(shown, letters))
        words.append(" ")
    return " ".join("".join(words).split())


def _stream(body: bytes) -> bytes:
    inside = re.search(rb"stream\n(.*?)\nendstream", body, re.S)
    if inside is None:
        return b""
    return zlib.decompress(inside[1]) if b"/FlateDecode" in body else inside[1]


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Glyph by glyph, what the font's ToUnicode table says; empty for the built-in typeface."""
    table = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    told = _stream(objects[int(table[1])]) if table else b""
    return {
        int(g, 16): bytes.fromhex(u.decode()).decode("utf-16-be")
        for g, u in re.findall(rb"<(\w{4})> <(\w{4,8})>", told)
    }


def _read(shown: bytes, letters: dict[int, str]) -> str:
    plain = re.sub(rb"\\([nrtbf()\\])", lambda m: ESCAPES.get(m[1], m[1]), shown)
    if not letters:
        return plain.decode("latin-1") + " "
    return "".join(letters.get(int.from_bytes(plain[i : i + 2]), "") for i in range(0, len(plain), 2)) + " "


ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

"""What else a form does, whom it asks what, and where it leads."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from reif.capture.forms import tally
from reif.capture.forms.afterwards import safe
from reif.capture.forms.fill import fill_link
from reif.capture.forms.form_file import Field, Form
from reif.capture.models import FormCount, Submission, Upload
from reif.capture.tests.forms import COMPANY, EMAIL, a_browser, in_force, send, ticket_of
from reif.channels.email.tokens import arrival_of
from reif.channels.mails import Words
from reif.crm.attach_visitor import attach
from reif.crm.models import Person
from reif.crm.tests.people import a_person
from reif.crm.visitors import visitors_for
from reif.kit.clock import now, travel
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonErased
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
PHONE = Field("phone", "tel", Words("Telefon", "Phone"), required=True, to="person.phone", known="skip")
TITLE = Field("title", "text", Words("Funktion", "Job"), to="person.job_title")


class TestAsksLess:
    """Progressive profiling."""

    @pytest.fixture(autouse=True)
    def _form(self) -> None:
        in_force(Form("demo", fields=[EMAIL, PHONE], later=[TITLE]))

    def page(self, client: Client, query: str = "") -> str:
        return client.get(f"/f/demo{query}").content.decode()

    def known(self) -> tuple[Client, Person]:
        person = a_person(email="vera@firma.example", phone="+41441234567")
        visitor = visitors_for({"browser-0009": {"first_seen": now()}})["browser-0009"]
        attach([(visitor.pk, person.pk)])
        return a_browser(reif_v="browser-0009", reif_c="personal"), person

    def test_a_stranger_is_asked_everything(self) -> None:
        page = self.page(a_browser())
        assert 'name="phone"' in page
        assert 'name="title"' not in page

    def test_who_is_known_is_asked_the_next_question_and_shown_nothing(self) -> None:
        client, person = self.known()
        page = self.page(client)
        assert 'name="phone"' not in page
        assert 'name="title"' in page
        assert "1234567" not in page
        assert "vera@" not in page
        ticket = ticket_of(client, "demo")
        with travel(timedelta(seconds=5)):
            answer = client.post(
                "/f/demo/submissions", {"ticket": ticket, "email": "vera@firma.example", "title": "CEO"}
            )
        assert answer.status_code == 302
        person.refresh_from_db()
        assert (person.phone, person.job_title) == ("+41441234567", "CEO")

    def test_without_consent_nobody_is_known(self) -> None:
        self.known()
        assert 'name="phone"' in self.page(a_browser(reif_v="browser-0009", reif_c="aggregate"))

    def test_by_the_link_of_a_mail(self) -> None:
        _client, person = self.known()
        assert 'name="phone"' not in self.page(a_browser(), f"?reif={arrival_of(person.pk)}")
        assert 'name="phone"' in self.page(a_browser(), "?reif=made-up")

    def test_not_you(self) -> None:
        client, _person = self.known()
        link = re.search(r'href="(\?[^"]*all=1[^"]*)"', self.page(client))
        assert link
        page = self.page(client, link[1].replace("&amp;", "&"))
        assert 'name="phone"' in page
        ticket = re.search(r'name="ticket" value="([^"]+)"', page)
        assert ticket
        with travel(timedelta(seconds=5)):
            client.post(
                "/f/demo/submissions", {"ticket": ticket[1], "email": "other@firma.example", "phone": "044 123 45 67"}
            )
        assert Submission.objects.get().visitor is None

    def test_filled_in_by_a_signed_link_alone(self) -> None:
        _client, person = self.known()
        page = self.page(a_browser(), "?" + fill_link("demo", person.pk).partition("?")[2])
        assert 'value="vera@firma.example"' in page
        assert "vera@" not in self.page(a_browser(), "?email=vera@firma.example")
        assert "vera@" not in self.page(a_browser(), "?fill=made.up")


class TestKiosk:
    def test_belongs_to_nobodys_device(self) -> None:
        in_force(Form("messe", fields=[EMAIL], kiosk=True))
        client = a_browser(reif_v="browser-0010", reif_c="personal")
        answer = send(client, "messe")
        assert Submission.objects.get().visitor is None
        thanks = client.get(answer["Location"])
        assert thanks["Refresh"].startswith("8;url=/f/messe")
        assert "v…a@" not in thanks.content.decode()
        assert 'autocomplete="off"' in client.get("/f/messe").content.decode()


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("/danke", True), ("//evil.example", False), ("/\\evil.example", False), ("https://evil.example/", False),
        ("https://www.firma.example/danke", True), ("https://firma.example.evil.example/", False),
        ("https://a@firma.example/", False), ("javascript:alert(1)", False), ("/a\r\nSet-Cookie: x", False),
        ("http://localhost:8000/danke", True), ("https:evil.example", False), ("", False),
    ],
)  # fmt: skip
def test_no_open_redirect(address: str, fine: bool) -> None:
    assert safe(Form("f", domains=["firma.example"]), address) is fine


def test_who_is_sent_on() -> None:
    in_force(Form("demo", fields=[EMAIL, COMPANY], redirect="/danke"))
    assert send(a_browser(), "demo")["Location"] == "/danke"


class TestProof:
    @pytest.fixture(autouse=True)
    def _form(self) -> None:
        in_force(Form("demo", fields=[EMAIL, COMPANY], proof="always"))

    def solve(self, page: str) -> str:
        from html import unescape

        found = re.search(r'data-proof="([^"]+)"', page)
        assert found
        told = json.loads(unescape(found[1]))
        number = next(n for n in range(told["maxnumber"] + 1)
                      if hashlib.sha256(f"{told['salt']}{n}".encode()).hexdigest() == told["challenge"])  # fmt: skip
        return base64.b64encode(
            json.dumps(
                {k: told[k] for k in ("algorithm", "challenge", "salt", "signature")} | {"number": number}
            ).encode()
        ).decode()

    def post(self, seconds: int, **fields: str) -> Any:
        with travel(timedelta(seconds=seconds)):
            told = {"email": "vera@firma.example", "company": "Firma"} | fields
            return a_browser().post("/f/demo/submissions", told)

    def test_computed_for_this_very_form_it_passes(self) -> None:
        page = a_browser().get("/f/demo").content.decode()
        ticket = page.split('name="ticket" value="')[1].split('"')[0]
        assert (
            self.post(3, ticket=ticket, proof=self.solve(a_browser().get("/f/demo").content.decode())).status_code
            == 422
        )
        assert self.post(3, ticket=ticket, proof="nonsense").status_code == 422
        assert self.post(3, ticket=ticket, proof=self.solve(page)).status_code == 302

    def test_who_cannot_compute_waits(self) -> None:
        ticket = ticket_of(a_browser(), "demo")
        answer = self.post(3, ticket=ticket)
        assert "zwanzig Sekunden" in answer.content.decode()
        assert self.post(21, ticket=ticket).status_code == 302


class TestCounts:
    def test_sums_without_anybody(self) -> None:
        in_force(Form("demo", fields=[EMAIL, COMPANY]))
        tally.forget()
        client = a_browser()
        send(client, "demo", email="wrong")
        send(client, "demo")
        beacon = {"k": "left", "f": "company", "p": "testserver/f/demo/"}
        assert client.post("/fp/demo", json.dumps(beacon), "text/plain").status_code == 204
        assert client.post("/fp/demo", json.dumps(beacon | {"f": "made_up"}), "text/plain").status_code == 204
        assert client.post("/fp/demo", "{", "text/plain").status_code == 400
        tally.flush()
        counted = {(r.what, r.field, r.path): r.number for r in FormCount.objects.all()}
        assert counted == {
            ("view", "", "/f/demo"): 2, ("sent", "", "/f/demo"): 1, ("wrong", "email", "/f/demo"): 1,
            ("left", "company", "/f/demo"): 1,
        }  # fmt: skip
        tally.note("demo", "view", page="/f/demo")
        tally.flush()
        assert FormCount.objects.get(what="view").number == 3


def test_who_is_erased_is_forgotten(tmp_path: Any) -> None:
    in_force(Form("demo", fields=[EMAIL, COMPANY]))
    send(a_browser(), "demo")
    row = Submission.objects.get()
    Upload.objects.create(
        submission=row, form="demo", field="cv", key="ab" * 24, name="cv.pdf", mime="x", size=1, at=now()
    )
    with writing():
        append(PersonErased(person=row.person_id))
    settle()
    row.refresh_from_db()
    assert (row.data, row.url, row.ip) == ({}, "", None)
    assert not Upload.objects.exists()

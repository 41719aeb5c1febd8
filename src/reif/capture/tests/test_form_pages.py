"""The pages about forms: for whom, how many questions to the database, and the editor."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reif.capture.forms import tally
from reif.capture.forms.desk.plain_form import plain_form
from reif.capture.forms.desk.sheet import Sheet
from reif.capture.forms.form_file import Field, Files, Form, Option, Show
from reif.capture.forms.uploads import place
from reif.capture.models import Quarantined, Submission, Upload
from reif.capture.tests.forms import COMPANY, EMAIL, MARKETING, a_browser, everything, in_force, send, whitepaper
from reif.channels.mails import Words
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.kit.safe_csv import cell
from reif.playbook.current import current, revision
from reif.playbook.shape import build

pytestmark = pytest.mark.django_db


def signed_in(role: str = "marketing") -> Client:
    client = Client()
    user = a_user(role)
    user.language = "en"
    user.save()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def busy() -> None:
    """A year of counts, and 300 submissions."""
    in_force(whitepaper())
    today, counted = timezone.localdate(now()), Counter[Any]()
    for n in range(200):
        day = today - timedelta(days=n)
        counted[day, "whitepaper", "view", "", f"/p/{n % 13}", "demo/a"] += 40
        counted[day, "whitepaper", "sent", "", f"/p/{n % 13}", "demo/a"] += 4
        counted[day, "whitepaper", "left", "company", f"/p/{n % 13}", "demo/a"] += 7
    tally.add(counted)
    person = a_person(email="lang@firma.example", last_name="L" * 90)
    Submission.objects.bulk_create(
        Submission(key=str(n), form="whitepaper", person=person, data={"email": "lang@firma.example", "company": "=1+1"},
                   source="ORGANIC_SEARCH", at=now() - timedelta(minutes=n))
        for n in range(300)
    )  # fmt: skip


@pytest.mark.usefixtures("busy")
class TestPages:
    @pytest.mark.parametrize(
        ("path", "most", "words"),
        [
            ("/forms", 14, "10 %"), ("/forms/whitepaper", 26, "From seeing to sending"),
            ("/forms/whitepaper?as=table&days=365", 26, "As a picture"),
            ("/forms/whitepaper/submissions", 16, "Older ones"), ("/forms/whitepaper/quarantine", 16, "Nothing is set aside"),
            ("/forms/whitepaper/embed", 14, "&lt;reif-form data-form=&quot;whitepaper&quot;"),
            ("/forms/whitepaper/edit", 18, "Add question"), ("/forms/new", 18, "New form"),
        ],
    )  # fmt: skip
    def test_show_in_few_queries(self, path: str, most: int, words: str, django_assert_max_num_queries: Any) -> None:
        client = signed_in()
        with django_assert_max_num_queries(most):
            answer = client.get(path)
        assert answer.status_code == 200
        assert words in answer.content.decode()

    def test_sellers_see_none_of_it_and_analysts_change_nothing(self) -> None:
        assert signed_in("seller").get("/forms").status_code == 403
        analyst = signed_in("analyst")
        assert analyst.get("/forms/whitepaper").status_code == 200
        assert analyst.get("/forms/whitepaper/edit").status_code == 403
        assert analyst.get("/forms/whitepaper/submissions.csv").status_code == 403

    def test_the_file_is_no_formula(self) -> None:
        answer = signed_in().get("/forms/whitepaper/submissions.csv")
        text = b"".join(answer.streaming_content).decode()
        assert text.startswith("\ufeff")
        assert len(text.splitlines()) == 301
        assert "'=1+1" in text

    def test_one_submission_with_its_evidence(self) -> None:
        send(a_browser())
        row = Submission.objects.latest("pk")
        page = signed_in().get(f"/forms/whitepaper/submissions/{row.pk}").content.decode()
        assert "Ja, per Mail." in page
        assert "not confirmed yet" in page

    def test_a_file_is_given_as_a_file_and_nothing_else(self) -> None:
        row = Submission.objects.latest("pk")
        upload = Upload.objects.create(submission=row, form="whitepaper", field="cv", key="cd" * 24, name="ü.pdf",
                                       mime="application/pdf", size=4, at=now())  # fmt: skip
        place(upload).parent.mkdir(parents=True, exist_ok=True)
        place(upload).write_bytes(b"%PDF")
        answer = signed_in().get(f"/forms/whitepaper/uploads/{upload.pk}")
        assert b"".join(answer.streaming_content) == b"%PDF"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert signed_in("seller").get(f"/forms/whitepaper/uploads/{upload.pk}").status_code == 403

    def test_set_aside_is_released_once(self) -> None:
        row = Quarantined.objects.create(form="whitepaper", reason="domain", content="x", at=now(),
                                         posted={"email": ["q@firma.example"], "company": ["Q"]})  # fmt: skip
        client = signed_in()
        assert "q@firma.example" in client.get("/forms/whitepaper/quarantine").content.decode()
        path = f"/forms/whitepaper/quarantine/{row.pk}/decision"
        assert client.post(path, {"take": "1"}).status_code == 302
        assert client.post(path, {"take": "1"}).status_code == 302
        assert Submission.objects.filter(person__email="q@firma.example").count() == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2+3", "'-2+3"), ("\t=1", "'\t=1"), ("+41441234567", "+41441234567"),
     ("-3.5", "-3.5"), (None, ""), ("Firma", "Firma")],
)  # fmt: skip
def test_a_cell(value: object, text: str) -> None:
    assert cell(value) == text


RICH = Form(
    "reich", Words("Reich", "Rich"), Words("x", "x"), domains=["a.example"], later=[Field("job", label=Words("J", "J"), known="skip")],
    fields=[
        EMAIL, Field(type="prose", text=Words("**Ja**", "**Yes**")), Field(type="break", label=Words("2", "2")), COMPANY,
        Field("size", "select", Words("G", "S"), options=[Option("50", Words("bis 49", "up to 49"))]),
        Field("age", "number", Words("A", "A"), least=1.0, most=99.0, step=1.0, show=Show("size", ["50"], True)),
        Field("day", "date", Words("D", "D"), least="today", width="half"),
        Field("cv", "file", Words("C", "C"), files=Files(("pdf", "image"), 3, 2)),
    ],
    consents=[MARKETING],
)  # fmt: skip


class TestEditor:
    @pytest.fixture(autouse=True)
    def _forms(self) -> None:
        in_force(everything(), RICH)

    def posted(self, page: str) -> dict[str, Any]:
        """What a browser would send of the editor's form."""
        from html.parser import HTMLParser

        found: dict[str, list[str]] = {}

        class Reader(HTMLParser):
            select = text = ""

            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                told = dict(attrs)
                name = told.get("name") or ""
                if tag == "select":
                    self.select = name
                elif tag == "option" and self.select and "selected" in told:
                    found[self.select] = [told.get("value") or ""]
                elif tag == "textarea" and name:
                    self.text, found[name] = name, [""]
                elif tag == "input" and name and (told.get("type") != "checkbox" or "checked" in told):
                    found.setdefault(name, []).append(told.get("value") or "")

            def handle_endtag(self, tag: str) -> None:
                if tag == "select":
                    self.select = ""
                elif tag == "textarea":
                    self.text = ""

            def handle_data(self, data: str) -> None:
                if self.text:
                    found[self.text][0] += data

        Reader().feed(page.split('id="form-editor"')[1].split("</form>")[0])
        return found

    def test_a_form_read_and_written_is_the_same(self) -> None:
        for form in (everything(), RICH):
            assert build(plain_form(Sheet.of_form(form), form), Form) == form

    def test_publishing_without_a_change_changes_nothing(self) -> None:
        client, before = signed_in(), revision()
        page = client.get("/forms/reich/edit").content.decode()
        answer = client.post("/forms/reich/edit", self.posted(page) | {"do": "publish"})
        assert answer.status_code == 302, answer.content.decode()
        assert current("forms").by_slug("reich") == RICH
        assert revision() == before

    def test_add_move_remove_and_publish(self) -> None:
        client = signed_in()
        told = self.posted(client.get("/forms/demo/edit").content.decode())
        page = client.post("/forms/demo/edit", told | {"do": "add", "add": "yesno"}).content.decode()
        told = self.posted(page)
        number = told["order"][-1]
        told |= {f"f{number}.name": "partner", f"f{number}.label_de": "Partner?", f"f{number}.label_en": "Partner?"}
        told = self.posted(client.post("/forms/demo/edit", told | {"do": f"up:{number}"}).content.decode())
        told = self.posted(
            client.post("/forms/demo/edit", told | {"do": f"remove:{told['order'][1]}"}).content.decode()
        )
        assert client.post("/forms/demo/edit", told | {"do": "publish"}).status_code == 302
        assert [f.name for f in current("forms").by_slug("demo").fields] == [
            "email",
            "phone",
            "news",
            "partner",
            "origin",
        ]

    def test_the_second_of_two_is_told(self) -> None:
        client = signed_in()
        told = self.posted(client.get("/forms/demo/edit").content.decode())
        other = told | {"title_de": "Anders", "title_en": "Other", "do": "publish"}
        assert client.post("/forms/demo/edit", other).status_code == 302
        late = client.post("/forms/demo/edit", told | {"title_de": "Spät", "title_en": "Late", "do": "publish"})
        assert late.status_code == 409
        assert "Look at it, then publish again" in late.content.decode()
        assert current("forms").by_slug("demo").title.de == "Anders"

    def test_what_cannot_be_is_said_and_not_published(self) -> None:
        client, before = signed_in(), revision()
        told = self.posted(client.get("/forms/demo/edit").content.decode())
        answer = client.post("/forms/demo/edit", told | {"slug": "Ä B", "redirect": "//evil.example", "do": "publish"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "cannot be the address" in page
        assert "is not an address of this site" in page
        assert revision() == before

    def test_new_words_of_a_consent_need_a_new_version(self) -> None:
        client = signed_in()
        told = self.posted(client.get("/forms/reich/edit").content.decode())
        answer = client.post("/forms/reich/edit", told | {"c0.text_de": "Andere Worte.", "do": "publish"})
        assert answer.status_code == 422
        assert "give them a new version" in answer.content.decode()
        told |= {"c0.text_de": "Andere Worte.", "c0.version": "2026-12", "do": "publish"}
        assert client.post("/forms/reich/edit", told).status_code == 302

    def test_the_preview_shows_what_is_typed_and_publishes_nothing(self) -> None:
        client, before = signed_in(), revision()
        told = self.posted(client.get("/forms/demo/edit").content.decode())
        page = client.post(
            "/forms/preview", told | {"title_de": "Probe <b>", "preview_language": "de"}
        ).content.decode()
        assert "Probe &amp;lt;b&amp;gt;" in page
        assert 'sandbox=""' in page
        assert revision() == before

    def test_a_new_form(self) -> None:
        client = signed_in()
        told = self.posted(client.get("/forms/new").content.decode())
        answer = client.post(
            "/forms/new", told | {"slug": "neu", "title_de": "Neu", "title_en": "New", "do": "publish"}
        )
        assert answer["Location"] == "/forms/neu"
        assert client.get("/f/neu").status_code == 200
        assert client.post("/forms/new", told | {"slug": "demo", "do": "publish"}).status_code == 422

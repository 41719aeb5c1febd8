"""A form of several steps without a script: forward, back, wrong, and with a file."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reif.capture.forms.form_file import Field, Files, Form, Option, Show
from reif.capture.forms.uploads import clean_name, place, sweep
from reif.capture.models import Submission, Upload
from reif.capture.tests.forms import COMPANY, EMAIL, a_browser, in_force
from reif.channels.mails import Words
from reif.crm.models import Person
from reif.kit.clock import travel

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BREAK = Field(type="break", label=Words("Firma", "Company"))
TOPICS = Field("topics", "checkboxes", Words("Themen", "Topics"), to="person.traits.topics",
               options=[Option("hr", Words("HR", "HR")), Option("it", Words("IT", "IT"))])  # fmt: skip
SIZE = Field("size", "select", Words("Grösse", "Size"), options=[Option("50"), Option("500")])
DETAIL = Field("detail", "text", Words("Details", "Details"), required=True, show=Show("size", ["500"]))
CV = Field("cv", "file", Words("Lebenslauf", "CV"), files=Files(("pdf", "office"), 1, 2))


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def begin(client: Client, slug: str) -> dict[str, str]:
    return hidden(client.get(f"/f/{slug}?lang=en").content.decode())


def post(client: Client, slug: str, **fields: Any) -> Any:
    with travel(timedelta(seconds=5)):
        return client.post(f"/f/{slug}/submissions", fields)


@pytest.fixture
def in_steps() -> None:
    in_force(Form("steps", Words("Schritte", "Steps"), fields=[EMAIL, SIZE, TOPICS, BREAK, COMPANY, DETAIL]))


@pytest.mark.usefixtures("in_steps")
class TestSteps:
    def test_forward_and_sent(self) -> None:
        client = a_browser()
        first = begin(client, "steps")
        answer = post(client, "steps", **first, email="a@firma.example", size="500", topics=["hr", "it"])
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Step 2 of 2 · Company" in page
        assert 'name="detail"' in page
        answer = post(client, "steps", **hidden(page), company="Firma AG", detail="viel")
        assert answer.status_code == 302
        assert Submission.objects.get().data == {
            "email": "a@firma.example", "size": "500", "topics": ["hr", "it"], "company": "Firma AG", "detail": "viel",
        }  # fmt: skip
        assert Person.objects.get().traits == {"topics": "hr;it"}

    def test_what_is_wrong_stays_on_its_step(self) -> None:
        client = a_browser()
        answer = post(client, "steps", **begin(client, "steps"), email="nonsense")
        assert answer.status_code == 422
        assert "Step 1 of 2" in answer.content.decode()
        assert not Submission.objects.exists()

    def test_a_question_that_an_earlier_step_calls_for_is_required(self) -> None:
        client = a_browser()
        page = post(client, "steps", **begin(client, "steps"), email="a@firma.example", size="500").content.decode()
        assert post(client, "steps", **hidden(page), company="Firma AG").status_code == 422
        page = post(client, "steps", **begin(client, "steps"), email="a@firma.example", size="50").content.decode()
        assert 'name="detail"' not in page
        assert post(client, "steps", **hidden(page), company="Firma AG").status_code == 302

    def test_back_keeps_what_was_typed_and_a_box_can_be_unticked(self) -> None:
        client = a_browser()
        first = begin(client, "steps")
        page = post(client, "steps", **first, email="a@firma.example", topics="hr").content.decode()
        page = post(client, "steps", **hidden(page), company="Firma AG", back="1").content.decode()
        assert "Step 1 of 2" in page
        assert 'value="a@firma.example"' in page
        assert 'value="hr" checked' in page
        page = post(client, "steps", **hidden(page), email="b@firma.example").content.decode()
        assert post(client, "steps", **hidden(page), company="Firma AG").status_code == 302
        assert Submission.objects.get().data["email"] == "b@firma.example"
        assert Submission.objects.get().data["topics"] == ""

    def test_answers_of_another_form_or_made_up_ones_are_not_taken(self) -> None:
        client = a_browser()
        page = post(client, "steps", **begin(client, "steps"), email="a@firma.example").content.decode()
        other = begin(client, "steps") | {"step": "2", "state": hidden(page)["state"]}
        assert post(client, "steps", **other, company="Firma AG").status_code == 422
        forged = hidden(page) | {"state": hidden(page)["state"][:-4] + "AAAA"}
        assert post(client, "steps", **forged, company="Firma AG").status_code == 422


@pytest.mark.usefixtures("with_file")
class TestUploads:
    @pytest.fixture
    def with_file(self) -> None:
        in_force(Form("job", fields=[EMAIL, CV]))

    def send(self, *files: SimpleUploadedFile, email: str = "a@firma.example", **more: str) -> Any:
        client = a_browser()
        return post(client, "job", **begin(client, "job"), email=email, cv=list(files), **more)

    def test_is_kept_outside_and_belongs_to_the_submission(self) -> None:
        assert self.send(SimpleUploadedFile("../../Le\u202ebenslauf <1>.pdf", PDF)).status_code == 302
        row = Upload.objects.get()
        assert row.submission == Submission.objects.get()
        assert (row.name, row.mime, row.size) == ("Lebenslauf _1_.pdf", "application/pdf", len(PDF))
        assert place(row).read_bytes() == PDF
        assert Submission.objects.get().data["cv"] == ["Lebenslauf _1_.pdf"]

    @pytest.mark.parametrize(
        ("name", "body", "sentence"),
        [
            ("a.exe", PDF, "cannot be taken here"),
            ("a.pdf", b"MZ\x90\x00 this is a program", "not what its name says"),
            ("a.pdf", b"<html><script>alert(1)</script>", "not what its name says"),
            ("a.docx", b"PK\x03\x04 broken", "not what its name says"),
            ("a.pdf", PDF + b"0" * 1024 * 1024, "larger than 1 MB"),
            ("a.pdf", b"", "is empty"),
            ("pdf", PDF, "cannot be taken here"),
        ],
    )
    def test_is_looked_into(self, name: str, body: bytes, sentence: str) -> None:
        answer = self.send(SimpleUploadedFile(name, body))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Upload.objects.exists()
        assert not Submission.objects.exists()

    def test_three_are_too_many_and_none_is_kept(self) -> None:
        answer = self.send(*(SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(3)))
        assert "at most 2 files" in answer.content.decode()
        assert not Upload.objects.exists()

    def test_need_not_be_chosen_again_when_something_else_is_wrong(self) -> None:
        client = a_browser()
        page = post(
            client, "job", **begin(client, "job"), email="wrong", cv=SimpleUploadedFile("a.pdf", PDF)
        ).content.decode()
        kept = re.search(r'type="checkbox" name="cv" value="([^"]+)"', page)
        assert kept
        assert post(client, "job", **hidden(page), email="a@firma.example", cv=kept[1]).status_code == 302
        assert Upload.objects.get().submission is not None

    def test_of_a_form_that_was_not_sent_is_thrown_away_after_a_day(self) -> None:
        self.send(SimpleUploadedFile("a.pdf", PDF), email="wrong")
        path = place(Upload.objects.get())
        assert sweep() == 0
        with travel(timedelta(days=1, minutes=1)):
            assert sweep() == 1
        assert not path.exists()


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("C:\\Users\\x\\cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("Übersicht (2).pdf", "Übersicht (2).pdf"),
    ],
)
def test_names_are_cleaned(told: str, name: str) -> None:
    assert clean_name(told) == name

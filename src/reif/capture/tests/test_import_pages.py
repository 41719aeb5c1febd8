"""The pages of imports, from the upload to the report, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reif.capture.imports.undo import undo_to_the_end
from reif.capture.models import Import
from reif.capture.tests.import_files import EXCEL, imported
from reif.crm.models import Member, Person
from reif.crm.tests.people import a_person, a_user
from reif.log.models import Event
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.draft import read_plain

pytestmark = pytest.mark.django_db
SWISS = {"key": "swiss", "when": {"field": "country", "op": "is", "value": "CH"}}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def marketer() -> Client:
    client = Client(headers={"accept-language": "de"})
    client.force_login(a_user("marketing", language="de"))
    return client


def upload(client: Client, content: bytes, name: str = "Messe.csv") -> Any:
    return client.post("/imports", {"file": SimpleUploadedFile(name, content)})


def mapped(client: Client, one: Import, **more: str) -> Any:
    told = {f"target_{n}": target for n, target in enumerate(one.mapping)}
    return client.post(f"/imports/{one.pk}/mapping", told | {"name": "Messe", "update": "fill", "country": "CH"} | more)


def test_from_the_upload_to_the_undo(marketer: Client) -> None:
    assert "Noch nichts importiert" in marketer.get("/imports").content.decode()
    answer = upload(marketer, EXCEL.encode("cp1252"))
    one = Import.objects.get()
    assert answer["Location"] == f"/imports/{one.pk}"
    page = marketer.get(f"/imports/{one.pk}", follow=True).content.decode()
    assert "mit Semikolon getrennt" in page
    assert "Überschriften in Zeile 4" in page
    assert mapped(marketer, one)["Location"] == f"/imports/{one.pk}/rehearsal"
    page = marketer.get(f"/imports/{one.pk}/rehearsal").content.decode()
    assert "Alle 4 Zeilen wurden ausprobiert" in page
    assert "Das ist kein Land, das wir kennen." in page
    assert not Person.objects.exists()
    assert marketer.post(f"/imports/{one.pk}/rehearsal", {"mail": "no"}).status_code == 422
    assert marketer.post(f"/imports/{one.pk}/rehearsal", {"basis": "contract", "mail": "yes"}).status_code == 422
    marketer.post(f"/imports/{one.pk}/rehearsal", {"basis": "contract", "mail": "no"})
    assert "hx-trigger" in marketer.get(f"/imports/{one.pk}").content.decode()
    settle()
    assert marketer.get(f"/imports/{one.pk}/progress")["HX-Refresh"] == "true"
    report = marketer.get(f"/imports/{one.pk}").content.decode()
    assert "Was aus den Zeilen wurde" in report
    assert "Ein Vertrag oder eine Anfrage von ihnen" in report
    assert "Schweiz" in report
    assert "Messe" in marketer.get("/imports").content.decode()
    marketer.post(f"/imports/{one.pk}/undo")
    settle()
    assert "Dieser Import wurde zurückgenommen" in marketer.get(f"/imports/{one.pk}").content.decode()
    assert not Person.objects.living().exists()


def test_a_file_that_is_none_is_refused_on_the_page(marketer: Client) -> None:
    answer = upload(marketer, b"%PDF-1.7", "liste.csv")
    assert answer.status_code == 422
    assert "Das ist ein PDF" in answer.content.decode()
    assert not Import.objects.exists()


def test_without_an_address_the_columns_are_asked_for_again(marketer: Client) -> None:
    upload(marketer, b"Vorname;Nachname\nA;B\n")
    answer = mapped(marketer, Import.objects.get())
    assert answer.status_code == 422
    assert "Keine Spalte gilt als E-Mail-Adresse" in answer.content.decode()


def test_a_column_can_become_a_trait(marketer: Client) -> None:
    upload(marketer, b"E-Mail;Budget 2027\na@x.example;5000\n")
    one = Import.objects.get()
    mapped(marketer, one, target_1="trait")
    marketer.post(f"/imports/{one.pk}/rehearsal", {"basis": "contract", "mail": "no"})
    settle()
    assert Person.objects.get().traits == {"budget_2027": "5000"}


def test_a_file_can_be_thrown_away(marketer: Client) -> None:
    upload(marketer, b"E-Mail\na@x.example\n")
    marketer.post(f"/imports/{Import.objects.get().pk}/cancellation")
    assert not Import.objects.exists()


def test_files_to_take_along(marketer: Client) -> None:
    one = imported(EXCEL.encode("cp1252"))
    skipped = b"".join(marketer.get(f"/imports/{one.pk}/skipped.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Die E-Mail-Adresse hat kein @." in skipped
    inform = b"".join(marketer.get(f"/imports/{one.pk}/inform.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "joerg@firma.example" in inform


def test_analysts_read_and_sellers_do_not() -> None:
    one = imported(EXCEL.encode("cp1252"))
    client = Client()
    client.force_login(a_user("analyst"))
    assert client.get(f"/imports/{one.pk}").status_code == 200
    assert client.post(f"/imports/{one.pk}/undo").status_code == 403
    client.force_login(a_user("seller"))
    assert client.get("/imports").status_code == 403


def test_the_list_costs_few_queries(marketer: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        imported(f"email\na{number}@x.example\n".encode())
    marketer.get("/imports")
    with django_assert_max_num_queries(12):
        marketer.get("/imports")


def test_everybody_of_a_file_is_put_into_a_fixed_segment_with_one_event_each(marketer: Client) -> None:
    apply(read_plain({"segments": {"segment": [{"key": "fair", "words": {"de": "Messegäste"}}, SWISS]}}))
    a_person(email="a@x.example")
    upload(marketer, b"email;Vorname\na@x.example;Anna\nb@x.example;Beat\n")
    one = Import.objects.get()
    page = marketer.get(f"/imports/{one.pk}/mapping").content.decode()
    assert "Messegäste" in page
    assert 'value="swiss"' not in page
    mapped(marketer, one, segment="swiss")
    assert "segment" not in Import.objects.get().options
    mapped(marketer, one, segment="fair")
    marketer.post(f"/imports/{one.pk}/rehearsal", {"basis": "contract", "mail": "no"})
    settle()
    assert set(Member.objects.filter(segment="fair").values_list("person__email", flat=True)) == {
        "a@x.example",
        "b@x.example",
    }
    assert Event.objects.filter(kind="segment.requested", topic="fair").count() == 2
    undo_to_the_end(one.pk)
    assert Person.objects.living().count() == 1

"""Whatever programs write: delimiters, character sets, quotes, workbooks and cards."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reif.capture.imports.open_file import open_file
from reif.capture.imports.recognise import recognise
from reif.capture.imports.table import BadFile
from reif.capture.imports.xlsx_file import weigh
from reif.capture.tests.import_files import EXCEL, cells, opened, rows

TABLE = "Vorname;Nachname;E-Mail;Ort\nJürgen;Größe;j@x.example;Zürich\nÉlise;Ñoño;e@x.example;Genève\n"
LEGACY = TABLE.replace("Ñoño", "Müller")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_umlauts_survive_every_character_set(tmp_path: Path, encoding: str) -> None:
    found = opened(tmp_path, LEGACY, encoding=encoding)
    assert found.headings == ["Vorname", "Nachname", "E-Mail", "Ort"]
    assert cells(found)[0] == ["Jürgen", "Größe", "j@x.example", "Zürich"]
    assert cells(found)[1][0] == "Élise"


def test_an_umlaut_after_a_megabyte_of_ascii_is_found(tmp_path: Path) -> None:
    plain = "a@x.example;Meier\n" * 80_000
    found = opened(tmp_path, f"email;name\n{plain}z@x.example;Müller\n", encoding="cp1252")
    assert rows(found)[-1].cells == ["z@x.example", "Müller"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    found = opened(tmp_path, f'name{delimiter}email{delimiter}note\nA{delimiter}a@x.example{delimiter}"1,5;2"\n')
    assert cells(found) == [["A", "a@x.example", "1,5;2"]]


def test_german_excel_with_a_title_above_the_table(tmp_path: Path) -> None:
    found = opened(tmp_path, EXCEL)
    assert found.headings[:3] == ["Anrede", "Vorname", "Name"]
    assert found.about["heading"] == 4
    first, second, _third, last = rows(found)
    assert first.cells[5] == 'Firma; "AG"'
    assert second.cells[5] == "Zwei\nCo."
    assert (first.number, last.number) == (5, 9)


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    found = opened(tmp_path, 'name;email\nA;a@x.example\n"B;b@x.example\nC;c@x.example\n"D";d@x.example\n')
    assert [(r.cells[1], r.broken) for r in rows(found)] == [
        ("a@x.example", ""), ("b@x.example", "broken_quotes"), ("c@x.example", ""), ("d@x.example", "")]  # fmt: skip


def test_a_ten_megabyte_field_costs_one_row_and_no_memory(tmp_path: Path) -> None:
    found = opened(tmp_path, "name;email\nA;a@x.example\n" + "x" * 10_000_000 + ";b@x.example\nC;c@x.example\n")
    got = rows(found)
    assert [r.broken for r in got] == ["", "too_long_line", ""]
    assert len(got[1].cells[0]) <= 200


def test_headings_that_are_empty_or_twice_get_names(tmp_path: Path) -> None:
    assert opened(tmp_path, "email;;Name;Name\na@x.example;1;2;3\n").headings == [
        "email",
        "Column 2",
        "Name",
        "Name (2)",
    ]


def test_a_file_without_headings_is_numbered_and_recognised_by_content(tmp_path: Path) -> None:
    found = opened(tmp_path, "Anna;a@x.example;+41 79 123 45 67;CH\nBea;b@x.example;+41 79 123 45 68;DE\n")
    assert found.headings == ["Column 1", "Column 2", "Column 3", "Column 4"]
    assert [g.target for g in recognise(found.headings, cells(found))] == ["", "email", "phone", "country"]


@pytest.mark.parametrize(
    ("headings", "targets"),
    [
        (["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Lifecycle Stage", "Contact owner"],
         ["external_id", "first_name", "last_name", "email", "phone", "stage", "owner"]),
        (["Full Name", "Company", "Email", "Email Opt Out", "Lead Source", "No. of Employees", "State/Province"],
         ["full_name", "company_name", "email", "opt_out", "source", "company_size", "region"]),
        (["FirstName", "LastName", "HasOptedOutOfEmail", "LeadSource", "NumberOfEmployees", "PostalCode"],
         ["first_name", "last_name", "opt_out", "source", "company_size", "postal_code"]),
        (["Person - Name", "Person - Email - Work", "Person - Phone - Work", "Organization - Name", "Deal - Title"],
         ["full_name", "email", "phone", "company_name", ""]),
        (["Vorname", "Name", "Firma", "E-Mail", "Telefon", "PLZ", "Ort", "Land", "Anzahl Mitarbeitende"],
         ["first_name", "last_name", "company_name", "email", "phone", "postal_code", "city", "country", "company_size"]),
        (["Given Name", "Family Name", "E-mail 1 - Value", "Phone 1 - Value", "Organization 1 - Name"],
         ["first_name", "last_name", "email", "phone", "company_name"]),
        (["E-Mail-Adresse", "Vorname", "Nachname", "Position", "Firmenname", "Postleitzahl", "Webseite"],
         ["email", "first_name", "last_name", "job_title", "company_name", "postal_code", "website"]),
    ],
    ids=["hubspot", "salesforce", "salesforce-api", "pipedrive", "german", "google", "german-crm"],
)  # fmt: skip
def test_headings_of_others_are_recognised(headings: list[str], targets: list[str]) -> None:
    assert [guess.target for guess in recognise(headings, [])] == targets


def test_two_columns_for_one_thing_do_not_fight() -> None:
    guesses = recognise(["E-Mail", "E-Mail geschäftlich", "Name", "Vorname", "Nachname"], [])
    assert [g.target for g in guesses] == ["email", "", "", "first_name", "last_name"]


# -- Workbooks


def a_workbook(path: Path) -> Path:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Adressen 2026"])
    sheet.append(["Vorname", "E-Mail", "Telefon", "PLZ", "Erstellt am", "Summe"])
    sheet.append(["Jörg", "j@x.example", 791234567, 1067, datetime.date(2024, 2, 1), "=1+1"])
    book.create_sheet("Leer")
    book.save(path)
    return path


def test_a_workbook_gives_what_people_see(tmp_path: Path) -> None:
    found = open_file(a_workbook(tmp_path / "a.xlsx"))
    assert found.headings[:4] == ["Vorname", "E-Mail", "Telefon", "PLZ"]
    assert rows(found)[0].cells[:5] == ["Jörg", "j@x.example", "791234567", "1067", "2024-02-01"]
    assert found.about["sheets"] == ["Sheet"]


def test_a_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * 120_000_000)
    with pytest.raises(BadFile) as refused:
        open_file(path)
    assert refused.value.key == "bomb"


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 5_000_000)
    told = (5_000_000).to_bytes(4, "little")
    path = tmp_path / "lie.xlsx"
    path.write_bytes(raw.getvalue().replace(told, (10).to_bytes(4, "little")))
    with pytest.raises(BadFile):
        weigh(path)


# -- Cards


CARDS = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\n"
    "NOTE;ENCODING=QUOTED-PRINTABLE:lange=\r\n Zeile\r\nEMAIL;INTERNET:j@x.example\r\nTEL;CELL:079 123 45 67\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Huber;Eva;;Dr.;\r\nFN:Dr. Eva Huber\r\nORG:Huber AG;Einkauf\r\n"
    "ADR;TYPE=WORK:;;Gasse 1\\, Hof;Bern;BE;3011;Schweiz\r\nitem1.EMAIL;TYPE=work:eva@huber.\r\n example\r\nEND:VCARD\r\n"
    'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Li Wei\r\nTEL;VALUE=uri;TYPE="voice,work":tel:+41-44-123-45-67\r\n'
    "EMAIL:li@x.example\r\nEND:VCARD\r\n"
)


def test_cards_of_three_versions(tmp_path: Path) -> None:
    found = opened(tmp_path, CARDS, name="kontakte.vcf")
    at = {heading: number for number, heading in enumerate(found.headings)}
    one, two, three = cells(found)
    assert (one[at["First Name"]], one[at["Last Name"]], one[at["Mobile"]]) == ("Jörg", "Müller", "079 123 45 67")
    assert (two[at["Company"]], two[at["Street"]], two[at["Email"]]) == (
        "Huber AG",
        "Gasse 1, Hof",
        "eva@huber.example",
    )
    assert (three[at["Full Name"]], three[at["Phone"]]) == ("Li Wei", "+41-44-123-45-67")


# -- No file of people


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"), (b"\xef\xbb\xbf\r\n", "empty"), (b"Vorname;E-Mail\r\n", "only_headings"),
        (b"%PDF-1.7 something", "pdf"), (b"<!DOCTYPE html><html>", "html"), (b'{"people": []}', "json"),
        (bytes(range(256)) * 40, "binary"), (b"PK\x03\x04 broken", "workbook"), (b"\xd0\xcf\x11\xe0 broken", "workbook"),
    ],
    ids=["empty", "bom", "headings", "pdf", "html", "json", "binary", "zip", "xls"],
)  # fmt: skip
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, content: bytes, key: str) -> None:
    with pytest.raises(BadFile) as refused:
        opened(tmp_path, content, name="liste.csv")
    assert refused.value.key == key


def test_folders_and_missing_files_are_told_apart(tmp_path: Path) -> None:
    for path, key in ((tmp_path, "directory"), (tmp_path / "nothing.csv", "missing")):
        with pytest.raises(BadFile) as refused:
            open_file(path)
        assert refused.value.key == key


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(content)
    with suppress(BadFile):
        assert all(len(row.cells) > 0 for row in open_file(path).rows())

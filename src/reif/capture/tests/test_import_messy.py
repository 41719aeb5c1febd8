"""Files as people really have them: several addresses in a cell, groups above the headings, dates of either manner."""

from __future__ import annotations

from pathlib import Path

import pytest

from reif.capture.imports.addresses import address
from reif.capture.imports.values import text
from reif.capture.models import ImportProblem
from reif.capture.tests.import_files import imported, opened
from reif.crm.models import Person
from reif.kit.address import BadAddress


@pytest.mark.parametrize(
    ("cell", "first", "others"),
    [
        ("anna@eins.example; a.huber@gmx.ch", "anna@eins.example", "a.huber@gmx.ch"),
        ("Anna@eins.example,anna@eins.example", "anna@eins.example", ""),
        ("anna@eins.example / ben@zwei.example", "anna@eins.example", "ben@zwei.example"),
        ("Anna Huber <anna@eins.example>", "anna@eins.example", ""),
        ("mailto:anna@eins.example", "anna@eins.example", ""),
    ],
)
def test_cells_with_more_than_an_address(cell: str, first: str, others: str) -> None:
    assert address(cell) == (first, others)


@pytest.mark.parametrize("cell", ["hans meier@eins.example", "anna@eins.example; ?", "a@b@c.example", "", "; ;"])
def test_what_is_not_sure_is_no_address(cell: str) -> None:
    with pytest.raises(BadAddress):
        address(cell)


def test_a_group_above_the_headings_belongs_to_them(tmp_path: Path) -> None:
    table = opened(tmp_path, "Person;;;Firma;\nVorname;Nachname;E-Mail;Name;Ort\nA;B;a@eins.example;Eins AG;Bern\n")
    assert table.headings == ["Vorname", "Nachname", "E-Mail", "Firma - Name", "Firma - Ort"]


def test_a_title_above_the_headings_does_not(tmp_path: Path) -> None:
    table = opened(tmp_path, "Messe Bern;;\n\nVorname;Nachname;E-Mail\nA;B;a@eins.example\n")
    assert table.headings == ["Vorname", "Nachname", "E-Mail"]


def test_text_that_was_read_wrongly_once_is_mended() -> None:
    assert text("MÃ¼ller & GrÃ¶ÃŸe", 100) == "Müller & Größe"
    assert text("JOÃO", 100) == "JOÃO"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "other", "since"),
    [("03/04/2024", "05/06/2024", None), ("03/04/2024", "13/06/2024", "2024-04-03"),
     ("03/04/2024", "06/13/2024", "2024-03-04"), ("03.04.2024", "05.06.2024", "2024-04-03")],
)  # fmt: skip
def test_a_date_of_two_readings_is_said_and_not_guessed(first: str, other: str, since: str | None) -> None:
    one = imported(f"Email,Created Date\nanna@eins.example,{first}\nben@eins.example,{other}\n")
    keys = set(ImportProblem.objects.filter(of=one).values_list("key", flat=True))
    assert keys == (set() if since else {"date_order"})
    if since:
        assert Person.objects.get(email="anna@eins.example").created_at.date().isoformat() >= "2024-03-03"
        assert str(Person.objects.get(email="anna@eins.example").created_at.astimezone().date())[:7] <= since[:7]


@pytest.mark.django_db
def test_who_says_which_stands_first_is_believed() -> None:
    imported("Email,Created Date\nanna@eins.example,03/04/2024\n", dates="month")
    assert Person.objects.get().created_at.month == 3

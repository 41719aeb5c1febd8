"""Files as they come: in every dialect the same table, and a sentence for what is none."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from reif.qualify.predict.tables.table import BadTable, Table, read_table

PLAIN = "Firma;Grösse;Betrag;Ende\nMüller AG;klein;1’200,50;ja\nÖl & Söhne;Select;N/A;nein\n"
SAME = {
    "Firma": ["Müller AG", "Öl & Söhne"], "Grösse": ["klein", None], "Betrag": ["1’200,50", None], "Ende": ["ja", "nein"],
}  # fmt: skip


def archived(*files: bytes) -> bytes:
    """An archive of these."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for n, file in enumerate(files):
            archive.writestr(f"part{n}.csv", file)
    return raw.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("cp1252"),
        PLAIN.replace(";", "\t").encode(),
        PLAIN.replace(";", "|").replace("\n", "\r\n").encode(),
        ("sep=;\n" + PLAIN).encode(),
        PLAIN.replace("1’200,50", '"1’200,50"').replace(";", ",").encode(),
        (PLAIN + ";;;\n\n").encode(),
        gzip.compress(PLAIN.encode("cp1252")),
        archived(PLAIN.encode()),
        ("Leads 2026\nvom 1. Mai, neu\n\n" + PLAIN).encode(),
    ],
    ids=[
        "utf-8",
        "mark",
        "utf-16",
        "utf-16 without mark",
        "cp1252",
        "tab",
        "pipe",
        "sep",
        "comma",
        "empty rows",
        "gz",
        "zip",
        "titles",
    ],
)
def test_the_same_table_in_every_dialect(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "leads.csv"
    file.write_bytes(raw)
    assert read_table(file).columns == SAME


def test_odd_headings_and_rows_are_mended_and_told(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text('a,,a,end\n1,2,3,yes\n1,2\n1,2,3,no,4,5\n"never closed,2,3,no\n' + "1,2,3,no\n" * 60)
    table = read_table(file)
    assert list(table.columns) == ["a", "column 2", "a (3)", "end"]
    assert table.height == 64
    assert [note.split(" have ")[0] for note in table.notes] == ["1 rows", "1 rows"]


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("a.csv", b"", "no rows below its heading"),
        ("a.csv", b"a,b\n", "no rows below its heading"),
        ("a.csv", b"lead\n1\n2\n", "one column only"),
        ("a.csv", b"PK\x03\x04rest", "its contents are packed"),
        ("a.xlsx", b"PK\x03\x04rest", "its contents are packed"),
        ("a.csv", b"\x1f\x8brest", "packed, and what is in it is broken"),
        ("a.zip", archived(b"a,b\n1,2\n", b"a,b\n1,2\n"), "Unpack it"),
        ("a.csv", b'[{"a": 1}]', "it is JSON"),
        ("a.csv", b"<html><table>", "it is HTML"),
    ],
)
def test_what_is_no_table_gets_a_sentence(tmp_path: Path, name: str, raw: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(BadTable, match=sentence):
        read_table(tmp_path / name)


def test_a_missing_file_and_a_folder_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="There is no file"):
        read_table(tmp_path / "nothing.csv")
    with pytest.raises(BadTable, match="cannot be read: Is a directory"):
        read_table(tmp_path)


def test_a_column_is_found_in_any_case_and_the_closest_is_named() -> None:
    table = Table({"Lead Source": ["a"], "Converted": ["1"]})
    assert table.name("lead source") == "Lead Source"
    with pytest.raises(BadTable, match="Did you mean “Converted”"):
        table.name("convertd")
    with pytest.raises(BadTable, match="there are Lead Source, Converted"):
        table.name("xyz")

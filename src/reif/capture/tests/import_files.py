"""Files for tests of imports, and a short way through one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from reif.capture.imports.open_file import open_file
from reif.capture.imports.options import Answer, Options
from reif.capture.imports.receive import receive
from reif.capture.imports.run import run_to_the_end, start
from reif.capture.imports.table import Row, Table
from reif.capture.models import Import

EXCEL = (
    "sep=;\r\nMesse Zürich, Halle 4;;;;;\r\n;;;;;\r\nAnrede;Vorname;Name;E-Mail;Telefon;Firma;Land;Abgemeldet\r\n"
    'Herr;Jörg;Müller;joerg@firma.example;079 123 45 67;"Firma; ""AG""";Schweiz;nein\r\n'
    "Frau;Eva;=cmd|' /C calc'!A0;EVA@zwei.example;4,17912E+10;\"Zwei\nCo.\";Atlantis;ja\r\n"
    "Frau;Ida;Huber;ida.example;;;;\r\n"
    ";;;;;;;\r\n"
    "Herr;Jörg;Müller;joerg@firma.example;;;;\r\n"
)
"""As German Excel writes it, with a title above, a formula, a broken address, and somebody who is there twice."""


def opened(folder: Path, content: bytes | str, name: str = "people.csv", encoding: str = "utf-8") -> Table:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return open_file(path)


def cells(table: Table) -> list[list[str]]:
    return [row.cells for row in table.rows()]


def rows(table: Table) -> list[Row]:
    return list(table.rows())


def a_draft(content: bytes | str, name: str = "people.csv", answer: Answer | None = None, **options: Any) -> Import:
    """Uploaded, mapped as it was recognised, answered for, waiting."""
    raw = content if isinstance(content, bytes) else content.encode()
    draft = receive([raw], name, None)
    draft.options = msgspec.to_builtins(Options(**options))
    draft.basis = msgspec.to_builtins(answer or Answer(basis="contract"))
    draft.save()
    start(draft)
    return draft


def imported(content: bytes | str, name: str = "people.csv", answer: Answer | None = None, **options: Any) -> Import:
    """Taken over to the end."""
    return run_to_the_end(a_draft(content, name, answer, **options).pk)


def many(count: int, wrong_every: int = 33) -> str:
    """A file with errors in three per cent."""
    rows = [
        f"Max{n};Muster;{'max' if n % wrong_every else 'kein'}{n}{'@' if n % wrong_every else ''}firma{n % 20}.example"
        for n in range(1, count + 1)
    ]
    return "Vorname;Nachname;E-Mail\n" + "\n".join(rows) + "\n"

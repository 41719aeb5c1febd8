"""A table of past leads as it lies in a file: CSV in the usual dialects, or XLSX."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook

from reif.kit.fold import fold

MISSING = frozenset(
    {
        "",
        "na",
        "n/a",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "?",
        "-",
        "--",
        "\\n",
        "select",
        "select one",
        "please select",
        "- select -",
        "bitte wählen",
        "bitte auswählen",
    }
)
DELIMITERS = ",;\t|"
Column = list[str | None]


class BadTable(ValueError):
    """The file is no table of past leads; the text says what to do."""


@dataclass(frozen=True)
class Table:
    """Columns by name, all of one length. A missing value is None; every other is text, stripped."""

    columns: dict[str, Column]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(next(iter(self.columns.values()), []))

    def without(self, *names: str) -> Table:
        """The same rows with fewer columns."""
        return Table({name: column for name, column in self.columns.items() if name not in names})

    def among(self, rows: list[int]) -> Table:
        """These rows, in this order."""
        return Table({name: [column[i] for i in rows] for name, column in self.columns.items()})

    def column(self, name: str) -> Column:
        """A column by its name, however it is written; raises BadTable naming the closest."""
        if name in self.columns:
            return self.columns[name]
        folded = {fold(known): known for known in self.columns}
        close = get_close_matches(fold(name), folded, 1, 0.6)
        if close:
            raise BadTable(f"There is no column “{name}”. Did you mean “{folded[close[0]]}”?")
        raise BadTable(f"There is no column “{name}”; there are {', '.join(list(self.columns)[:30])}.")


def read_table(file: Path) -> Table:
    """The first sheet or the whole CSV. Raises BadTable."""
    try:
        rows = _sheet(file) if file.suffix.lower() in (".xlsx", ".xlsb", ".ods") else _lines(file.read_bytes())
    except (OSError, CalamineError) as error:
        raise BadTable(f"{file.name} cannot be read: {error}.") from error
    if len(rows) < 2:
        raise BadTable(f"{file.name} has no rows below its heading.")
    names = _names(rows[0])
    body = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    return Table({name: [_value(row[i]) if i < len(row) else None for row in body] for i, name in enumerate(names)})


def _lines(raw: bytes) -> list[list[str]]:
    text = _text(raw)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(10_000_000)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise BadTable(f"This is no CSV: {error}.") from error


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(raw[:200_000]).best()
        return raw.decode(best.encoding if best else "cp1252", errors="replace")


def _sheet(file: Path) -> list[list[str]]:
    sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0)
    return [[_cell(value) for value in row] for row in sheet.iter_rows()]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _value(cell: str) -> str | None:
    text = cell.strip()
    return None if text.lower() in MISSING else text


def _names(heading: list[str]) -> list[str]:
    """Every column has a name of its own."""
    names: list[str] = []
    for number, cell in enumerate(heading, start=1):
        name = " ".join(cell.split()) or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names

"""A table of past leads: columns of text by name, with gaps where nothing was told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from reif.kit.fold import fold
from reif.qualify.predict.tables.reading import BadTable, NoModel, read_file

MISSING = frozenset(
    [
        "", "na", "n/a", "#n/a", "#na", "n.a.", "n. a.", "nan", "null", "<null>", "none", "nil", "?", "-", "--", "–", "—", ".",
        "\\n", "#ref!", "#value!", "#div/0!", "(blank)", "(leer)", "blank", "undefined", "not available", "not specified",
        "not provided", "select", "select one", "please select", "- select -", "-- select --", "choose", "please choose",
        "unknown", "k.a.", "k. a.", "keine angabe", "keine angaben", "unbekannt", "bitte wählen", "bitte auswählen", "auswählen",
    ]
)  # fmt: skip
Column = list[str | None]


@dataclass(frozen=True)
class Table:
    """Columns by name, all of one length. A missing value is None; every other is text, stripped."""

    columns: dict[str, Column]
    notes: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(next(iter(self.columns.values()), []))

    def without(self, *names: str) -> Table:
        """The same rows with fewer columns."""
        return Table({name: column for name, column in self.columns.items() if name not in names}, self.notes)

    def among(self, rows: list[int]) -> Table:
        """These rows, in this order."""
        return Table({name: [column[i] for i in rows] for name, column in self.columns.items()}, self.notes)

    def name(self, said: str) -> str:
        """The name of a column as it stands in the heading; raises BadTable naming the closest."""
        if said in self.columns:
            return said
        folded = {fold(known): known for known in self.columns}
        if fold(said) in folded:
            return folded[fold(said)]
        close = get_close_matches(fold(said), folded, 1, 0.6)
        if close:
            raise BadTable(f"There is no column “{said}”. Did you mean “{folded[close[0]]}”?")
        raise BadTable(f"There is no column “{said}”; there are {', '.join(list(self.columns)[:30])}.")

    def column(self, name: str) -> Column:
        """A column by its name, in any case."""
        return self.columns[self.name(name)]


def read_table(file: Path) -> Table:
    """The first sheet or the whole CSV. Raises BadTable."""
    sheet = read_file(file)
    columns = {
        name: _column(row[i] if i < len(row) else "" for row in sheet.body)
        for i, name in enumerate(_names(sheet.heading))
    }
    return Table(columns, sheet.notes)


def _column(cells: Iterable[str]) -> Column:
    """Each value is kept once, however many rows say it."""
    known: dict[str, str | None] = {}
    return [known[cell] if cell in known else known.setdefault(cell, value_of(cell)) for cell in cells]


def value_of(cell: str) -> str | None:
    """What a cell tells; None when it only says that nobody knew or chose."""
    text = cell.strip()
    return None if text.lower() in MISSING else text


def _names(heading: list[str]) -> list[str]:
    """Every column has a name of its own."""
    names: dict[str, None] = {}
    for number, cell in enumerate(heading, start=1):
        name = " ".join(cell.split()) or f"column {number}"
        while name in names:
            name = f"{name} ({number})"
        names[name] = None
    return list(names)


__all__ = ["MISSING", "BadTable", "Column", "NoModel", "Table", "read_table", "value_of"]

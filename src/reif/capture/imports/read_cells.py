"""The cells of a row, each cleaned, and each that cannot be what it should be left out with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from reif.capture.imports.checked import Checked, Problem
from reif.capture.imports.harmless import unharmed
from reif.capture.imports.refused import Refused
from reif.capture.imports.table import Row
from reif.capture.imports.values import BY_COUNTRY, Clean, Manner, cleaner

_KNOWN = 4096
"""Cells of a column that are remembered with their values: towns, countries and sizes of companies come again and again."""


class _Column(NamedTuple):
    """known: values of cells that were read; None where the country of the row matters too."""

    number: int
    target: str
    clean: Clean
    known: dict[str, Any] | None

    def read(self, cell: str, country: str) -> Any:
        """Raises Refused; empty text for a blank cell."""
        if not (cell := cell.strip()):
            return ""
        if cell[0] == "'":
            cell = unharmed(cell)
        if "\ufffd" in cell:
            raise Refused("damaged")
        return self.clean(cell, country)


class CellReader:
    """Reads the cells of rows by one mapping: for each column its target, or nothing. apart: targets read elsewhere."""

    def __init__(self, mapping: Sequence[str], manner: Manner, apart: Sequence[str] = ()) -> None:
        self._country = manner.country
        self._width = len(mapping)
        order = sorted(range(len(mapping)), key=lambda n: (mapping[n] != "country", mapping[n] == "mobile", n))
        self._columns = [
            _Column(n, mapping[n], cleaner(n, mapping[n], manner), None if mapping[n] in BY_COUNTRY else {})
            for n in order
            if mapping[n] and mapping[n] not in apart
        ]

    def trouble(self, row: Row) -> str:
        """Why nothing of the row can be trusted, or nothing."""
        cells = row.cells
        ragged = len(cells) > self._width and any(map(str.strip, cells[self._width :]))
        return row.broken or ("ragged" if ragged else "")

    def values(self, row: Row, checked: Checked) -> dict[str, Any]:
        """Values by target; what is wrong with others is noted on the checked row."""
        found: dict[str, Any] = {"country": ""}
        cells, country = row.cells, self._country
        count = len(cells)
        for column in self._columns:
            number, target, _clean, known = column
            if number >= count or not (cell := cells[number]):
                continue
            if known is None or (value := known.get(cell)) is None:
                try:
                    value = column.read(cell, country)
                except Refused as error:
                    checked.problems.append(Problem(error.key, number, cell.strip()[:100]))
                    continue
                if known is not None and len(known) < _KNOWN:
                    known[cell] = value
            if value != "":
                found[target] = value
                if target == "country":
                    country = value
        if not found["country"]:
            del found["country"]
        return found

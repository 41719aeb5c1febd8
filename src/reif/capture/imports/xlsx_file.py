"""Workbooks: XLSX, ODS and the old XLS, one sheet of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from reif.capture.imports.headings import find_heading
from reif.capture.imports.table import BadFile, Row, Table

LARGEST = 256 * 1024 * 1024
"""Bytes of all parts, unpacked. A workbook is held in memory as a whole; a larger one is better saved as CSV."""
_MOST_PARTS = 5000
_RATIO = 200
_LOOK = 60


def open_workbook(path: Path, sheet: str = "") -> Table:
    """sheet: its name; without one, the sheet with the most rows. Raises BadFile."""
    packed = zipfile.is_zipfile(path)
    if packed:
        weigh(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise BadFile("workbook") from error
    filled = {name: one for name, one in sheets.items() if one.height}
    if not filled:
        raise BadFile("empty")
    if sheet and sheet not in filled:
        raise BadFile("no_sheet", sheet=sheet, sheets=", ".join(filled))
    name = sheet or max(filled, key=lambda n: filled[n].height)
    return _table(name, filled[name], list(filled))


def weigh(path: Path) -> None:
    """Unpack everything into nothing and count, before anybody believes what the archive says of itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            told = sum(part.file_size for part in parts)
            if told > LARGEST or len(parts) > _MOST_PARTS or told > _RATIO * max(1, path.stat().st_size):
                raise BadFile("bomb", megabytes=told // 1_000_000)
            if any(part.flag_bits & 1 for part in parts):
                raise BadFile("locked")
            real = 0
            for part in parts:
                with archive.open(part) as content:
                    while block := content.read(1 << 20):
                        real += len(block)
                        if real > LARGEST:
                            raise BadFile("bomb", megabytes=real // 1_000_000)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise BadFile("workbook") from error


def _table(name: str, sheet: CalamineSheet, sheets: list[str]) -> Table:
    first = [[as_text(cell) for cell in row] for row in islice(sheet.iter_rows(), _LOOK)]
    start, headings = find_heading(first)

    def rows() -> Iterator[Row]:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number > start:
                cells = [as_text(cell) for cell in row]
                if any(cells):
                    yield Row(number, cells)

    about: dict[str, object] = {"format": "workbook", "sheet": name, "sheets": sheets, "heading": start}
    return Table(headings, rows, about, max(0, int(sheet.total_height) - start))


def as_text(cell: Any) -> str:
    """As a person would type it: no `.0` behind a whole number, dates as ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""

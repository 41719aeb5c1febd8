"""A file as rows of cells: CSV in the dialects that spreadsheets write, or a sheet of a workbook. Says what was odd."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook

DELIMITERS = ";\t,|"
SHEETS, PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"), (b"PAR1", b"%PDF", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")
ZIPPED, NO_CSV = (
    b"\x1f\x8b",
    re.compile(r"\s*(?:(?P<JSON>[\[{]\s*[\[{\"\]}])|(?P<HTML><(?:!doctype|html|table|\?xml)))", re.I),
)
"""How workbooks begin, and what else is packed or told in another way: what a file is, is told by what is in it, and not by its ending."""
MANY_LINES, BIG, TITLES = 40, 10_000_000, 20
"""A cell with so many lines is a quotation mark that was never closed. Titles stand in so many rows above a heading at most."""
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
Lines = list[list[str]]


class BadTable(ValueError):
    """The file is no table of past leads; the text says what to do."""


class NoModel(BadTable):
    """Nothing can be learned from these leads; the text says why."""


class Sheet(NamedTuple):
    """notes: what a reader should know about how the file was read."""

    heading: list[str]
    body: Lines
    notes: tuple[str, ...]


def read_file(file: Path) -> Sheet:
    """The first sheet or the whole CSV, without empty rows. Raises BadTable."""
    try:
        rows = _rows(file.read_bytes(), file.name)
    except FileNotFoundError as error:
        raise BadTable(f"There is no file {file}.") from error
    except (OSError, ValueError) as error:
        if isinstance(error, BadTable):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadTable(f"{file.name} cannot be read: {reason}.") from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if titles := _titles(rows):
        rows = rows[titles:]
    if len(rows) < 2:
        raise BadTable(f"{file.name} has no rows below its heading. A table needs a heading and a row for each lead.")
    if len(rows[0]) < 2:
        raise BadTable(f"{file.name} has one column only. Is it a table? Columns are told apart by , ; | or a tab.")
    above = [f"{titles} rows above the heading were left out."] if titles else []
    return Sheet(rows[0], rows[1:], (*above, *_ragged(rows)))


def _titles(rows: Lines) -> int:
    """How many rows stand above the heading: the name of a report, and the day on which it was made."""
    widths = Counter(map(len, rows[:200]))
    full = [sum(bool(cell.strip()) for cell in row) for row in rows[:TITLES]]
    if not widths or 2 * full[0] >= (usual := widths.most_common(1)[0][0]) or usual < 3:
        return 0
    return next((n for n, filled in enumerate(full) if filled >= 0.8 * usual), 0)


def _rows(raw: bytes, name: str) -> Lines:
    packed = BadTable(f"{name} is no CSV: its contents are packed. Unpack it, or save it as CSV or XLSX.")
    if raw.startswith(PACKED):
        raise packed
    if raw.startswith(ZIPPED):
        try:
            return _rows(gzip.decompress(raw), name)
        except (EOFError, OSError, zlib.error) as error:
            raise BadTable(f"{name} is packed, and what is in it is broken. Save or copy it anew.") from error
    if not raw.startswith(SHEETS):
        return _lines(raw, name)
    try:
        return _sheet(raw, name)
    except CalamineError as error:
        inside = _only_file(raw)
        if inside is None:
            raise packed from error
    return _rows(inside, name)


def _only_file(raw: bytes) -> bytes | None:
    """What is in an archive of one file."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files = [one for one in archive.namelist() if not one.endswith("/") and not one.startswith("__MACOSX")]
            return archive.read(files[0]) if len(files) == 1 else None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
        return None


def _lines(raw: bytes, name: str) -> Lines:
    text = text_of(raw).replace("\x00", "")
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    if other := NO_CSV.match(text):
        raise BadTable(f"{name} is no CSV: it is {other.lastgroup}. Save it as CSV or XLSX.")
    csv.field_size_limit(BIG)
    try:
        delimiter = _delimiter(text)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if any(cell.count("\n") > MANY_LINES for row in rows for cell in row):
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error as error:
        raise BadTable(f"{name} is no CSV: {error}.") from error
    return rows


def text_of(raw: bytes) -> str:
    """UTF-8 when it is, else what the mark at its beginning says, else the likeliest of the old code pages."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if b"\x00" in raw[:200]:
        return raw.decode("utf-16-le" if raw[1:2] == b"\x00" else "utf-16-be", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(raw[:200_000], cp_isolation=["cp1252", "cp1250", "mac_roman", "cp850"]).best()
        return raw.decode(best.encoding if best else "cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The one by which most of the first rows have as many cells as the heading, and the most of them."""
    head = text[:100_000].splitlines(keepends=True)[:200]

    def worth(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
        usual = widths[0] if widths and widths[0] > 1 else Counter(widths or [0]).most_common(1)[0][0]
        if usual < 2:
            return (0.0, 0)
        return (round(sum(w == usual for w in widths) / len(widths), 1), usual)

    return max(DELIMITERS, key=worth)


def _sheet(raw: bytes, name: str) -> Lines:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    if not book.sheet_names:
        raise BadTable(f"{name} has no sheet.")
    return [[_cell(value) for value in row] for row in book.get_sheet_by_index(0).iter_rows()]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _ragged(rows: Lines) -> tuple[str, ...]:
    """Spreadsheets leave empty cells at the end of a row away: only fuller ones, and half rows, are worth a word."""
    width = len(rows[0])
    found = Counter(
        "longer" if len(row) > width and any(row[width:]) else "shorter" if len(row) < width else "" for row in rows[1:]
    )
    notes = []
    if found["longer"]:
        notes.append(f"{found['longer']} rows have more cells than the heading; what is too much was left out.")
    if found["shorter"]:
        notes.append(f"{found['shorter']} rows have fewer cells than the heading; what is missing counts as empty.")
    return tuple(notes)

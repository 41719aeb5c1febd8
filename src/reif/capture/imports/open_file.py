"""Which sort of file is it? By its content; what it is called says little."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from reif.capture.imports.csv_file import open_csv
from reif.capture.imports.table import BadFile, Table
from reif.capture.imports.vcard_file import open_vcards
from reif.capture.imports.xlsx_file import open_workbook

_MOST_COLUMNS = 500


def open_file(path: Path, sheet: str = "", known: Mapping[str, object] = MappingProxyType({})) -> Table:
    """Its headings, and its rows as they are asked for. Raises BadFile, whose sentence says what to do.

    known: `about` of an earlier look at the same file, which spares reading all of it for its character set.
    """
    table = _open(path, sheet, known)
    if len(table.headings) > _MOST_COLUMNS:
        raise BadFile("columns", count=len(table.headings))
    if next(iter(table.rows()), None) is None:
        raise BadFile("only_headings")
    return table


def _open(path: Path, sheet: str, known: Mapping[str, object]) -> Table:
    head = _head(path)
    if not head.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise BadFile("empty")
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ")[:400].lower()
    if head.startswith(b"PK\x03\x04"):
        return open_workbook(path, sheet) if _is_workbook(path) else _refuse("archive")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return open_workbook(path, sheet)
    if start.startswith(b"%pdf"):
        raise BadFile("pdf")
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise BadFile("html")
    if start.startswith((b"{", b"[{")):
        raise BadFile("json")
    plain = head.replace(b"\0", b"")[:1000].upper()
    return open_vcards(path) if b"BEGIN:VCARD" in plain else open_csv(path, known)


def _head(path: Path) -> bytes:
    if path.is_dir():
        raise BadFile("directory")
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError as error:
        raise BadFile("missing") from error
    except OSError as error:
        raise BadFile("unreadable") from error


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise BadFile("workbook") from error
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def _refuse(key: str) -> Table:
    raise BadFile(key)

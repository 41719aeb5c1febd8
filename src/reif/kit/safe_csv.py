"""CSV that no spreadsheet takes for a formula (CWE-1236): what could begin one gets an apostrophe in front."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?\d[\d .,']*$")


def cell(value: object) -> str:
    """The text of a cell; numbers and telephone numbers stay as they are."""
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def lines(rows: Iterable[Sequence[object]], separator: str = ",") -> Iterator[str]:
    """Each row as a line; the first begins with the mark by which Excel knows UTF-8."""
    start = "\ufeff"
    for row in rows:
        out = StringIO()
        csv.writer(out, delimiter=separator).writerow([cell(value) for value in row])
        yield start + out.getvalue()
        start = ""

"""Tables as CSV that a spreadsheet opens as it is meant: no cell is a formula, umlauts are umlauts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(cell: object) -> str:
    """A cell that no spreadsheet calculates: what begins like a formula gets an apostrophe; numbers of ours stay numbers."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return str(cell)
    text = str(cell).replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS) else text


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[object]], separator: str = ";") -> Iterator[str]:
    """Chunks of the file, for a streamed answer; begins with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow([safe(cell) for cell in heading])
    for number, row in enumerate(rows, 1):
        writer.writerow([safe(cell) for cell in row])
        if number % 500 == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text

"""Text with delimiters: comma, semicolon, tab or bar, in whatever character set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TextIO

from reif.capture.imports.encoding import Found, encoding_of
from reif.capture.imports.headings import find_heading
from reif.capture.imports.records import records
from reif.capture.imports.table import BadFile, Row, Table

DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 128 * 1024
_LOOK = 60


def open_csv(path: Path, known: Mapping[str, object]) -> Table:
    """Headings now, rows as they are asked for. known: what an earlier look at the same file found. Raises BadFile."""
    told = known.get("encoding")
    found = Found(str(told), int(str(known.get("lines", 0))), bool(known.get("damaged"))) if told else encoding_of(path)
    with _text(path, found) as stream:
        sample = stream.read(_SAMPLE)
    if not sample.strip("\ufeff\r\n\t ;,|\0"):
        raise BadFile("empty")
    if _is_binary(sample):
        raise BadFile("binary")
    delimiter = _told(sample) or _guess(sample)
    first = list(islice(records(StringIO(sample, newline=""), delimiter), _LOOK))
    start, headings = find_heading([row.cells for row in first], skip=1 if _told(sample) else 0)
    columns = len(headings)

    def rows() -> Iterator[Row]:
        with _text(path, found) as stream:
            for row in records(stream, delimiter, columns):
                if row.number > start and (row.broken or any(map(str.strip, row.cells))):
                    yield row

    about = {"format": "csv", "encoding": found.encoding, "delimiter": delimiter, "heading": start if headings else 0}
    return Table(
        headings, rows, about | {"damaged": found.damaged, "lines": found.lines}, max(0, found.lines - 1 - start)
    )


def _text(path: Path, found: Found) -> TextIO:
    return path.open(encoding=found.encoding, errors="replace", newline="")


def _told(sample: str) -> str:
    """German Excel writes `sep=;` into the first line, and takes it out again."""
    first = sample.lstrip("\ufeff").split("\n", 1)[0].strip().strip('"')
    return first[4] if first.lower().startswith("sep=") and len(first) == 5 else ""


def _guess(sample: str) -> str:
    """The sign that cuts most lines into the same number of cells."""
    return max(DELIMITERS, key=lambda sign: (_evenness(sample, sign), -DELIMITERS.index(sign)))


def _evenness(sample: str, sign: str) -> float:
    rows = [row.cells for row in islice(records(StringIO(sample, newline=""), sign), _LOOK)]
    widths = Counter(len(cells) for cells in rows if any(cells))
    if not widths:
        return 0.0
    width, often = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    return often / sum(widths.values()) * min(width, 4) if width > 1 else 0.0


def _is_binary(sample: str) -> bool:
    strange = sum(1 for c in sample[:20_000] if c < " " and c not in "\r\n\t\f\v\x1a")
    return strange > len(sample[:20_000]) * 0.02

"""Lines to records: quotes, line ends inside of quotes, and what to do when a quote is never closed."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from reif.capture.imports.table import Row

LONGEST = 1_000_000
"""Characters of a line; a longer one is no row of a table."""
_MOST_LINES = 200
csv.field_size_limit(4 * LONGEST)


def records(stream: TextIO, delimiter: str, columns: int = 0) -> Iterator[Row]:
    """Every record, also blank ones, in order.

    columns: how many are expected, when it is known. A quote that swallows a line which was complete
    without it, or that goes on for too long, was not meant as one: its line is reported as broken, and the next line is a record again.
    """
    lines = _Lines(stream)
    number = 0
    while (line := lines.next()) is not None:
        number += 1
        if lines.cut:
            yield Row(number, [line[:200]], "too_long_line")
        elif '"' not in line:
            yield Row(number, line.rstrip("\r\n").split(delimiter))
        else:
            yield _quoted(number, line, lines, delimiter, columns)


def _quoted(number: int, first: str, lines: _Lines, delimiter: str, columns: int) -> Row:
    taken = [first]
    cells = _parse(taken, delimiter)
    size = len(first)
    while _is_open(cells):
        line = lines.next()
        if line is None or lines.cut or len(taken) >= _MOST_LINES or size > LONGEST:
            return _broken(number, taken if line is None else [*taken, line], lines, delimiter)
        taken.append(line)
        size += len(line)
        if '"' in line:
            cells = _parse(taken, delimiter)
    complete = bool(columns) and len(_plain(first, delimiter)) >= columns
    if len(taken) > 1 and complete and (len(cells) != columns or not _is_strict(taken, delimiter)):
        return _broken(number, taken, lines, delimiter)
    return Row(number, cells)


def _parse(lines: list[str], delimiter: str) -> list[str]:
    return next(csv.reader(lines, delimiter=delimiter), [])


def _is_strict(lines: list[str], delimiter: str) -> bool:
    """Nothing stands between a closing quote and the next delimiter."""
    try:
        next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error:
        return False
    return True


def _is_open(cells: list[str]) -> bool:
    """A line end at the very end is inside of quotes: outside, the reader takes it away."""
    return bool(cells) and cells[-1].endswith(("\n", "\r"))


def _broken(number: int, taken: list[str], lines: _Lines, delimiter: str) -> Row:
    if len(taken) == 1:
        return Row(number, _plain(taken[0], delimiter))
    lines.back(taken[1:])
    return Row(number, _plain(taken[0], delimiter), "broken_quotes")


def _plain(line: str, delimiter: str) -> list[str]:
    return [cell.strip('"') for cell in line.rstrip("\r\n").split(delimiter)]


class _Lines:
    """Lines of a stream, some of which can be given back. cut: the last one was too long, its rest is left out."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._back = stream, deque[str]()
        self.cut = False

    def next(self) -> str | None:
        if self._back:
            self.cut = False
            return self._back.popleft()
        line = self._stream.readline(LONGEST)
        self.cut = len(line) >= LONGEST and not line.endswith(("\n", "\r"))
        if self.cut:
            while (rest := self._stream.readline(LONGEST)) and not rest.endswith(("\n", "\r")):
                pass
        return line or None

    def back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))

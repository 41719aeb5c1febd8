"""What every sort of file becomes: headings, and numbered rows of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class BadFile(ValueError):
    """Nothing can be read from this file. `key` and `values`: the sentence, see `words.py`."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, {name: str(value) for name, value in values.items()}


class Row(NamedTuple):
    """number: as a spreadsheet counts, from 1. broken: why its cells cannot be trusted, else empty."""

    number: int
    cells: list[str]
    broken: str = ""


@dataclass
class Table:
    """An opened file. rows: every row below the heading, read as it is asked for, blank ones left out.

    about: what was understood, for the reader: format, encoding, delimiter, sheet, sheets, heading (its row, 0: none).
    estimate: how many rows there may be. native: numbers and dates came as such, not as text.
    """

    headings: list[str]
    rows: Callable[[], Iterator[Row]]
    about: dict[str, object] = field(default_factory=dict)
    estimate: int = 0

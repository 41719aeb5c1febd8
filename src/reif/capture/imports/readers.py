"""Who reads the rows of a file: of people, or of companies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from reif.capture.imports.checked import Checked
from reif.capture.imports.read_companies import CompanyReader
from reif.capture.imports.read_rows import RowReader
from reif.capture.imports.table import Row
from reif.capture.imports.values import Manner


class Reader(Protocol):
    """Made for one mapping."""

    def read(self, row: Row) -> Checked:
        """The row's values, or why it cannot be taken."""


def reader_for(mapping: Sequence[str], manner: Manner) -> Reader:
    return CompanyReader(mapping, manner) if manner.kind == "companies" else RowReader(mapping, manner)

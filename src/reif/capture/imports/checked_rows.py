"""The rows of a table, each checked, and each with the row that named the same person or company before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reif.capture.imports.checked import Checked
from reif.capture.imports.readers import reader_for
from reif.capture.imports.seen import Seen
from reif.capture.imports.table import Table
from reif.capture.imports.values import Manner


def checked_rows(table: Table, mapping: Sequence[str], manner: Manner, after: int = 0) -> Iterator[Checked]:
    """Rows with a number above `after`; those before were dealt with, and are read for whom they named.

    The cells of a row with nothing to tell are not kept: most rows of a long file, on their way to another process.
    """
    read, seen = reader_for(mapping, manner).read, Seen()
    for row in table.rows():
        checked = read(row)
        if known := checked.known:
            first = seen.first(known.key, row.number)
            if first != row.number:
                checked.first = first
            elif not checked.problems:
                checked.row = row._replace(cells=[])
        if row.number > after:
            yield checked

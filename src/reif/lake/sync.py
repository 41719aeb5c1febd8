"""Bring the lake up to the log: new partitions from where it stopped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Max

from reif.lake.forget import erased, of, strike
from reif.lake.open import connect
from reif.lake.partitions import Partition, alone, empty, file_for, folder, partitions, text, tidy, whole
from reif.lake.readout import COLUMNS, read_out
from reif.log.models import Event

if TYPE_CHECKING:
    import duckdb

PART = 1_000_000  # events in a full partition
SMALL, MANY = PART // 2, 8  # so many small ones in a row become one
_TYPES = "{" + ", ".join(f"'{name}': '{type_}'" for name, type_ in COLUMNS.items()) + "}"
_READ = f"""SELECT * REPLACE (COALESCE(topic, '') AS topic) FROM read_csv(FILE, header = false,
  auto_detect = false, delim = ',', quote = '"', escape = '"', strict_mode = false, columns = {_TYPES})"""


def sync(most: int | None = None) -> int:
    """Append what the log has and the lake has not, `most` events at once when given; returns how many.

    A log that is not the one the lake was written from (a restored backup) makes it start anew.
    """
    with alone():
        known = partitions()
        if known and not _same_log(known[-1]):
            empty()
            known = []
        after = known[-1].last if known else 0
        until = Event.objects.aggregate(last=Max("id"))["last"] or 0
        if most is not None:
            until = min(until, after + most)
        if until > after:
            _write(after, until)
            _join_small()
            tidy()
        return max(until - after, 0)


def _write(after: int, until: int) -> None:
    gone = erased(after, until)
    if any(gone):
        strike(*gone)
    with connect() as lake:
        for start in range(after, until, PART):
            _partition(lake, start, min(start + PART, until))


def _partition(lake: duckdb.DuckDBPyConnection, after: int, until: int) -> None:
    """One range, in a file of its own; those who were forgotten by now are left out of it."""
    lines = folder() / f".lines.{os.getpid()}"
    gone = erased()
    but = f" WHERE NOT {of(*gone)}" if any(gone) else ""
    try:
        read_out(after, until, lines)
        with whole(file_for(after + 1, until)) as draft:
            lake.execute(f"COPY ({_READ.replace('FILE', text(lines))}{but}) TO {text(draft)} (FORMAT parquet)")
    finally:
        lines.unlink(missing_ok=True)


def _same_log(last: Partition) -> bool:
    """Whether the last event of the lake is what the log says under its number."""
    with connect() as lake:
        row = lake.execute(f'SELECT id, kind, "at" FROM {text(last.file)} ORDER BY id DESC LIMIT 1').fetchone()
    if row is None:
        return Event.objects.filter(id__gte=last.last).exists()
    told = Event.objects.filter(id=row[0]).values_list("kind", "at").first()
    return told is not None and (told[0], told[1].replace(tzinfo=None)) == (row[1], row[2])


def _join_small() -> None:
    """Eight small partitions at the end become one."""
    tail: list[Partition] = []
    for one in reversed(partitions()):
        if one.last - one.first + 1 > SMALL or sum(p.last - p.first + 1 for p in tail) >= PART:
            break
        tail.insert(0, one)
    if len(tail) < MANY:
        return
    files = ", ".join(text(p.file) for p in tail)
    target: Path = file_for(tail[0].first, tail[-1].last)
    with connect() as lake, whole(target) as draft:
        lake.execute(f"COPY (SELECT * FROM read_parquet([{files}])) TO {text(draft)} (FORMAT parquet)")

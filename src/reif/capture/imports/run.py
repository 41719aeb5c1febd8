"""Run imports, chunk by chunk; each chunk is one transaction with the number of its last row, so a crash repeats none.

Says import.finished.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

from django.db import connection

from reif.capture.imports.checked import Checked
from reif.capture.imports.checked_rows import checked_rows
from reif.capture.imports.open_file import open_file
from reif.capture.imports.options import options_of
from reif.capture.imports.read_ahead import Order, is_worth_it, read_ahead
from reif.capture.imports.reading import manner_for
from reif.capture.imports.receive import path_of, throw_away
from reif.capture.imports.table import BadFile
from reif.capture.imports.take import take
from reif.capture.imports.take_companies import take_over
from reif.capture.models import Import
from reif.crm.known_companies import KnownCompanies
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.imports import ImportFinished
from reif.log.waking import knock

KEEP = timedelta(days=30)
CHUNK = 20_000
"""Rows of a transaction. Pages of an index are touched all over by any chunk, so a small one writes most of them for few rows."""
_PART = 5_000
"""Rows at a time within it, so that what is made of them does not pile up."""
State = Import.State


class Run:
    """An import in the hands of this process. It is worth nothing after a failure; make a new one then."""

    def __init__(self, one: Import) -> None:
        options = options_of(one.options)
        table = open_file(path_of(one), options.sheet, one.about)
        self.pk, self.position = one.pk, one.position
        manner = manner_for(one, table)
        if is_worth_it(table.estimate):
            order = Order(str(path_of(one)), options.sheet, one.about, one.mapping, manner, self.position)
            self._rows = read_ahead(order)
        else:
            self._rows = checked_rows(table, one.mapping, manner, self.position)
        known = KnownCompanies()
        self._take = take_over if one.kind == "companies" else lambda one, rows: take(one, rows, known)

    def step(self, size: int = CHUNK) -> bool:
        """Take the next rows over. False when there are none left, or nobody wants them any more."""
        with _without_pauses():
            parts = deque(_parts(self._rows, size))
            with writing():
                one = Import.objects.select_for_update().get(pk=self.pk)
                if one.state != State.RUNNING or one.position != self.position:
                    return False
                if not parts:
                    _finish(one)
                    return False
                last = parts[-1][-1].row.number
                while parts:
                    self._take(one, parts.popleft())
                one.position, one.beat_at, one.tries = last, now(), 0
                one.save()
            self.position = one.position
        return True


def _parts(rows: Iterator[Checked], size: int) -> Iterator[list[Checked]]:
    """The next rows, at most `size`, in lists that can be let go one by one."""
    while size > 0 and (part := list(islice(rows, min(_PART, size)))):
        size -= len(part)
        yield part


def start(one: Import) -> None:
    """Let the worker have it."""
    Import.objects.filter(pk=one.pk, state=State.DRAFT).update(state=State.WAITING)
    knock()


def begin(pk: int) -> Run | None:
    """Take it into the hands of this process. A file that cannot be read any more fails with its reason."""
    one = Import.objects.get(pk=pk)
    if one.state == State.WAITING:
        one.state, one.started_at = State.RUNNING, now()
        one.save(update_fields=["state", "started_at"])
    try:
        return Run(one)
    except BadFile as error:
        fail(pk, error.key, error.values)
        return None


def run_to_the_end(pk: int, size: int = CHUNK, after: object = None) -> Import:
    """In one go, for the command. after: is called with the import after each chunk."""
    with _for_much():
        run = begin(pk)
        while run and run.step(size):
            if callable(after):
                after(Import.objects.get(pk=pk))
    return Import.objects.get(pk=pk)


def cancel(one: Import) -> bool:
    """Stop it after the chunk that is being taken over; what is there stays, and can be undone."""
    with writing():
        row = Import.objects.select_for_update().get(pk=one.pk)
        if row.state not in (State.DRAFT, State.WAITING, State.RUNNING):
            return False
        _end(row, State.CANCELLED)
    return True


def fail(pk: int, key: str, values: dict[str, str]) -> None:
    """It cannot go on; what is there stays, and can be undone."""
    with writing():
        row = Import.objects.select_for_update().get(pk=pk)
        row.trouble = {"key": key, "values": values}
        _end(row, State.FAILED)


def _finish(one: Import) -> None:
    _end(one, State.DONE)


def _end(one: Import, state: str) -> None:
    one.state, one.finished_at = state, now()
    if one.rows:
        one.undo_until = one.finished_at + KEEP
        append(
            ImportFinished(
                topic=one.name, batch=one.pk, actor=one.by_id, created=one.created, changed=one.changed, same=one.same,
                skipped=one.skipped,
            )
        )  # fmt: skip
    throw_away(one)
    one.save()


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Rows make no circles; looking for them among a hundred thousand objects takes longer than the rows do."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _for_much() -> Iterator[None]:
    """SQLite for somebody who writes all of the file: not shown as memory of the process, and brought up to date less often."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = {name: (cursor.execute(f"PRAGMA {name}").fetchone() or [0])[0] for name in _FOR_MUCH}
        try:
            for name, value in _FOR_MUCH.items():
                cursor.execute(f"PRAGMA {name}={value}")
            yield
        finally:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name}={value}")


_FOR_MUCH = {"mmap_size": 0, "cache_size": -40_960, "wal_autocheckpoint": 50_000}
"""Bytes; less: KB; pages of 4 KB: 200 MB in the log before they are copied into the file, once for many chunks."""

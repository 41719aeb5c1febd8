"""The files of the lake: each holds a range of the log, none is ever half there.

A file is written under another name and renamed when it is whole. Several small ones become one: the new file then
covers the old ones, which count no more from the rename on, whether they could be removed or not.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from reif.kit.place import home

LINGER = 3600  # seconds that a covered file stays, for those who are reading it


class Partition(NamedTuple):
    """Events from `first` to `last`, both included."""

    first: int
    last: int
    file: Path


def folder() -> Path:
    """Where the lake lies: REIF_LAKE, else REIF_HOME/lake; made when missing."""
    place = Path(os.environ.get("REIF_LAKE") or home() / "lake").resolve()
    (place / "deeds").mkdir(parents=True, exist_ok=True)
    return place


def partitions() -> list[Partition]:
    """Those that count, in order: a file whose range lies in that of another is left out."""
    found = sorted(_all(), key=lambda p: (p.first, -p.last))
    kept: list[Partition] = []
    for one in found:
        if not kept or one.last > kept[-1].last:
            kept.append(one)
    return kept


def file_for(first: int, last: int) -> Path:
    """The name of a range's file."""
    return folder() / "deeds" / f"{first:012d}-{last:012d}.parquet"


def text(file: Path) -> str:
    """A path as SQL writes a text."""
    return "'" + str(file).replace("'", "''") + "'"


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """A path to write to; what was written takes the file's name only when the block ends well."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        yield draft
        with open(draft, "rb") as written:
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def tidy() -> None:
    """Remove files that have been covered for an hour, and drafts of processes that died."""
    counting = {p.file for p in partitions()}
    for file in (folder() / "deeds").iterdir():
        if file not in counting and time.time() - file.stat().st_mtime > LINGER:
            file.unlink(missing_ok=True)


def empty() -> None:
    """Throw everything away."""
    shutil.rmtree(folder() / "deeds", ignore_errors=True)
    folder()


@contextmanager
def alone() -> Iterator[None]:
    """One writer at a time, over all processes of the machine; the others wait."""
    with open(folder() / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _all() -> Iterator[Partition]:
    for file in (folder() / "deeds").glob("[0-9]*.parquet"):
        first, _dash, last = file.stem.partition("-")
        yield Partition(int(first), int(last), file)

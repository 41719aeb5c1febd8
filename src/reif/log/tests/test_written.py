"""The system tells that a file was written to; where it cannot, nobody waits for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reif.log import written as module
from reif.log.written import Written

LONG = 30.0


def test_what_is_written_is_told_once(tmp_path: Path) -> None:
    written = Written(str(tmp_path))
    if not _system_tells():
        pytest.skip("this system tells nobody that files are written to")
    assert not written.wait(0)
    (tmp_path / "reif.sqlite3-wal").write_bytes(b"a commit")
    assert written.wait(LONG)
    assert not written.wait(0)
    written.close()


def test_where_the_system_cannot_tell_it_is_looked_at_each_time(tmp_path: Path) -> None:
    written = Written(str(tmp_path / "nowhere"))
    assert written.wait(LONG)
    written.close()


def test_nothing_stays_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for folder in (tmp_path, tmp_path / "nowhere"):
        Written(str(folder)).close()
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)


def _system_tells() -> bool:
    return hasattr(module.ctypes.CDLL(None), "inotify_init1")

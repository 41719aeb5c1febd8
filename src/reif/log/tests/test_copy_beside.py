"""What large transactions leave in SQLite's log is copied by a thread, and nothing is lost or left behind by that."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import ConnectionHandler

from reif.log.sqlite import base, copy_beside
from reif.log.sqlite.copy_beside import copying_of
from reif.settings import database

KILLED = """
import os, sys
from django.conf import settings
from django.db import connection, transaction
from reif.settings import database
settings.configure(DATABASES={"default": database("") | {"NAME": sys.argv[1]}})
for n in range(4):
    with transaction.atomic():
        connection.cursor().executemany("INSERT INTO t VALUES (%s, 'x')", [[n * 6000 + i] for i in range(6000)])
print("committed", flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def there(tmp_path: Path, django_db_blocker: Any) -> Iterator[Any]:
    """A connection to an empty file of its own."""
    with django_db_blocker.unblock():
        one = ConnectionHandler({"default": database("") | {"NAME": str(tmp_path / "db")}})["default"]
        with one.cursor() as cursor:
            cursor.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, said TEXT)")
        yield one
        one.close()


def write(one: Any, first: int, many: int) -> None:
    one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with one.cursor() as cursor:
        cursor.executemany("INSERT INTO t VALUES (%s, %s)", [(first + n, "x" * 200) for n in range(many)])
    one.commit()
    one.set_autocommit(True)


def pages(one: Any) -> tuple[int, int]:
    """So many in the log, and copied of them; nobody is told while somebody copies."""
    copying_of(str(one.settings_dict["NAME"])).wait()
    with one.cursor() as cursor:
        return tuple(cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1:])


def by_itself(one: Any) -> int:
    with one.cursor() as cursor:
        return int(cursor.execute("PRAGMA wal_autocheckpoint").fetchone()[0])


def test_a_large_transaction_is_copied_by_a_thread_until_that_is_done(there: Any) -> None:
    write(there, 0, base.LARGE)
    assert by_itself(there) == 0
    copying = copying_of(str(there.settings_dict["NAME"]))
    copying.wait()
    assert not copying.is_going
    with closing(sqlite3.connect(f"file:{there.settings_dict['NAME']}?immutable=1", uri=True)) as file_alone:
        assert file_alone.execute("SELECT count(*) FROM t").fetchone() == (base.LARGE,)
    write(there, base.LARGE, 1)
    assert by_itself(there) == base.USUAL


def test_small_transactions_are_left_to_sqlite(there: Any) -> None:
    write(there, 0, base.LARGE - 1)
    assert by_itself(there) == base.USUAL
    assert not copying_of(str(there.settings_dict["NAME"])).is_going


def test_the_log_does_not_grow_with_what_is_written(there: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy_beside, "LONG", -1)  # it is always too long
    write(there, 0, base.LARGE)
    one, _copied = pages(there)
    for n in range(1, 12):
        write(there, n * base.LARGE, base.LARGE)
    log, copied = pages(there)
    assert log == copied <= 2 * one
    with there.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM t").fetchone() == (12 * base.LARGE,)


def test_who_has_chosen_another_number_of_pages_keeps_it(there: Any) -> None:
    with there.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint=50000")
    write(there, 0, base.LARGE)
    assert by_itself(there) == 50_000
    assert not copying_of(str(there.settings_dict["NAME"])).is_going


def test_who_is_killed_while_it_is_copied_loses_nothing(there: Any, tmp_path: Path) -> None:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "REIF_HOME": str(tmp_path)}
    command = [sys.executable, "-c", KILLED, str(there.settings_dict["NAME"])]
    killed = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=env, check=False)
    assert (killed.stdout, killed.returncode) == ("committed\n", -9)
    with there.cursor() as cursor:
        assert cursor.execute("SELECT count(*), max(n) FROM t").fetchone() == (24_000, 23_999)
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)

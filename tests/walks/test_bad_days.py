"""What a visitor of the desk meets when somebody else holds the database."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.walks.house import House, a_house
from tests.walks.page import browser, close_all, form

WAIT = 1.5


@pytest.mark.slow
def test_a_locked_database_is_waited_for_and_then_said(tmp_path: Path) -> None:
    with a_house(tmp_path, mailbox=True) as (house, _post):
        house.env["REIF_LOCK_WAIT"] = str(WAIT)
        house.run("demo", "--no-serve", "--people", "0")
        house.start()
        visitor = browser(house.base, headers={"Accept-Language": "de"}, follow_redirects=False)
        sheet = form(visitor.get("/accounts/login/"), "login")
        with locked(house):
            started = time.monotonic()
            answer = sheet.send(visitor, login="seller@demo.example", password="reif-demo")
            assert answer.status_code == 503
            assert time.monotonic() - started >= WAIT * 0.9, "it waited first"
            assert "Datenbank" in answer.text
            assert answer.headers["retry-after"] == "5"
        assert sheet.send(visitor, login="seller@demo.example", password="reif-demo").status_code == 302
    close_all()


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Somebody else holds what a sign-in has to write."""
    if url := house.env["DATABASE_URL"]:
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE staff_user, django_session IN ACCESS EXCLUSIVE MODE")
            yield
            other.rollback()
        return
    with closing(sqlite3.connect(house.home / "reif.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")

"""Doors for tests: each on a store of its own, on SQLite and, when DATABASE_URL names one, on PostgreSQL."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from reif.door.place import Place

ENGINES = ["sqlite"]
if os.environ.get("DATABASE_URL", "").startswith("postgres"):
    ENGINES.append("postgresql")


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An empty place on each engine."""
    if request.param == "sqlite":
        yield Place(home=tmp_path)
        return
    url, schema = os.environ["DATABASE_URL"], f"door_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        mark = "&" if "?" in url else "?"
        yield Place(home=tmp_path, database_url=f"{url}{mark}options={quote(f'-c search_path={schema}')}")
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def file_place(tmp_path: Path) -> Place:
    """A place on SQLite, for tests in which the engine does not matter."""
    return Place(home=tmp_path)

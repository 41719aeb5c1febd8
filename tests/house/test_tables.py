"""An empty database gets its tables straight from the models; they are the ones that the migrations make."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def test_tables_made_at_once_are_those_of_the_migrations(tmp_path: Path) -> None:
    at_once, by_steps = _made(tmp_path, "at_once"), _made(tmp_path, "by_steps", "each")
    assert at_once.keys() == by_steps.keys()
    assert len(at_once) > 100
    differing = {table: (at_once[table], by_steps[table]) for table in at_once if at_once[table] != by_steps[table]}
    assert not differing


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_left_alone(django_assert_max_num_queries: Any) -> None:
    from django.core.management import call_command

    with django_assert_max_num_queries(3):
        call_command("migrate", verbosity=0, interactive=False)


def _made(folder: Path, name: str, *how: str) -> dict[str, Any]:
    """The tables of a new database, made in a process of its own."""
    home = folder / name
    home.mkdir()
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    env = {**os.environ, "REIF_HOME": str(home), "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "reif.settings"}
    if connection.vendor == "postgresql":
        env["DATABASE_URL"] = _another_database(f"reif_{name}")
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.schema", *how],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _another_database(name: str) -> str:
    import psycopg

    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(url)._replace(path=f"/{name}").geturl()

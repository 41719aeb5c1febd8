"""A file's name is a promise."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import ROOT, SOURCE, name, python, tracked

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "services", "service", "manager", "base", "common", "misc", "data"}
EMPTY_WORDS |= {"info", "process", "handle", "handler", "handlers", "stuff", "lib"}
ROOMS = sorted(p.parent for p in SOURCE.glob("*/__init__.py"))


def test_no_file_is_called_by_an_empty_word() -> None:
    named_by_django = {"src/reif/log/sqlite/base.py"}  # a database backend is looked for in a module of this name
    assert {name(p) for p in python() if p.stem in EMPTY_WORDS} <= named_by_django


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_it_is_in_a_few_sentences(room: object) -> None:
    docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text()))  # type: ignore[operator]
    assert docstring, "a room has a docstring"
    sentences = re.split(r"(?<=[.!?])\s+", docstring.strip())
    assert 3 <= len(sentences) <= 7


def test_every_public_module_says_what_it_does() -> None:
    silent = []
    for path in python():
        if path.name in ("__init__.py", "apps.py", "urls.py", "conftest.py") or "formats" in path.parts:
            continue
        if not ast.get_docstring(ast.parse(path.read_text())):
            silent.append(name(path))
    assert not silent


def test_nothing_is_left_unfinished() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b")
    here = ROOT / "tests/house/test_names.py"
    found = [
        name(p)
        for p in tracked("src", "bench", "tools", "tests")
        if p != here and p.suffix in (".py", ".html", ".js") and marks.search(p.read_text())
    ]
    assert not found


def test_no_machine_and_no_registry_is_named() -> None:
    places = re.compile(
        "|".join(
            ("/" + "work/", "/" + "root/", "pypi" + r"\.org", "registry" + r"\.npmjs", "files" + r"\.pythonhosted")
        )
    )
    text = {".py", ".md", ".toml", ".json", ".lock", ".txt", ".js", ".css", ".html", ".mjs", ".sql", ""}
    found = [name(p) for p in tracked() if p.suffix in text and places.search(p.read_text(errors="ignore"))]
    assert not found

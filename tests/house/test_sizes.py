"""Sizes are a smell. The lists of exceptions give a reason for each, and only shrink."""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import name, python, tracked

FILE_SOFT, FILE_HARD, FUNCTION, TEMPLATE = 200, 400, 30, 120
LONG_FILES: dict[str, str] = {
    "src/reif/settings.py": "settings are one list",
    "src/reif/attract/content/whitepaper.py": "the drawing of one document",
}
LONG_FUNCTIONS: dict[str, str] = {}


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = {name(p): n for p in python() if (n := len(p.read_text().splitlines())) > FILE_HARD}
    assert not long


def test_files_over_two_hundred_lines_have_a_reason() -> None:
    long = {name(p) for p in python() if "tests" not in p.parts and len(p.read_text().splitlines()) > FILE_SOFT}
    assert long == set(LONG_FILES)


def test_functions_fit_on_a_screen() -> None:
    long = set()
    for path in python():
        if "tests" in path.parts or "bench" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.body[0].lineno + 1
                if lines > FUNCTION:
                    long.add(f"{name(path)}:{node.name}")
    assert long == set(LONG_FUNCTIONS)


@pytest.mark.parametrize("path", tracked("src/*.html"), ids=name)
def test_templates_fit_on_two_screens(path: object) -> None:
    assert len(path.read_text().splitlines()) <= TEMPLATE  # type: ignore[attr-defined]

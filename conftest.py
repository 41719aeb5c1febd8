"""Every test asks the database which playbook is in force; and what is not finished yet is said aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

_LINES = (Path(__file__).parent / "tests" / "unfinished.txt").read_text().splitlines()
UNFINISHED = tuple(line for line in _LINES if line and not line.startswith("#"))


@pytest.fixture(autouse=True)
def _no_playbook_remembered() -> None:
    from reif.playbook.current import forget

    forget()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(UNFINISHED):
            item.add_marker(pytest.mark.xfail(reason="not finished, see tests/unfinished.txt", strict=False))

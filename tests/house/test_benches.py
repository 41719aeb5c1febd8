"""A bench that cannot start is found here, not when somebody wants its figure."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.house.tree import name, tracked

BENCHES = [name(p).removesuffix(".py").replace("/", ".") for p in tracked("bench/*.py")]


@pytest.mark.parametrize("module", BENCHES)
def test_a_bench_can_be_imported_and_measures_nothing_by_that(module: str) -> None:
    assert import_module(module).__doc__

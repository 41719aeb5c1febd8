"""Everything that is derived from the log can be thrown away and comes back the same."""

from __future__ import annotations

import pytest

from reif.log.rebuild import PROJECTIONS


def test_stages_and_scores_are_projections() -> None:
    assert {"stages", "scores"} <= set(PROJECTIONS)


@pytest.mark.parametrize("name", sorted(PROJECTIONS))
def test_each_projection_has_its_events(name: str) -> None:
    assert PROJECTIONS[name].kinds

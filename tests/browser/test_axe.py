"""Every main page can be used by everybody: axe-core finds nothing serious, in light and dark, and pages fit a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.camera import NARROW, overflow, still
from tests.browser.pages import EVERY
from tests.browser.places import Places

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
COLOURS = {"type": "rule", "values": ["color-contrast"]}
NARROW_ONES = {"type": "rule", "values": ["scrollable-region-focusable", "color-contrast", "target-size"]}


@pytest.mark.parametrize(("role", "address"), EVERY)
def test_nobody_is_kept_out(
    role: str, address: str, browse: Callable[..., Page], desk: Callable[[str], Page], places: Places
) -> None:
    page = desk(role) if role else browse()
    answer = page.goto(places.fill(address))
    assert answer and answer.status == 200
    page.evaluate(AXE.read_text())
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page, COLOURS) == []
    page.set_viewport_size(NARROW)
    assert serious(page, NARROW_ONES) == []
    assert overflow(page) <= 0


def serious(page: Page, only: dict[str, Any] | None = None) -> list[str]:
    """What axe calls serious or critical, as lines to read: the rule, the place, and what to do."""
    still(page)
    found = page.evaluate(
        "only => axe.run(document, {resultTypes: ['violations'], ...(only && {runOnly: only})})", only
    )
    grave = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in grave for node in v["nodes"]]

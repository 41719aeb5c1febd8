"""Every main page can be used by everybody: axe-core finds nothing serious, in light and dark, and pages fit a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import serious
from tests.browser.camera import NARROW, overflow
from tests.browser.pages import EVERY
from tests.browser.places import Places

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
NARROW_RULES = ("scrollable-region-focusable", "color-contrast", "target-size")


@pytest.mark.parametrize(("role", "address"), EVERY)
def test_nobody_is_kept_out(
    role: str, address: str, browse: Callable[..., Page], desk: Callable[[str], Page], places: Places
) -> None:
    page = desk(role) if role else browse()
    answer = page.goto(places.fill(address))
    assert answer and answer.status == 200
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page, "color-contrast") == []
    page.set_viewport_size(NARROW)
    assert serious(page, *NARROW_RULES) == []
    assert overflow(page) <= 0

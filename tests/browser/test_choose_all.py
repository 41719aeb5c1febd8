"""All that a list finds, not its ticked rows alone: put into a fixed segment with a click, and taken out of it again."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.test_marketer import number

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_all_that_were_found_go_into_a_segment_and_out_of_it(desk: Callable[[str], Page]) -> None:
    page, camera = desk("marketing"), Camera("alle-gefundenen")
    name = a_fixed_segment(page)
    page.goto("/people")
    counted = page.locator("#people-count")
    expect(counted).to_contain_text("Personen")
    found = number(counted.inner_text())
    shown = page.locator("[data-tick]").count()
    assert 0 < shown < found
    choose_all(page, found)
    assert serious(page) == []
    camera.take(page, "gewaehlt", narrow=True, dark=True)
    page.locator("[data-tick]").first.uncheck()
    expect(page.locator("[data-bulk] [data-count]")).to_have_text(str(shown - 1))
    choose_all(page, found)
    page.get_by_role("combobox", name="Segment").select_option(label=name)
    page.get_by_role("button", name="Ins Segment aufnehmen").click()
    expect(page.locator("#toasts")).to_contain_text(f"{found} Personen ins Segment aufgenommen")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert number(page.locator(".stat-line").inner_text()) == found
    choose_all(page, found)
    page.get_by_role("button", name="Herausnehmen").click()
    expect(page.locator("#toasts")).to_contain_text(f"{found} Personen")
    expect(page.locator("[data-tick]")).to_have_count(0)
    camera.take(page, "leer", narrow=True)


def a_fixed_segment(page: Page) -> str:
    """A new one each time."""
    name = f"Runde {uuid.uuid4().hex[:8]}"
    page.goto("/segments/new?sort=fixed")
    page.get_by_label("Auf Deutsch").fill(name)
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    return name


def choose_all(page: Page, found: int) -> None:
    """The box in the head ticks the page; the offer beside it means everybody."""
    page.get_by_role("checkbox", name="Alle wählen").check()
    page.get_by_role("button", name="Alle gefundenen wählen").click()
    assert number(page.locator("[data-bulk] [data-count]").inner_text()) == found

"""Without a mouse: a way past the navigation, a focus that can be seen, and a palette that leads everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.pages import EVERY
from tests.browser.places import Places

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
STOPS = 14
ENTRANCE = "/accounts/"
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect()
  const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
  const name = `${element.tagName.toLowerCase()} ${element.className} «${(element.ariaLabel ?? element.innerText ?? '').trim().slice(0, 40)}»`
  return {name, body: element === document.body, frame: element.tagName === 'IFRAME', shown: ring && seen}
}"""


@pytest.mark.parametrize(("role", "address"), [e for e in EVERY if not e[1].startswith(ENTRANCE)])
def test_the_first_tab_leads_past_the_navigation_and_the_focus_is_seen(
    role: str, address: str, browse: Callable[..., Page], desk: Callable[[str], Page], places: Places
) -> None:
    page = desk(role) if role else browse()
    page.goto(places.fill(address))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert hidden_stops(page) == []
    skip.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    assert page.evaluate("document.activeElement.id || document.querySelector(':target')?.id") == "content"


def hidden_stops(page: Page) -> list[str]:
    """Where the keyboard stops and nobody can see it, among the first stops of a page."""
    hidden = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["body"] or stop["frame"]:
            break
        if not stop["shown"]:
            hidden.append(stop["name"])
    return hidden


def test_the_palette_opens_finds_and_leads_there(desk: Callable[[str], Page]) -> None:
    page = desk("marketing")
    page.goto("/")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Suche")
    expect(field).to_be_focused()
    page.keyboard.type("trichter")
    option = page.get_by_role("option", name="Trichter")
    expect(option).to_have_attribute("aria-selected", "true")
    assert serious(page) == []
    Camera("tasten").take(page, "palette", narrow=True, dark=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/funnel")
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.type("gibt es nicht")
    expect(page.get_by_role("option", name="gibt es nicht")).to_be_disabled()
    assert serious(page) == []
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()


def test_keys_lead_to_pages_and_tell_of_themselves(desk: Callable[[str], Page]) -> None:
    page = desk("marketing")
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Tastenkürzel")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/people")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/people/\d+$"))

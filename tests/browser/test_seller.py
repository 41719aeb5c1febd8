"""A seller's day: somebody becomes ripe while the inbox is open, is accepted, shown a demo, and buys."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.record import open_person
from tests.browser.ripen import Almost, almost_ripe, look_at_prices
from tests.walks.house import House

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DEAL = "Talentwerk für 120 Personen"


def test_from_the_live_inbox_to_the_contract(
    house: House, browse: Callable[..., Page], desk: Callable[[str], Page]
) -> None:
    who = almost_ripe(house, "Nadine", "Oberholzer-Bruderer", "Seilbahnen Muster AG")
    page, camera = desk("seller"), Camera("verkauf")
    page.goto("/inbox")
    expect(page.locator("live-stream[data-line=on]")).to_be_attached()
    camera.take(page, "eingang")
    page.evaluate("window.sameDocument = true")
    look_at_prices(browse(), who)
    accept(page, who, camera)
    hold_a_demo(page, camera)
    open_a_deal(page, camera)
    move_and_win(page, camera)
    is_customer(page, who, camera)


def accept(page: Page, who: Almost, camera: Camera) -> None:
    """The row and the sentence come by themselves: nobody touches the page."""
    name = f"{who.first} {who.last}"
    row = page.get_by_role("listitem").filter(has_text=name)
    expect(row).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text(f"Neu für Sie: {name}, {who.company}")
    assert page.evaluate("window.sameDocument") is True
    camera.take(page, "neu-im-eingang", narrow=True, dark=True)
    row.get_by_role("link", name=name).click()
    brief = page.locator("#aside")
    expect(brief).to_contain_text("Warum jetzt")
    expect(brief).to_contain_text("Webinar")
    assert serious(page) == []
    camera.take(page, "brief", narrow=True, dark=True)
    page.keyboard.press("a")
    expect(brief).to_contain_text("Angenommen von Vera Brunner")
    camera.take(page, "angenommen")


def hold_a_demo(page: Page, camera: Camera) -> None:
    page.get_by_role("link", name="Demo planen").click()
    sheet = page.get_by_role("dialog", name="Nächsten Schritt planen")
    sheet.get_by_label("Betreff").fill("Live-Demo für Nadine")
    camera.take(page, "demo-planen", narrow=True, dark=True)
    sheet.get_by_role("button", name="Planen").click()
    expect(sheet).to_be_hidden()
    page.goto("/activities")
    expect(page.get_by_text("Live-Demo für Nadine")).to_be_visible()
    camera.take(page, "geplant", narrow=True)
    page.get_by_role("button", name="Erledigt: Live-Demo für Nadine").press("Enter")
    expect(page.get_by_role("button", name="Erledigt: Live-Demo für Nadine")).to_have_count(0)


def open_a_deal(page: Page, camera: Camera) -> None:
    page.goto("/inbox")
    page.get_by_role("link", name=re.compile("Nadine Oberholzer")).first.click()
    page.get_by_role("link", name="Deal eröffnen").click()
    sheet = page.get_by_role("dialog", name="Neuer Deal")
    sheet.get_by_label("Worum geht es?").fill(DEAL)
    sheet.get_by_label("Betrag").fill("14’400")
    assert serious(page) == []
    camera.take(page, "deal-eroeffnen", narrow=True, dark=True)
    sheet.get_by_role("button", name="Deal eröffnen").click()
    expect(sheet).to_be_hidden()
    expect(page.locator("#toasts")).to_contain_text(DEAL)
    page.goto("/deals")
    page.get_by_role("link", name=DEAL).click()
    expect(page.get_by_role("heading", name=DEAL)).to_be_visible()
    camera.take(page, "deal", narrow=True, dark=True)


def move_and_win(page: Page, camera: Camera) -> None:
    """By keyboard with the menu of the card, and by mouse."""
    page.goto("/deals")
    camera.take(page, "brett", narrow=True, dark=True)
    menu = page.get_by_role("button", name=f"«{DEAL}» verschieben")
    open_menu(page, menu)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Präsentation")).to_be_focused()
    assert serious(page) == []
    camera.take(page, "verschieben")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Präsentation")).to_contain_text(DEAL)
    camera.take(page, "verschoben")
    drag(page, DEAL, "Entscheid")
    open_menu(page, menu)
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Gewonnen …")).to_be_focused()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name=re.compile("Gewonnen"))
    camera.take(page, "gewonnen", narrow=True, dark=True)
    sheet.get_by_role("button", name="Als gewonnen").press("Enter")
    expect(sheet).to_be_hidden()
    expect(page.locator("#board")).not_to_contain_text(DEAL)


def drag(page: Page, deal: str, to: str) -> None:
    """With the mouse, as most people do it; the server knows it when the page is loaded again."""
    card, goal = page.locator("[data-card]", has_text=deal), page.get_by_role("region", name=to)
    card.hover()
    page.mouse.down()
    goal.locator("[data-column]").hover(position={"x": 60, "y": 20})
    goal.locator("[data-column]").hover(position={"x": 60, "y": 24})
    with page.expect_response(lambda answer: answer.url.endswith("/stage") or "/stage?" in answer.url) as moved:
        page.mouse.up()
    assert moved.value.ok
    page.reload()
    expect(goal).to_contain_text(deal)


def open_menu(page: Page, button: Locator) -> None:
    button.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()


def is_customer(page: Page, who: Almost, camera: Camera) -> None:
    open_person(page, who.email, f"{who.first} {who.last}", stage="Kunde")
    expect(page.locator(".timeline")).to_contain_text("Live-Demo für Nadine")
    camera.take(page, "kundin", narrow=True, dark=True)

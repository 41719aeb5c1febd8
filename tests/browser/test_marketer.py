"""A marketer's morning: numbers, people, one person's points, and the pages that say how the house works."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_morning_in_marketing(browse: Callable[..., Page]) -> None:
    page, camera = browse(), Camera("marketing")
    page.goto("/people")
    page.wait_for_url("**/accounts/login/**")
    camera.take(page, "anmelden", narrow=True, dark=True)
    sign_in(page, "marketing")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Miriam")
    camera.take(page, "uebersicht", narrow=True, dark=True)
    find_people(page, camera)
    read_a_person(page, camera)
    read_the_ways(page, camera)


def find_people(page: Page, camera: Camera) -> None:
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Personen").click()
    rows = page.locator("#people tbody tr")
    expect(rows.first).to_be_visible()
    camera.take(page, "personen", narrow=True, dark=True)
    name = rows.first.locator("a[data-open]").inner_text().splitlines()[-1]
    page.get_by_role("searchbox", name="Personen suchen").press_sequentially(name)
    expect(page).to_have_url(re.compile("q="))
    expect(rows.filter(has_not_text=name)).to_have_count(0)
    expect(rows.first).to_contain_text(name)
    camera.take(page, "suche")
    page.goto("/people")
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Personen zeigen nach").select_option(label="Punktestand")
    page.get_by_label("Bedingung").select_option(">=")
    page.get_by_label("Wert").fill("50")
    assert serious(page) == []
    camera.take(page, "filter", narrow=True)
    page.get_by_role("button", name="Anwenden").click()
    expect(page.locator(".toolbar")).to_contain_text("50")
    scores = [number(text) for text in page.locator("#people .score").all_inner_texts()]
    assert scores
    assert min(scores) >= 50
    camera.take(page, "gefiltert", narrow=True)


def read_a_person(page: Page, camera: Camera) -> None:
    page.locator("#people tbody tr").first.locator("a[data-open]").click()
    page.wait_for_url(re.compile(r"/people/\d+$"))
    camera.take(page, "person", narrow=True, dark=True)
    table = page.locator("#points table")
    points = [exactly(text) for text in table.locator("tbody .points").all_inner_texts()]
    total = exactly(table.locator("tfoot td, tfoot th").last.inner_text())
    assert points
    assert sum(points) == total
    shown = page.locator("header .score, .page .score").first.inner_text()
    assert number(shown) == total.quantize(Decimal(1), ROUND_HALF_UP)
    expect(page.get_by_role("list", name="Stufen").locator("[aria-current=step]")).to_have_count(1)
    page.locator(".consent summary").first.click()
    expect(page.locator(".consent blockquote").first).to_contain_text("Talentwerk")
    page.locator(".consent").first.scroll_into_view_if_needed()
    camera.take(page, "einwilligung")
    expect(page.locator(".timeline")).to_be_visible()
    page.locator(".timeline a[href^='/why/']").first.click()
    page.wait_for_url("**/why/*")
    expect(page.get_by_role("heading", name="Warum ist das geschehen?")).to_be_visible()
    assert page.locator(".chain > li").count() >= 1
    camera.take(page, "warum", narrow=True, dark=True)


def number(text: str) -> int:
    """+40, −10 or 1’234 as Swiss pages write it; what follows, as a grade, is left out."""
    found = re.match(r"[^\d−-]*([−-]?[\d’]+)", text)
    assert found, text
    return int(found[1].replace("−", "-").replace("’", ""))


def exactly(text: str) -> Decimal:
    """+9.49, −10 or 1’234.5: what has faded is told to the hundredth."""
    return Decimal(re.sub(r"[^\d.-]", "", text.replace("−", "-")))


WAYS = {
    "/scoring": ("Bewertung", "Webinar angemeldet"),
    "/journeys": ("Journeys", "Vom Whitepaper zur Demo"),
    "/funnel": ("Trichter", "SQL"),
    "/mailbox": ("Postfach", "Postfach"),
    "/playbook": ("Playbook", "scoring.toml"),
    "/content": ("Inhalte", "5 Schritte"),
}


def read_the_ways(page: Page, camera: Camera) -> None:
    for address, (title, words) in WAYS.items():
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_role("main")).to_contain_text(words)
        camera.take(page, address.strip("/"), narrow=True, dark=True)
    page.goto("/journeys")
    page.get_by_role("link", name="Vom Whitepaper zur Demo").click()
    expect(page.locator(".react-flow__node").first).to_be_visible()
    camera.take(page, "journey", narrow=True, dark=True)

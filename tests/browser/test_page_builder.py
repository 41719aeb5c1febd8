"""A marketer builds a page, drags, undoes, publishes, makes a variant; two visitors see theirs, one converts, the numbers say so."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAUSE = "new Promise((done) => setTimeout(done, 1200 - performance.now()))"
OLD, NEW = "Mehr Zeit für Menschen", "Weniger Papier, mehr Zeit"
FIRST = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_from_an_empty_page_to_honest_numbers(browse: Callable[..., Page], desk: Callable[[str], Page]) -> None:
    page, camera = desk("marketing"), Camera("baukasten")
    address = build(page, camera)
    drag_and_undo(page)
    publish(page)
    make_variant(page, camera)
    seen = [look(browse, address, key) for key in visitors()]
    assert set(seen) == {OLD, NEW}
    assert look(browse, address, visitors()[0]) == seen[0], "who comes again sees the same"
    convert(browse, address, visitors()[0])
    report(page, camera)


def build(page: Page, camera: Camera) -> str:
    page.goto("/pages/new")
    page.get_by_label("Titel").fill("Zeit gewinnen")
    page.get_by_text("Demo-Anfrage").click()
    page.get_by_role("button", name="Beginnen").click()
    page.wait_for_url(re.compile(r"/pages/\d+"))
    title = page.locator("#b-form").get_by_label("Überschrift", exact=True)
    title.fill(OLD)
    expect(page.locator("[data-saved]")).to_have_text("Gespeichert")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text(OLD)
    assert serious(page) == []
    camera.take(page, "editor", narrow=True, dark=True)
    return "/p/zeit-gewinnen"


def labels(page: Page) -> list[str]:
    return page.locator("#b-list [data-id]").evaluate_all("rows => rows.map((row) => row.dataset.label)")


def drag_and_undo(page: Page) -> None:
    rows = page.locator("#b-list [data-pick]")
    expect(rows).to_have_count(3)
    assert labels(page) == ["Auftakt", "Vorteile", "Zitat"]
    drawn = page.frame_locator("iframe").locator("[data-block]")
    quote = drawn.nth(2).text_content() or ""
    rows.nth(2).drag_to(rows.nth(1), target_position={"x": 60, "y": 4})
    expect(page.locator("#live")).to_have_text("Zitat: Platz 2 von 3")
    expect(page.locator("#b-list [data-id]").nth(1)).to_have_attribute("data-label", "Zitat")
    expect(drawn.nth(1)).to_have_text(quote)
    press(page, 1)
    expect(page.locator("#b-form-pane h2")).to_have_text("Zitat")
    page.locator("#b-list [aria-current]").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#b-list [data-id]").nth(1)).to_have_attribute("data-label", "Vorteile")
    page.locator("#b-list [data-pick]").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#live")).to_have_text("Auftakt: Platz 2 von 3")
    page.keyboard.press("Control+z")
    expect(page.locator("#b-list [data-id]").first).to_have_attribute("data-label", "Auftakt")


def press(page: Page, number: int) -> None:
    """Click a block in the preview, which is drawn smaller than it is: the browser knows where, the driver does not."""
    block = page.frame_locator("iframe").locator("[data-block]").nth(number)
    left, top, wide = block.evaluate(
        "(block) => { const at = block.getBoundingClientRect(); return [at.x + 40, at.y + 40, innerWidth] }"
    )
    frame = page.locator(".builder-frame iframe").bounding_box()
    assert frame
    scale = frame["width"] / wide
    page.mouse.click(frame["x"] + left * scale, frame["y"] + top * scale)


def publish(page: Page) -> None:
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.locator("#toasts")).to_contain_text("Veröffentlicht")


def make_variant(page: Page, camera: Camera) -> None:
    page.get_by_role("link", name="A/B-Test").click()
    page.get_by_placeholder("kürzere Schlagzeile").fill("Papier")
    page.get_by_role("button", name="Variante anlegen").click()
    page.locator("#b-form").get_by_label("Überschrift", exact=True).fill(NEW)
    expect(page.locator("[data-saved]")).to_have_text("Gespeichert")
    page.get_by_role("link", name="Zum Test").click()
    page.get_by_role("button", name="Test starten").click()
    expect(page.get_by_role("heading", name="Noch zu früh für eine Aussage")).to_be_visible()
    assert serious(page) == []
    camera.take(page, "test-beginnt", narrow=True, dark=True)


def visitors() -> list[str]:
    return [f"00000000-0000-4000-8000-0000000000{n:02d}" for n in range(12)]


def come(browse: Callable[..., Page], address: str, key: str) -> Page:
    page = browse(user_agent=FIRST)
    base = page.context.browser and address
    assert base
    page.context.add_cookies(
        [
            {"name": name, "value": value, "url": origin(browse)}
            for name, value in (("reif_c", "personal"), ("reif_v", key))
        ]
    )
    page.goto(address)
    return page


def origin(browse: Callable[..., Page]) -> str:
    page = browse()
    page.goto("/p/zeit-gewinnen")
    found: str = page.evaluate("location.origin")
    page.context.close()
    return found


def look(browse: Callable[..., Page], address: str, key: str) -> str:
    page = come(browse, address, key)
    words = page.get_by_role("heading", level=1).inner_text()
    assert page.locator("html").get_attribute("data-variant") == f"zeit-gewinnen/{'b' if words == NEW else 'a'}"
    page.context.close()
    return words


def convert(browse: Callable[..., Page], address: str, key: str) -> None:
    page = come(browse, address, key)
    page.get_by_label("Geschäftliche E-Mail").fill("lea.test@spital-muster.example")
    page.get_by_label("Vor- und Nachname").fill("Lea Test")
    page.get_by_label("Unternehmen").fill("Spital Muster")
    page.evaluate(PAUSE)
    page.get_by_role("button", name="Demo vereinbaren").click()
    expect(page.get_by_role("heading", name=re.compile("Dank|gesendet"))).to_be_visible()


def report(page: Page, camera: Camera) -> None:
    """The worker has counted the form a moment later; the page says both and claims nothing."""
    for _attempt in range(20):
        page.reload()
        if page.get_by_text("(1 / ").count():
            break
    expect(page.get_by_text("(1 / ")).to_have_count(1)
    expect(page.get_by_role("heading", name="Noch zu früh für eine Aussage")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("jede Variante braucht 200 Besuche")
    camera.take(page, "test-zahlen", narrow=True, dark=True)

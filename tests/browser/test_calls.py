"""Calls to action and the question for consent, in Chromium: on our own pages, and on a page of another site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.foreign import Foreign
from tests.browser.watch import Watch
from tests.walks.house import House

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LEAVE = """document.documentElement.dispatchEvent(new MouseEvent('mouseleave', {clientY: -1, relatedTarget: null}))"""
KEPT = "Object.keys(localStorage).concat(Object.keys(sessionStorage))"


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    server = Foreign()
    yield server
    server.shutdown()
    server.server_close()


def answered(page: Page, level: str = "Ablehnen") -> None:
    page.get_by_role("region", name="Dürfen wir mitlesen?").get_by_role("button", name=level).click()


def leave(page: Page) -> None:
    """The mouse moves, and is gone by the top."""
    page.wait_for_timeout(3200)  # the call waits three seconds, as its rules say
    page.mouse.move(400, 300)
    page.mouse.move(420, 200)
    page.evaluate(LEAVE)


def test_a_call_on_leaving_waits_for_the_answer_and_gives_the_focus_back(browse: Callable[..., Page]) -> None:
    page, camera = browse(), Camera("aufruf")
    told: list[dict[str, Any]] = []
    page.on("request", lambda request: told.append(request.post_data_json) if request.url.endswith("/e") else None)
    page.goto("/preise")
    leave(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    answered(page, "Alle annehmen")
    dialog = page.get_by_role("dialog", name="Noch eine Frage zu den Preisen?")
    expect(dialog).to_be_visible()
    camera.take(page, "beim-verlassen", narrow=True, dark=True)
    assert serious(page) == []
    for _ in range(6):
        page.keyboard.press("Tab")
        inside = (
            "() => document.activeElement.shadowRoot?.activeElement != null || document.activeElement == document.body"
        )
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.evaluate(LEAVE)
    expect(page.get_by_role("dialog")).to_have_count(0)
    did = [one["d"]["did"] for one in told if one["t"] == "call"]
    assert did == ["viewed", "dismissed"]
    assert page.evaluate(KEPT) == ["reif_calls", "reif_calls"]
    page.reload()
    leave(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate("reif.consent('none')")
    assert page.evaluate(KEPT) == []


def test_without_consent_a_call_may_come_and_nothing_is_stored_or_counted(browse: Callable[..., Page]) -> None:
    page = browse()
    told: list[str] = []
    page.goto("/preise")
    answered(page)
    page.on("request", lambda request: told.append(request.url) if request.url.endswith("/e") else None)
    leave(page)
    expect(page.get_by_role("dialog", name="Noch eine Frage zu den Preisen?")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate(KEPT) == []
    assert told == []


def test_a_finger_gets_no_call_on_leaving(browse: Callable[..., Page]) -> None:
    page = browse(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page.goto("/preise")
    answered(page)
    leave(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_bar_stands_at_the_bottom_and_leads_on(browse: Callable[..., Page]) -> None:
    page = browse()
    page.goto("/site")
    answered(page, "Nur Statistik")
    bar = page.get_by_role("region", name="Webinar: Recruiting-Trends")
    expect(bar).to_be_visible()
    assert serious(page) == []
    with page.expect_request(lambda request: request.url.endswith("/e") and '"clicked"' in (request.post_data or "")):
        bar.get_by_role("link", name="Platz sichern").click()
    page.wait_for_url("**/p/webinar-recruiting-trends*")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_foreign_page_asks_for_consent_in_its_own_language(
    browse: Callable[..., Page], foreign: Foreign, house: House, watch: Watch, scheme: str
) -> None:
    watch.forgive("favicon")
    page = browse(color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    head = f'<script src="{house.base}/t.js" data-banner data-calls defer></script>'
    page.goto(foreign.show("<p><button data-consent-open>Privacy</button></p>", head, "en"))
    banner = page.get_by_role("region", name="May we look along?")
    expect(banner).to_be_visible()
    assert [url for url in asked if url.endswith("/e")] == []
    assert page.context.cookies() == []
    assert serious(page) == []
    page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("Tab")
    with page.expect_request(lambda request: request.url.endswith("/e")):
        page.keyboard.press("Enter")
    expect(banner).to_be_hidden()
    assert page.evaluate("reif.level()") == "personal"
    page.get_by_role("button", name="Privacy").click()
    expect(banner.get_by_role("button", name="Accept all")).to_have_attribute("aria-pressed", "true")
    banner.get_by_role("button", name="Reject").click()
    assert page.evaluate("[reif.level(), document.cookie]") == ["none", "reif_c=none"]
    expect(page.get_by_role("button", name="Privacy")).to_be_focused()


def test_a_browser_that_refuses_is_not_asked_and_is_told_why(browse: Callable[..., Page]) -> None:
    page = browse()
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    page.goto("/preise")
    page.wait_for_load_state("networkidle")
    banner = page.get_by_role("region", name="Dürfen wir mitlesen?")
    expect(banner).to_be_hidden()
    page.get_by_role("button", name="Datenschutz-Einstellungen").click()
    expect(banner.get_by_text("Global Privacy Control")).to_be_visible()
    banner.get_by_role("button", name="Schliessen").click()
    expect(banner).to_be_hidden()
    assert page.context.cookies() == []


WHILE = 1500  # milliseconds
PAUSE = f"new Promise((done) => setTimeout(done, {WHILE}))"
"""Who sends a form within a second of its arrival is asked to look again."""
FORM = "newsletter"


@pytest.fixture
def three(desk: Callable[[str], Page]) -> Iterator[None]:
    """A popup, what slides in and a call in the text, each with a form in it, each on a page of its own."""
    page, made = desk("marketing"), []
    for kind, where in (("popup", "/p/demo"), ("slide", "/preise"), ("inline", "/blog/neue-hr-tools-2026")):
        page.goto(f"/calls/new?kind={kind}")
        page.get_by_label("Name", exact=True).fill(f"Formular als {kind}")
        page.get_by_label("Titel", exact=True).fill(f"Brief als {kind}")
        page.get_by_label("Formular darin").select_option(FORM)
        page.get_by_label("Auf diesen Seiten").fill(where)
        page.get_by_label("Vorrang").fill("99")
        page.get_by_role("button", name="Speichern").click()
        page.get_by_role("button", name="Einschalten").click()
        expect(page.get_by_text("Er wird ab jetzt gezeigt.")).to_be_visible()
        made.append(page.url)
    yield
    for address in made:
        page.goto(address)
        page.get_by_role("button", name="Ausschalten").click()


@pytest.mark.usefixtures("three")
def test_a_form_in_each_kind_of_call_is_sent_where_it_stands(
    browse: Callable[..., Page], desk: Callable[[str], Page]
) -> None:
    page, camera = browse(), Camera("aufruf-formular")
    told = counted(page)
    page.goto("/p/demo")
    answered(page, "Alle annehmen")
    popup(page, camera)
    page.goto("/preise")
    slide(page, camera)
    page.goto("/blog/neue-hr-tools-2026")
    inline(page, camera)
    assert [did for _slug, did in told if did == "converted"] == ["converted"] * 3
    staff = desk("marketing")
    staff.goto(f"/forms/{FORM}/submissions")
    for kind in ("popup", "slide", "inline"):
        expect(staff.get_by_text(f"{kind}.ruf@seeblick-muster.example").first).to_be_visible()
    staff.goto(f"/forms/{FORM}")
    expect(staff.get_by_role("main")).to_contain_text("/preise")


def counted(page: Page) -> list[tuple[str, str]]:
    """What the page says about calls, as it says it."""
    told: list[tuple[str, str]] = []

    def hear(request: Any) -> None:
        if request.url.endswith("/e") and (said := json.loads(request.post_data or "{}")).get("t") == "call":
            told.append((said["d"]["call"], said["d"]["did"]))

    page.on("request", hear)
    return told


def send(place: Any, name: str) -> None:
    """Fill in the form of a call, and read the thanks in its place."""
    place.page.evaluate(PAUSE)
    place.get_by_label("E-Mail", exact=True).fill(f"{name}.ruf@seeblick-muster.example")
    place.get_by_role("checkbox").first.check()
    place.get_by_role("button", name="Abonnieren").click()
    expect(place.get_by_text(re.compile("Postfach|bestätigen", re.I)).first).to_be_visible()


def popup(page: Page, camera: Camera) -> None:
    """The keyboard stays inside; after it is closed the focus is where it was, and it does not come a second time."""
    dialog = page.get_by_role("dialog", name="Brief als popup")
    expect(dialog.get_by_label("E-Mail", exact=True)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(1)
    assert serious(page) == []
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement == document.body || !!document.activeElement.shadowRoot")
    send(dialog, "popup")
    camera.take(page, "popup", narrow=True, dark=True)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.reload()
    page.evaluate(PAUSE)
    expect(page.get_by_role("dialog")).to_have_count(0)


def slide(page: Page, camera: Camera) -> None:
    part = page.get_by_role("region", name="Brief als slide")
    expect(part.get_by_label("E-Mail", exact=True)).to_be_visible()
    assert serious(page) == []
    send(part, "slide")
    camera.take(page, "gleitet-herein", narrow=True, dark=True)
    part.get_by_role("button", name="Schliessen").click()
    expect(part).to_have_count(0)


def inline(page: Page, camera: Camera) -> None:
    """The server has drawn it: it is there before any script, and nothing of it lies in a shadow."""
    part = page.locator("section.call-here[data-kind=inline]")
    part.scroll_into_view_if_needed()
    assert serious(page) == []
    camera.take(page, "im-text", narrow=True, dark=True)
    send(part, "inline")


@pytest.mark.usefixtures("three")
def test_a_call_in_the_text_works_without_a_script_and_moves_nothing(browse: Callable[..., Page]) -> None:
    plain = browse(java_script_enabled=False)
    plain.goto("/blog/neue-hr-tools-2026")
    plain.wait_for_timeout(WHILE)
    part = plain.locator("section.call-here[data-kind=inline]")
    part.get_by_label("E-Mail", exact=True).fill("ohne.skript.ruf@seeblick-muster.example")
    part.get_by_role("checkbox").first.check()
    part.get_by_role("button", name="Abonnieren").click()
    expect(plain.get_by_role("heading", name="Vielen Dank")).to_be_visible()
    page = browse(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.add_init_script(
        "new PerformanceObserver((list) => { window.shift = list.getEntries().reduce((sum, one) => sum + one.value, window.shift || 0) })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto("/blog/neue-hr-tools-2026")
    answered(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift || 0") < 0.02
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

"""Calls to action and the question for consent, in Chromium: on our own pages, and on a page of another site."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.watch import Watch
from tests.walks.house import House

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LEAVE = """document.documentElement.dispatchEvent(new MouseEvent('mouseleave', {clientY: -1, relatedTarget: null}))"""
KEPT = "Object.keys(localStorage).concat(Object.keys(sessionStorage))"


class Foreign(ThreadingHTTPServer):
    """A site that is not ours, on another port, with our script in its head."""

    daemon_threads = True

    def __init__(self, house: str) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.page = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title>
<script src="{house}/t.js" data-banner data-calls defer></script><main><h1>Elsewhere</h1><p>Some words.</p>
<p><button data-consent-open>Privacy</button></p></main>"""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Foreign

    def do_GET(self) -> None:
        body = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Tests print nothing."""


@pytest.fixture
def foreign(house: House) -> Iterator[Foreign]:
    server = Foreign(house.base)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


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
    browse: Callable[..., Page], foreign: Foreign, watch: Watch, scheme: str
) -> None:
    watch.forgive("favicon")
    page = browse(color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(foreign.url)
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

"""The tracking script in a real browser: silent before consent, honest after it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

SCRIPT = Path(__file__).resolve().parents[2] / "src/reif/staff/static/dist/t.js"
PAGE = """<!doctype html><title>Preise</title><script src="/t.js" defer></script><div style="height:3000px"></div>
<a id="out" href="http://127.0.0.1:9/away">fort</a><a id="file" href="/files/whitepaper.pdf">Whitepaper</a>"""
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class Site(ThreadingHTTPServer):
    """A page that carries the script, and a door that remembers what it was told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.told: list[dict[str, Any]] = []
        self.types: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        if self.path == "/t.js":
            return self.say("text/javascript", SCRIPT.read_bytes())
        if self.path.startswith("/files/"):
            return self.say("application/pdf", b"%PDF-1.4")
        return self.say("text/html", PAGE.encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.types.add(self.headers["Content-Type"])
        self.server.told.append(json.loads(body))
        self.say("text/plain", b"", 204)

    def say(self, kind: str, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Tests print nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(open_browser: Callable[[], BrowserContext]) -> Iterator[Page]:
    context = open_browser()
    yield context.new_page()
    context.close()


def kinds(site: Site) -> list[str]:
    return [told["t"] for told in site.told]


def wait_for(page: Page, site: Site, kind: str) -> dict[str, Any]:
    for _ in range(50):
        if kind in kinds(site):
            return next(told for told in reversed(site.told) if told["t"] == kind)
        page.wait_for_timeout(50)
    raise AssertionError(f"no {kind} came, only {kinds(site)}")


def test_nothing_is_stored_or_sent_before_consent(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    page.evaluate("reif.track('looked'); history.pushState({}, '', '/preise/gross')")
    page.mouse.wheel(0, 1500)
    page.goto(site.url + "/blog")
    page.wait_for_timeout(200)
    assert site.told == []
    assert page.context.cookies() == []


def test_personal_consent_sends_the_view_with_a_lasting_id(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise?utm_source=mail")
    page.evaluate("reif.consent('personal')")
    view = wait_for(page, site, "view")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert (view["u"], view["ti"], view["c"]) == (site.url + "/preise?utm_source=mail", "Preise", "personal")
    assert view["v"] == cookies["reif_v"]["value"]
    assert cookies["reif_v"]["sameSite"] == "Lax"
    assert site.types == {"text/plain;charset=UTF-8"}
    page.goto(site.url + "/blog")
    wait_for(page, site, "leave")
    assert {told["v"] for told in site.told} == {view["v"]}
    assert len({told["m"] for told in site.told}) == len(site.told)


def test_aggregate_consent_has_no_id_and_no_visitor_cookie(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('aggregate')")
    view = wait_for(page, site, "view")
    assert view["v"] is None
    assert [cookie["name"] for cookie in page.context.cookies()] == ["reif_c"]


def test_taking_consent_back_erases_the_id_and_ends_sending(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('personal')")
    wait_for(page, site, "view")
    page.evaluate("reif.consent('none')")
    before = len(site.told)
    page.goto(site.url + "/blog")
    page.wait_for_timeout(200)
    assert len(site.told) == before
    assert [(cookie["name"], cookie["value"]) for cookie in page.context.cookies()] == [("reif_c", "none")]


def test_moves_inside_a_page_and_clicks_are_said(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('personal')")
    page.evaluate("history.pushState({}, '', '/preise/gross')")
    page.wait_for_timeout(100)
    views = [told for told in site.told if told["t"] == "view"]
    assert [view["u"] for view in views] == [site.url + "/preise", site.url + "/preise/gross"]
    assert views[1]["r"] == site.url + "/preise"
    assert wait_for(page, site, "leave")["u"] == site.url + "/preise"
    page.evaluate("reif.track('rechner', {seats: 40})")
    assert wait_for(page, site, "event")["d"] == {"name": "rechner", "props": {"seats": 40}}
    page.evaluate("document.getElementById('file').addEventListener('click', (event) => event.preventDefault())")
    page.click("#file")
    assert wait_for(page, site, "click")["d"] == {"href": site.url + "/files/whitepaper.pdf", "kind": "download"}


def test_a_browser_signal_is_a_no_until_the_person_says_otherwise(site: Site, page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    page.goto(site.url + "/preise")
    assert page.evaluate("reif.level()") == "none"
    page.evaluate("reif.consent('personal')")
    assert wait_for(page, site, "view")["c"] == "personal"

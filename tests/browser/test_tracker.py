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
PAGE = """<!doctype html><html lang="de" data-variant="preise/b"><title>Preise</title><script src="/t.js" defer></script>
<div style="height:3000px"></div><a id="out" href="http://127.0.0.1:9/away">fort</a>
<a id="file" href="/files/whitepaper.pdf">Whitepaper</a><button id="said" data-reif-event="rechner-offen">Rechner</button>
<form data-form="kontakt"><input id="name" name="name"><input id="mail" name="email"></form>
<form id="suche"><input id="word" name="q"></form><div id="host"></div>"""
STORED = """async () => ({cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
workers: (await navigator.serviceWorker.getRegistrations()).length})"""
NOTHING = {"cookies": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0}
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
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + "/preise")
    page.evaluate("reif.track('looked'); history.pushState({}, '', '/preise/gross')")
    page.mouse.wheel(0, 1500)
    page.fill("#name", "Vera")
    page.click("#said")
    page.goto(site.url + "/blog")
    page.wait_for_load_state("networkidle")
    assert site.told == []
    assert [url for url in asked if url.endswith("/e")] == []
    assert page.context.cookies() == []
    assert page.evaluate(STORED) == NOTHING
    assert page.evaluate("[reif.level(), reif.id()]") == ["wait", None]


def test_after_a_no_only_the_answer_is_kept_and_counted(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise?utm_source=letter")
    page.evaluate("reif.consent('none')")
    answer = wait_for(page, site, "consent")
    assert {"u", "r", "v", "ti", "tz"} & {name for name, value in answer.items() if value} == set()
    assert answer["c"] == "none"
    page.fill("#name", "Vera")
    page.goto(site.url + "/blog")
    page.wait_for_load_state("networkidle")
    assert kinds(site) == ["consent"]
    assert page.evaluate(STORED) == NOTHING | {"cookies": "reif_c=none"}


def test_personal_consent_sends_the_view_with_a_lasting_id(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise?utm_source=mail")
    page.evaluate("reif.consent('personal')")
    view = wait_for(page, site, "view")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert (view["u"], view["ti"], view["c"]) == (site.url + "/preise?utm_source=mail", "Preise", "personal")
    assert (view["va"], view["tz"]) == ("preise/b", page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone"))
    assert view["v"] == cookies["reif_v"]["value"]
    assert cookies["reif_v"]["sameSite"] == "Lax"
    assert site.types == {"text/plain;charset=UTF-8"}
    page.goto(site.url + "/blog")
    wait_for(page, site, "leave")
    assert {told["v"] for told in site.told if told["t"] != "consent"} == {view["v"]}
    assert len({told["m"] for told in site.told}) == len(site.told)


def test_aggregate_consent_has_no_id_and_no_visitor_cookie(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('aggregate')")
    view = wait_for(page, site, "view")
    assert view["v"] is None
    assert "tz" not in view
    assert [cookie["name"] for cookie in page.context.cookies()] == ["reif_c"]


def test_taking_consent_back_erases_the_id_and_ends_sending(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('personal')")
    wait_for(page, site, "view")
    page.evaluate("reif.consent('none')")
    page.goto(site.url + "/blog")
    page.wait_for_load_state("networkidle")
    after = site.told[[told["c"] for told in site.told].index("none") :]
    assert [(told["t"], told.get("v")) for told in after] == [("consent", None)]
    assert page.evaluate(STORED) == NOTHING | {"cookies": "reif_c=none"}
    earlier = {told.get("v") for told in site.told}
    page.evaluate("reif.consent('personal')")
    assert page.evaluate("reif.id()") not in earlier


def test_every_answer_is_counted_once(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    for choice in ("aggregate", "aggregate", "personal", "none"):
        page.evaluate(f"reif.consent('{choice}')")
    page.wait_for_load_state("networkidle")
    assert [told["c"] for told in site.told if told["t"] == "consent"] == ["aggregate", "personal", "none"]


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


def test_links_that_lead_away_and_named_buttons(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('personal')")
    page.evaluate("document.getElementById('out').addEventListener('click', (event) => event.preventDefault())")
    page.click("#out")
    assert wait_for(page, site, "click")["d"] == {"href": "http://127.0.0.1:9/away", "kind": "outbound"}
    page.click("#said")
    assert wait_for(page, site, "event")["d"]["name"] == "rechner-offen"


def test_a_form_is_begun_once_by_its_name_in_a_shadow_too(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('aggregate')")
    page.fill("#name", "Vera")
    page.fill("#mail", "vera@firma.example")
    page.fill("#word", "preise")
    page.evaluate("""() => {
        const root = document.getElementById('host').attachShadow({mode: 'open'})
        root.innerHTML = '<form name="demo"><input id="inside"></form>'
    }""")
    page.fill("#inside", "x")
    page.wait_for_load_state("networkidle")
    assert [told["d"]["form"] for told in site.told if told["t"] == "form"] == ["kontakt", "suche", "demo"]
    assert "vera" not in json.dumps(site.told).lower()


def test_how_far_and_how_long_is_said_when_the_page_is_left(site: Site, page: Page) -> None:
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('aggregate')")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("scrollY > 1000")
    page.goto(site.url + "/blog")
    left = wait_for(page, site, "leave")
    assert left["u"] == site.url + "/preise"
    assert left["d"]["scroll"] >= 95
    assert left["d"]["engaged"] > 0


def test_without_beacons_a_request_that_outlives_the_page_is_made(site: Site, page: Page) -> None:
    page.add_init_script("navigator.sendBeacon = () => false")
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('personal')")
    wait_for(page, site, "view")
    page.goto(site.url + "/blog")
    assert wait_for(page, site, "leave")["u"] == site.url + "/preise"


def test_another_banner_may_have_answered_before_the_script_came(site: Site, page: Page) -> None:
    page.add_init_script("window.reif = [['consent', 'personal'], ['track', 'early', {a: 1}]]")
    page.goto(site.url + "/preise")
    assert wait_for(page, site, "event")["d"] == {"name": "early", "props": {"a": 1}}
    assert kinds(site).count("view") == 1


def test_others_hear_of_views_and_answers(site: Site, page: Page) -> None:
    page.add_init_script("""window.heard = []
        document.addEventListener('reif:consent', (event) => heard.push(event.detail))
        document.addEventListener('reif:view', (event) => heard.push(new URL(event.detail).pathname))""")
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('none'); history.pushState({}, '', '/preise/gross')")
    assert page.evaluate("heard") == ["/preise", "/preise", "none", "/preise/gross"]


def test_a_driven_browser_says_so(site: Site, page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'webdriver', {value: true})")
    page.goto(site.url + "/preise")
    page.evaluate("reif.consent('aggregate')")
    assert wait_for(page, site, "view")["w"] == 1


def test_global_privacy_control_is_a_no_whatever_the_page_says(site: Site, page: Page) -> None:
    page.context.add_cookies([{"name": name, "value": value, "url": site.url}
                              for name, value in (("reif_c", "personal"), ("reif_v", "an-older-id"))])  # fmt: skip
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    page.goto(site.url + "/preise")
    assert page.evaluate("[reif.level(), reif.id()]") == ["none", None]
    page.evaluate("reif.consent('personal')")
    page.wait_for_load_state("networkidle")
    assert site.told == []
    assert "reif_v" not in {cookie["name"] for cookie in page.context.cookies()}

"""One running demo house and one Chromium for all tests of this folder.

The house is a real one: door, pages and worker, filled by `reif demo`, with its built-in mailbox. Everything is closed
after the last test of the folder, since an open Chromium keeps an event loop that Django's tests would stumble over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, found
from tests.browser.places import Places
from tests.browser.watch import Watch
from tests.walks.house import House, a_house
from tests.walks.page import close_all

LIKE_A_PERSON = ["--disable-blink-features=AutomationControlled"]
PEOPLE = "120"
WIDE = {"width": 1440, "height": 900}
PATIENCE = 20_000
"""Milliseconds; a busy machine is slow, and what does not come fails all the same."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo company with a year of history, served."""
    with a_house(tmp_path_factory.mktemp("house"), mailbox=True) as (house, _post):
        house.run("demo", "--no-serve", "--people", PEOPLE)
        house.start()
        yield house
        close_all()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = found()
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS + LIKE_A_PERSON)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def open_browser(chromium: Browser) -> Callable[..., BrowserContext]:
    return chromium.new_context


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test when a page complained that nobody expected to."""
    watch = Watch()
    yield watch
    assert watch.complaints == []


@pytest.fixture
def browse(house: House, chromium: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Open a page of somebody who reads German and sits at a wide screen; `options` are those of a browser context."""
    opened: list[BrowserContext] = []
    agent = f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chromium.version} Safari/537.36"

    def open_one(**options: Any) -> Page:
        usual = {"locale": "de-CH", "timezone_id": "Europe/Zurich", "viewport": WIDE, "reduced_motion": "reduce"}
        context = chromium.new_context(**(usual | {"base_url": house.base, "user_agent": agent} | options))
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture(scope="package")
def sessions() -> dict[str, Any]:
    """The cookies of those who have signed in already, by role."""
    return {}


@pytest.fixture
def desk(browse: Callable[..., Page], sessions: dict[str, Any]) -> Callable[[str], Page]:
    """Sit down at the desk of one role: desk("seller")."""

    def sit_down(role: str) -> Page:
        if role in sessions:
            return browse(storage_state=sessions[role])
        page = browse()
        sign_in(page, role)
        sessions[role] = page.context.storage_state()
        return page

    return sit_down


def sign_in(page: Page, role: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-Mail").fill(f"{role}@demo.example")
    page.get_by_label("Passwort").fill("reif-demo")
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/")


@pytest.fixture(scope="package")
def places(house: House) -> Places:
    return Places(house.base)

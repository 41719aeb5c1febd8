"""Take the pictures of the README: start a demo of its own in a temporary home, walk through it in Chromium, write docs/pictures.

`make screenshots` runs it. The same seed makes the same people; what counts from today differs with the day.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.chromium import ARGUMENTS, found
from tests.walks.house import House

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
SIZE: ViewportSize = {"width": 1440, "height": 900}
LIMIT = 200_000


def open_page(address: str) -> Callable[[Page], None]:
    return lambda page: _go(page, address)


def first_hand_over(page: Page) -> None:
    """The inbox with its first hand-over open beside it."""
    _go(page, "/inbox")
    page.locator("[data-row] [data-open]").first.click()
    page.locator("#aside h2, #aside h3").first.wait_for()


def ripest_person(page: Page) -> None:
    """Whoever waits in the inbox has the fullest story."""
    _go(page, "/inbox")
    page.locator("[data-row] [data-open]").first.click()
    _go(page, page.locator("#aside a[href^='/people/']").first.get_attribute("href") or "/people")


def first_journey(page: Page) -> None:
    _go(page, "/journeys")
    page.locator("main a[href^='/journeys/']").first.click()
    page.locator(".react-flow__node").first.wait_for()


def last_back_test(page: Page) -> None:
    """What the history suggests first, tried beside what is in force and what happened."""
    _go(page, "/scoring/try")
    page.locator("main form button[type=submit]").click()
    page.locator(".stats").wait_for()
    first = page.url
    page.locator("#hints form button").first.click()
    page.wait_for_url(lambda url: url != first and re.search(r"/scoring/try/\d+$", url) is not None)
    page.locator(".stats").wait_for()
    page.locator("reif-chart svg").first.wait_for()


def ripest_score(page: Page) -> None:
    """Every point of whoever waits in the inbox."""
    ripest_person(page)
    _go(page, f"{page.url}/score")
    page.locator("reif-chart svg").first.wait_for()
    page.locator("reif-chart").first.evaluate("chart => chart.scrollIntoView({block: 'center'})")


def best_prediction(page: Page) -> None:
    """The model's card, once it has been learnt."""
    _go(page, "/prediction")
    page.locator("main h2").first.wait_for()


PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "home": ("manager", open_page("/")),
    "people": ("marketing", open_page("/people")),
    "person": ("seller", ripest_person),
    "inbox": ("seller", first_hand_over),
    "board": ("manager", open_page("/deals")),
    "funnel": ("analyst", open_page("/funnel")),
    "journey": ("marketing", first_journey),
    "scoring": ("marketing", open_page("/scoring")),
    "score": ("seller", ripest_score),
    "back-test": ("marketing", last_back_test),
    "prediction": ("analyst", best_prediction),
    "segments": ("marketing", open_page("/segments")),
    "personas": ("marketing", open_page("/personas")),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", default="800", help="how many people the demo has")
    parser.add_argument("--seed", default="20", help="another number makes other people")
    parser.add_argument("--base", default="", help="the address of a demo that runs already")
    parser.add_argument("--only", nargs="+", choices=PICTURES, default=list(PICTURES), help="take these pictures alone")
    given = parser.parse_args()
    subprocess.run([ROOT / "tools/ensure", "chromium", "chromium", "fonts-liberation"], check=True)
    if given.base:
        return _walk(given.base, given.only)
    with a_demo(given.people, given.seed) as base:
        return _walk(base, given.only)


@contextmanager
def a_demo(people: str, seed: str) -> Iterator[str]:
    """A running demo company in a home that is thrown away; gives its address."""
    with tempfile.TemporaryDirectory(prefix="reif-pictures-") as home:
        house = House(Path(home), "", None)
        house.run("demo", "--no-serve", "--people", people, "--seed", seed)
        try:
            house.start()
            yield house.base
        finally:
            house.stop()


def _walk(base: str, names: list[str]) -> int:
    (FOLDER / "de").mkdir(parents=True, exist_ok=True)
    path = found()
    if path is None:
        raise SystemExit("No Chromium in /usr/bin.")
    ways = {name: PICTURES[name] for name in names}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        desks = {role: _sign_in(browser, base, role) for role in {role for role, _way in ways.values()}}
        sizes = [_take(desks[role], way, name) for name, (role, way) in ways.items()]
        sizes += [_take(desks[role], way, f"{name}-dark", "dark") for name, (role, way) in ways.items()]
        for page in desks.values():
            _speak(page, "de")
        sizes += [_take(desks[role], way, f"de/{name}") for name, (role, way) in ways.items()]
        browser.close()
    return 1 if max(sizes) > LIMIT else 0


def _sign_in(browser: Browser, base: str, role: str) -> Page:
    """A page of somebody who reads English and has signed in."""
    context = browser.new_context(base_url=base, viewport=SIZE, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(f"{role}@demo.example")
    page.locator("[name=password]").fill(os.environ.get("REIF_DEMO_PASSWORD", "reif-demo"))
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"{base}/")
    _speak(page, "en")
    return page


def _speak(page: Page, language: str) -> None:
    """Choose the language of the interface, as the menu of the user does."""
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    words: dict[str, str | float | bool] = {"language": language, "csrfmiddlewaretoken": token}
    answer = page.request.post("/language", form=words, headers={"Referer": page.url})
    if not answer.ok:
        raise SystemExit(f"Choosing the language was answered with {answer.status}.")


def _take(page: Page, way: Callable[[Page], None], name: str, scheme: Literal["light", "dark"] = "light") -> int:
    """Walk to a page and keep what stands there; gives the size of the file."""
    page.emulate_media(color_scheme=scheme)
    way(page)
    page.evaluate("document.fonts.ready.then(() => null)")
    page.locator(".htmx-request").first.wait_for(state="detached")
    return _keep(FOLDER / f"{name}.webp", page.screenshot())


def _keep(path: Path, shot: bytes) -> int:
    """As WebP without loss, which is smaller than a PNG with a palette."""
    Image.open(io.BytesIO(shot)).convert("RGB").save(path, lossless=True, method=6)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size // 1000} kB{' IS OVER THE LIMIT' if size > LIMIT else ''}")
    return size


def _go(page: Page, address: str) -> None:
    answer = page.goto(address, wait_until="load")
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} did not answer well: no picture shows that.")


if __name__ == "__main__":
    sys.exit(main())

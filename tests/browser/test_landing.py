"""A landing page is light, scores high, and every kind of block can be used by everybody, in light and dark."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.camera import NARROW, overflow
from tests.browser.chromium import ARGUMENTS, found
from tests.browser.watch import Watch
from tests.walks.house import House
from tests.walks.page import form, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ROOT = Path(__file__).resolve().parents[2]
PAGE = "/p/whitepaper-mitarbeiterbindung"
LIGHT = 60_000
KINDS = [
    "hero",
    "text",
    "columns",
    "picture",
    "benefits",
    "quote",
    "form",
    "plans",
    "table",
    "faq",
    "agenda",
    "articles",
]
KINDS += ["video", "countdown", "call_to_action", "divider"]


def test_a_landing_page_weighs_less_than_sixty_kilobytes(house: House) -> None:
    """HTML, styles, scripts and font as they go over the wire; pictures left out."""
    with httpx.Client(base_url=house.base, headers={"accept-encoding": "br, gzip"}) as client:
        page = client.get(PAGE).text
        assert page.count("<h1") == 1
        loaded = set(re.findall(r'(?:href|src)="(/[^"?]+\.(?:css|js|woff2))"', page))
        assert any(path.endswith(".woff2") for path in loaded)
        assert any(path.endswith(".css") for path in loaded)
        whole = sum(on_the_wire(client, path) for path in (PAGE, *loaded))
    assert whole < LIGHT, f"{whole} bytes"


def on_the_wire(client: httpx.Client, path: str) -> int:
    with client.stream("GET", path) as answer:
        assert answer.status_code == 200, path
        return sum(len(piece) for piece in answer.iter_raw())


@pytest.mark.skipif(not (ROOT / "node_modules/lighthouse").exists(), reason="lighthouse is not installed")
def test_lighthouse_gives_at_least_ninety_five_in_each_category(house: House, tmp_path: Path) -> None:
    chromium = found()
    if chromium is None:
        pytest.skip("no Chromium is installed")
    best: dict[str, float] = {}
    for _attempt in range(4):  # performance is measured on a machine that does other things too
        scores = audited(house.base + PAGE, tmp_path / "report.json", chromium)
        best = {category: max(best.get(category, 0), score) for category, score in scores.items()} or best
        if best and min(best.values()) >= 95:
            break
    assert set(best) == {"performance", "accessibility", "best-practices", "seo"}
    assert {category: score for category, score in best.items() if score < 95} == {}


def audited(address: str, told: Path, chromium: str) -> dict[str, float]:
    """What Lighthouse gives in each category, 0 to 100; nothing, said aloud, when its Chromium did not start."""
    command = [
        str(ROOT / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json", f"--output-path={told}",
        f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}", "--max-wait-for-load=60000",
    ]  # fmt: skip
    done = subprocess.run(
        command, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, text=True, timeout=240
    )
    if done.returncode:
        last = (done.stdout + done.stderr).splitlines()[-20:]
        sys.stderr.write("\n".join(["Lighthouse ended without a report:", *last, ""]))
        return {}
    return {k: v["score"] * 100 for k, v in json.loads(told.read_text())["categories"].items()}


def test_every_block_can_be_used_by_everybody(house: House, browse: Callable[..., Page]) -> None:
    page = browse()
    page.goto(published_with_every_block(house))
    assert page.locator("main > *").count() >= len(KINDS) - 1
    assert page.locator("h1").count() == 1
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page) == []
    page.set_viewport_size(NARROW)
    assert overflow(page) <= 0
    assert serious(page, "color-contrast", "target-size", "scrollable-region-focusable") == []


def test_a_video_asks_before_it_is_loaded_and_a_countdown_ticks(
    house: House, browse: Callable[..., Page], watch: Watch
) -> None:
    watch.forgive("youtube-nocookie|ERR_")
    page, asked = browse(), []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(published_with_every_block(house))
    assert answer
    assert "frame-src https://www.youtube-nocookie.com" in answer.headers["content-security-policy"]
    expect(page.locator(".countdown-left b").first).to_be_visible()
    page.get_by_role("link", name="Video abspielen").click()
    expect(page.get_by_text("erfährt YouTube Ihre Adresse")).to_be_visible()
    assert not [url for url in asked if "youtube" in url]
    page.get_by_role("button", name="Video laden").click()
    expect(page.locator("iframe")).to_have_attribute("src", re.compile("^https://www.youtube-nocookie.com/embed/"))


_made: list[str] = []


def published_with_every_block(house: House) -> str:
    """A page with one of each kind from the palette, made once as the marketer makes it."""
    if _made:
        return _made[0]
    client = sign_in(house.base, "marketing@demo.example")
    new = form(client.get("/pages/new"), "/pages").send(client, title="Alles auf einer Seite", starter="blank")
    url = str(new.url).split("?")[0]
    pk = url.rsplit("/", 1)[1]
    token = re.search(r'csrf-token" content="([^"]+)"', new.text)
    assert token
    head = {"x-csrftoken": token[1], "referer": url}
    base = re.search(r'data-base="(\d+)"', new.text)
    assert base
    state, after = base[1], ""
    for kind in KINDS:
        answer = client.post(
            f"/pages/{pk}/blocks", data={"kind": kind, "base": state, "after": after}, headers=head
        ).json()
        state, after = str(answer["base"]), answer["select"]
        if kind == "video":
            words = {"base": state, "title": "Ein Film", "href": "https://youtu.be/dQw4w9WgXcQ"}
            state = str(client.post(f"/pages/{pk}/blocks/{after}", data=words, headers=head).json()["base"])
    client.post(f"/pages/{pk}/publication", headers=head)
    _made.append("/p/alles-auf-einer-seite")
    return _made[0]

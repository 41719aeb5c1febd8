"""Pictures of what the tests saw, for people who want to look: tests/browser/shots, which git ignores."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

SHOTS = Path(__file__).parent / "shots"
NARROW: ViewportSize = {"width": 390, "height": 844}
STILL = """async () => {
  const frame = () => new Promise(requestAnimationFrame)
  const ends = (one) => one.effect.getComputedTiming().endTime < Infinity
  await document.fonts.ready
  await frame(); await frame()
  await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished))
}"""


class Camera:
    """Numbers the pictures of one story, at the width of the page (1440), and on wish on a phone and in the dark."""

    def __init__(self, story: str) -> None:
        self.story, self.number = story, 0
        SHOTS.mkdir(exist_ok=True)
        for old in SHOTS.glob(f"{story}-*.png"):
            old.unlink()

    def take(self, page: Page, name: str, narrow: bool = False, dark: bool = False) -> None:
        self.number += 1
        start = f"{self.story}-{self.number:02}-{name}"
        _shoot(page, f"{start}-1440")
        if dark:
            page.emulate_media(color_scheme="dark")
            _shoot(page, f"{start}-1440-dark")
            page.emulate_media(color_scheme="light")
        if narrow:
            self._on_a_phone(page, f"{start}-390")

    def _on_a_phone(self, page: Page, name: str) -> None:
        wide = page.viewport_size
        page.set_viewport_size(NARROW)
        _shoot(page, name)
        assert overflow(page) <= 0, f"{page.url} is wider than a phone"
        if wide:
            page.set_viewport_size(wide)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def _shoot(page: Page, name: str) -> None:
    still(page)
    page.screenshot(path=SHOTS / f"{name}.png")


def still(page: Page) -> None:
    """Fonts are there, no piece is on its way, and nothing moves any more."""
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.evaluate(STILL)

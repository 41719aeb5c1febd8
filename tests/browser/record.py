"""The page of a person, as somebody at the desk finds it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def open_person(page: Page, query: str, name: str, stage: str) -> None:
    """Search for somebody, open the page, and look again until the stage is reached."""
    page.goto(f"/people?q={query}")
    page.get_by_role("link", name=name).first.click()
    page.wait_for_url(re.compile(r"/people/\d+$"))
    current = page.get_by_role("list", name="Stufen").locator("[aria-current=step]")
    for _ in range(20):
        if stage in current.inner_text():
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(current).to_contain_text(stage)

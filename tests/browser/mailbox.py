"""Reading mail the way a demo offers it: in the mailbox page of the house."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.walks.house import until


def link_in_mail(page: Page, to: str, part: str) -> str:
    """The first link with this in its address, in the newest mail to somebody; waits for the mail."""

    def arrived() -> bool:
        page.goto(f"/mailbox?q={to}")
        return page.locator("iframe").count() > 0

    until(arrived, f"a mail to {to}")
    body = page.frame_locator("iframe")
    href = body.locator(f'a[href*="{part}"]').first.get_attribute("href")
    assert href
    return href

"""Somebody who has asked for the whitepaper, confirmed and registered: one look at the prices short of being ripe."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

import httpx
from playwright.sync_api import Page

from tests.walks.house import House, until
from tests.walks.page import browser, form, links, sign_in

CONSENT = "personal"
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@dataclass(frozen=True)
class Almost:
    """Their address, and the key by which the house knows their browser."""

    email: str
    first: str
    last: str
    company: str
    key: str

    @property
    def cookies(self) -> dict[str, str]:
        return {"reif_v": self.key, "reif_c": CONSENT}


def almost_ripe(house: House, first: str, last: str, company: str) -> Almost:
    """Walks over HTTP, where a browser would add nothing: the visitor's own test does it in one.

    Somebody else each time, of another company, so that a story may be told twice in one house.
    """
    key = str(uuid.uuid4())
    last = f"{last}-{_letters(key).capitalize()}"
    address = f"{first}.{last}@{company.split()[0]}-{_letters(key)}.example".lower()
    who = Almost(address, first, last, company, key)
    web = browser(house.base, cookies=who.cookies, headers=READER | {"Accept-Language": "de-CH"})
    _send(web, "/p/whitepaper-mitarbeiterbindung", "/f/whitepaper", email=address, company=company)
    _confirm(web, house, address)
    _send(web, "/p/webinar-recruiting-trends", "/f/webinar", email=address, first_name=first, last_name=last)
    return who


def _letters(key: str) -> str:
    """Five of them, as nobody is called by digits."""
    return "".join(chr(ord("a") + int(digit, 16)) for digit in key[:5])


def look_at_prices(visitor: Page, who: Almost) -> None:
    """In their own browser: what they lacked."""
    base = {"domain": "127.0.0.1", "path": "/"}
    visitor.context.add_cookies([{"name": n, "value": v, **base} for n, v in who.cookies.items()])  # type: ignore[typeddict-item]
    with visitor.expect_response(lambda answer: answer.url.endswith("/e")) as told:
        visitor.goto("/preise")
    assert told.value.status == 204


def _send(web: httpx.Client, page: str, action: str, **filled: str) -> None:
    sheet = form(web.get(page), action)
    ticked = sheet.boxes if "company" in filled else {}
    until(lambda: sheet.send(web, **ticked, **filled).history, f"{action} to be taken")


def _confirm(web: httpx.Client, house: House, address: str) -> None:
    desk = sign_in(house.base, "marketing@demo.example")
    found = until(lambda: links(desk.get("/mailbox", params={"q": address}), "/mailbox/"), "the confirmation mail")
    body = desk.get(next(href for href in found if re.search(r"/mailbox/\d+$", href)) + "/body")
    done = form(web.get(links(body, "/c/")[0]), "/c/").send(web)
    page = web.get(links(done, "/d/")[0])
    assert web.get(links(page, "/file")[0]).content.startswith(b"%PDF-")

"""A visitor reads, agrees to be recognised, asks for the whitepaper with the keyboard alone, and becomes ripe."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.mailbox import link_in_mail
from tests.browser.record import open_person
from tests.browser.watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ARTICLE = "/blog/5-schritte-zur-erfolgreichen-mitarbeiterbindung"
PAUSE = "new Promise((done) => setTimeout(done, 1200 - performance.now()))"
"""Who sends a form within a second of its arrival is asked to look again."""
ADDRESS = "petra.huber@bergbahn-muster.example"


def test_from_the_article_to_the_price_page(
    browse: Callable[..., Page], desk: Callable[[str], Page], watch: Watch
) -> None:
    watch.forgive("status of 422")
    page, camera = browse(), Camera("besucherin")
    read_and_agree(page, camera)
    ask_with_the_keyboard(page, camera)
    confirm_and_download(page, read_mail(desk("marketing"), camera), camera)
    register(page, camera)
    look_at_prices(page, camera)
    known(desk("marketing"), camera)


def read_and_agree(page: Page, camera: Camera) -> None:
    page.goto(f"{ARTICLE}?utm_source=linkedin&utm_medium=social")
    banner = page.get_by_role("region", name="Dürfen wir mitlesen?")
    expect(banner).to_be_visible()
    assert page.context.cookies() == []
    camera.take(page, "artikel-mit-frage", narrow=True, dark=True)
    with page.expect_response(lambda answer: answer.url.endswith("/e")) as told:
        banner.get_by_role("button", name="Alle annehmen").click()
    assert told.value.status == 204
    expect(banner).to_be_hidden()
    offer = page.get_by_role("main").get_by_role("link", name=re.compile("Whitepaper")).last
    offer.scroll_into_view_if_needed()
    camera.take(page, "angebot")
    with page.expect_response(lambda answer: answer.url.endswith("/e")):
        offer.click()
    page.wait_for_url("**/p/whitepaper-mitarbeiterbindung*")


def ask_with_the_keyboard(page: Page, camera: Camera) -> None:
    camera.take(page, "whitepaper", narrow=True, dark=True)
    mail, company = page.get_by_label("Geschäftliche E-Mail"), page.get_by_label("Unternehmen")
    tab_to(page, mail)
    page.evaluate(PAUSE)
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Bitte prüfen Sie die markierten Felder.")
    expect(mail).to_have_accessible_description("Bitte füllen Sie dieses Feld aus.")
    assert serious(page) == []
    camera.take(page, "leer-abgeschickt", narrow=True)
    tab_to(page, mail)
    page.keyboard.type("petra.huber")
    tab_to(page, company)
    page.keyboard.type("Bergbahn Muster AG")
    page.keyboard.press("Enter")
    expect(mail).to_be_focused()
    expect(mail).to_have_accessible_description("Die Adresse braucht ein @, zum Beispiel name@firma.ch.")
    expect(company).to_have_value("Bergbahn Muster AG")
    camera.take(page, "falsche-adresse")
    page.keyboard.press("Control+a")
    page.keyboard.type(ADDRESS)
    consent = page.get_by_role("checkbox", name=re.compile("^Ich möchte von Talentwerk"))
    expect(consent).not_to_be_checked()
    tab_to(page, consent)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Whitepaper anfordern"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vielen Dank")).to_be_visible()
    expect(page.get_by_text("p…r@bergbahn-muster.example")).to_be_visible()
    assert serious(page) == []
    camera.take(page, "danke", narrow=True, dark=True)


def tab_to(page: Page, goal: Locator, most: int = 25) -> None:
    """Press Tab until the goal has the focus."""
    for _ in range(most):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(goal).to_be_focused()


def read_mail(page: Page, camera: Camera) -> str:
    """The confirmation in the house's mailbox, and where its link leads."""
    link = link_in_mail(page, ADDRESS, "/c/")
    assert serious(page) == []
    camera.take(page, "mail", narrow=True, dark=True)
    return link


def confirm_and_download(page: Page, link: str, camera: Camera) -> None:
    """The page behind the link confirms by itself, since somebody looks at it, and leads to the file."""
    with page.expect_download() as coming:
        page.goto(link)
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fallstudie und Checklisten")
    expect(page.get_by_role("link", name="Herunterladen")).to_be_visible()
    assert serious(page) == []
    camera.take(page, "download", narrow=True, dark=True)


def register(page: Page, camera: Camera) -> None:
    page.goto("/p/webinar-recruiting-trends")
    camera.take(page, "webinar", narrow=True, dark=True)
    page.get_by_label("Geschäftliche E-Mail").fill(ADDRESS)
    page.get_by_label("Vorname").fill("Petra")
    page.get_by_label("Nachname").fill("Huber")
    page.get_by_label("Funktion").fill("Leiterin Personal")
    page.evaluate(PAUSE)
    page.get_by_role("button", name="Kostenlos anmelden").click()
    expect(page.get_by_text("Sie sind dabei!")).to_be_visible()


def look_at_prices(page: Page, camera: Camera) -> None:
    with page.expect_response(lambda answer: answer.url.endswith("/e")):
        page.goto("/preise")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    camera.take(page, "preise", narrow=True, dark=True)


def known(page: Page, camera: Camera) -> None:
    """Marketing sees the whole story, from the anonymous visit on."""
    open_person(page, "petra.huber@bergbahn", "Petra Huber", stage="SQL")
    expect(page.get_by_role("main")).to_contain_text("Bergbahn Muster AG")
    expect(page.locator(".timeline")).to_contain_text("5 Schritte")
    camera.take(page, "als-person", narrow=True, dark=True)

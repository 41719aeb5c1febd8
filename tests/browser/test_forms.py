"""Forms in a real browser: on a page of somebody else by script and as plain HTML, in steps without a script, edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.foreign import Foreign
from tests.browser.watch import Watch
from tests.walks.house import House

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PDF = {"name": "pflichten.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"}
WHILE = 1200  # milliseconds
PAUSE = f"new Promise((done) => setTimeout(done, {WHILE} - performance.now()))"
"""Who sends a form within a second of its arrival is asked to look again."""


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    server = Foreign()
    yield server
    server.shutdown()
    server.server_close()


def test_embedded_by_script_in_steps_with_a_file(
    browse: Callable[..., Page], desk: Callable[[str], Page], foreign: Foreign, house: House, watch: Watch
) -> None:
    watch.forgive("status of 4(04|22)")  # the foreign page has no icon, and what is missing is told
    code = f"""<reif-form data-form="offerte"><a href="{house.base}/f/offerte">Offerte</a></reif-form>
        <script>document.addEventListener('reif:submitted', (event) => {{ window.sent = event.detail.form }})</script>
        <script src="{house.base}/f.js" async></script>"""
    page, camera = browse(), Camera("formular-fremd")
    page.goto(foreign.show(code))
    expect(page.get_by_text("Schritt 1 von 3")).to_be_visible()
    assert serious(page) == []
    page.evaluate(PAUSE)
    page.get_by_label("Geschäftliche E-Mail").fill("petra.embed@seeblick-muster.example")
    page.keyboard.press("Tab")
    page.keyboard.type("Petra Muster")
    page.keyboard.press("Tab")
    page.keyboard.type("Seeblick AG")
    page.keyboard.press("Enter")
    second(page, camera)
    page.get_by_label("Pflichtenheft").set_input_files(PDF)  # type: ignore[arg-type]
    page.get_by_role("button", name="Offerte anfordern").click()
    expect(page.get_by_text("innerhalb von zwei Arbeitstagen")).to_be_visible()
    assert page.evaluate("window.sent") == "offerte"
    assert page.context.cookies() == []
    came_in(desk("marketing"), camera)


def second(page: Page, camera: Camera) -> None:
    """A condition, an answer that is missing, and a box."""
    expect(page.get_by_text("Schritt 2 von 3")).to_be_focused()
    expect(page.get_by_label("Welche?")).to_be_hidden()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Welche?").fill("Excel")
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_text("Bitte wählen Sie einen Eintrag.")).to_be_visible()
    assert serious(page) == []
    page.get_by_label("Mitarbeitende").select_option("120")
    page.get_by_label("Recruiting").check()
    camera.take(page, "schritt", narrow=True, dark=True)
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_text("Schritt 3 von 3")).to_be_visible()


def came_in(page: Page, camera: Camera) -> None:
    """Staff sees the answers, and gets the file."""
    page.goto("/forms/offerte/submissions")
    page.get_by_role("link", name="Petra Muster").first.click()
    expect(page.get_by_text("Excel", exact=True)).to_be_visible()
    expect(page.get_by_text("mit Skript eingebettet")).to_be_visible()
    camera.take(page, "eingegangen")
    with page.expect_download() as got:
        page.get_by_role("link", name="pflichten.pdf").click()
    assert got.value.suggested_filename == "pflichten.pdf"


def test_plain_html_is_set_aside_until_it_is_released(
    browse: Callable[..., Page], desk: Callable[[str], Page], foreign: Foreign, watch: Watch
) -> None:
    watch.forgive("status of 404")
    staff = desk("marketing")
    staff.goto("/forms/whitepaper/embed")
    code = staff.locator("#code-html").input_value()
    assert "<script" not in code
    page = browse(java_script_enabled=False)
    page.goto(foreign.show(code))
    page.locator("[name=email]").fill("paul.html@seeblick-muster.example")
    page.locator("[name=company]").fill("Seeblick AG")
    page.locator("form button").click()
    expect(page.get_by_role("heading", name="Vielen Dank")).to_be_visible()
    staff.goto("/forms/whitepaper/quarantine")
    expect(staff.get_by_text(foreign.host)).to_be_visible()
    Camera("formular-beiseite").take(staff, "wartet", narrow=True, dark=True)
    staff.get_by_role("button", name="Freigeben").first.click()
    staff.goto("/forms/whitepaper/submissions")
    expect(staff.get_by_role("link", name="paul.html@seeblick-muster.example").first).to_be_visible()


def test_in_steps_without_a_script(browse: Callable[..., Page]) -> None:
    page = browse(java_script_enabled=False)
    page.goto("/f/offerte")
    page.get_by_label("Geschäftliche E-Mail").fill("ohne.skript@seeblick-muster.example")
    page.get_by_label("Vor- und Nachname").fill("Ohne Skript")
    page.get_by_label("Unternehmen").fill("Seeblick AG")
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_label("Welche?")).to_be_visible()  # without a script all of it is shown
    page.get_by_label("Mitarbeitende").select_option("120")
    page.get_by_role("button", name="Zurück").click()
    expect(page.get_by_label("Vor- und Nachname")).to_have_value("Ohne Skript")
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_label("Mitarbeitende")).to_have_value("120")
    page.get_by_role("button", name="Weiter").click()
    page.wait_for_timeout(WHILE)
    page.get_by_role("button", name="Offerte anfordern").click()
    expect(page.get_by_role("heading", name="Vielen Dank")).to_be_visible()


def test_the_editor_shows_what_is_typed_and_publishes(desk: Callable[[str], Page], browse: Callable[..., Page]) -> None:
    page, camera = desk("marketing"), Camera("formular-editor")
    page.goto("/forms/newsletter/edit")
    assert serious(page) == []
    camera.take(page, "anfang", narrow=True, dark=True)
    page.get_by_label("Titel, deutsch").fill("HR-Brief, neu")
    preview = page.frame_locator(".form-preview iframe")
    expect(preview.get_by_role("heading", name="HR-Brief, neu")).to_be_visible()
    page.get_by_role("button", name="Veröffentlichen").click()
    page.wait_for_url("**/forms/newsletter")
    visitor = browse()
    visitor.goto("/f/newsletter")
    expect(visitor.get_by_role("heading", name="HR-Brief, neu")).to_be_visible()

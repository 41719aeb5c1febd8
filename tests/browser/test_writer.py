"""Marketing writes an article with a picture, schedules it, publishes it, and imports who attended a webinar."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reif.attract.tests.pictures import a_picture
from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TITLE = "Probezeit nutzen: die ersten neunzig Tage"
BODY = "Die Probezeit entscheidet sich in den ersten Wochen.\n\n## Was am ersten Tag zählt\n\nEin [Gespräch](/blog/gibt-es-nicht) genügt.\n"


def test_write_schedule_publish(desk: Callable[[str], Page], browse: Callable[..., Page], watch: Watch) -> None:
    watch.forgive("status of 404")  # who comes before it is public finds nothing
    page, camera = desk("marketing"), Camera("schreibt")
    write(page, camera)
    picture(page, camera)
    schedule(page)
    publish(page, camera, browse())


def write(page: Page, camera: Camera) -> None:
    page.goto("/content")
    camera.take(page, "artikel-liste", narrow=True, dark=True)
    page.get_by_role("link", name="Neuer Artikel").click()
    page.get_by_label("Titel", exact=True).fill(TITLE)
    page.get_by_label("Text", exact=True).fill(BODY)
    page.get_by_label("Fokus-Suchbegriff").fill("Probezeit")
    frame = page.frame_locator(".preview-frame[data-drawn]")
    expect(frame.get_by_role("heading", name="Was am ersten Tag zählt")).to_be_visible()
    expect(page.locator("#check")).to_contain_text("/blog/gibt-es-nicht")
    page.get_by_role("button", name="Entwurf speichern").click()
    expect(page.get_by_text("Der Entwurf ist gespeichert.")).to_be_visible()
    assert serious(page) == []


def picture(page: Page, camera: Camera) -> None:
    """Uploaded from the toolbar, it stands in the text at once and in the preview."""
    page.get_by_label("Text", exact=True).focus()
    page.keyboard.press("Control+End")
    page.get_by_role("button", name="Bild einfügen").click()
    dialog = page.get_by_role("dialog", name="Bild wählen")
    raw = a_picture("JPEG", (1200, 800)).getvalue()
    dialog.locator("input[type=file]").set_input_files({"name": "tisch.jpg", "mimeType": "image/jpeg", "buffer": raw})
    expect(page.get_by_label("Text", exact=True)).to_have_value(re.compile(r"!\[\]\(p-[0-9a-f]{24}-1200x800\)"))
    expect(page.frame_locator(".preview-frame[data-drawn]").locator("img[srcset*='/pictures/p-']")).to_be_visible()
    camera.take(page, "editor", narrow=True, dark=True)


def schedule(page: Page) -> None:
    page.get_by_role("button", name="Planen").first.click()
    page.get_by_label("Tag", exact=True).fill("2099-01-04")
    page.locator("#later").get_by_role("button", name="Planen").click()
    expect(page.get_by_text("von selbst öffentlich: 4. Januar 2099").first).to_be_visible()


def publish(page: Page, camera: Camera, visitor: Page) -> None:
    assert visitor.goto("/blog/probezeit-nutzen-die-ersten-neunzig-tage").status == 404
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_text("Der Artikel ist öffentlich.")).to_be_visible()
    visitor.goto("/blog/probezeit-nutzen-die-ersten-neunzig-tage")
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert serious(visitor) == []
    camera.take(visitor, "veroeffentlicht", narrow=True)


def test_import_attendance(desk: Callable[[str], Page], tmp_path: Path) -> None:
    page, camera = desk("marketing"), Camera("webinar")
    page.goto("/content/webinars")
    page.get_by_role("link", name=re.compile("Bleibegespräche")).click()
    expect(page.get_by_text("Wie lange sie blieben")).to_be_visible()
    camera.take(page, "seite", narrow=True, dark=True)
    assert serious(page) == []
    page.get_by_role("link", name="Teilnahme importieren").first.click()
    file = tmp_path / "teams.csv"
    head = "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole"
    text = f"1. Summary\nMeeting title\tX\n\n2. Participants\n{head}\nEva Fremd\t\t\t12m 3s\teva@fremd.example\tPresenter\n"
    file.write_bytes(text.encode("utf-16"))
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("eva@fremd.example")).to_be_visible()
    camera.take(page, "liste", narrow=True)
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text(re.compile("0 waren dabei"))).to_be_visible()

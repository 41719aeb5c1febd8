"""A marketer takes over a messy file that German Excel wrote, keeps the rows that were skipped, and takes it all back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reif.capture.tests.import_files import EXCEL
from tests.browser.axe import serious
from tests.browser.camera import Camera

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_messy_excel_file_and_back(desk: Callable[[str], Page], tmp_path: Path) -> None:
    take_over_and_back(desk("marketing"), Camera("import"), tmp_path)


def take_over_and_back(page: Page, camera: Camera, folder: Path) -> None:
    file = folder / "Messekontakte.csv"
    file.write_bytes(EXCEL.encode("cp1252"))
    page.goto("/imports")
    camera.take(page, "liste", narrow=True)
    page.get_by_role("button", name="Neuer Import").click()
    page.get_by_label("Datei").set_input_files(file)
    page.get_by_role("button", name="Hochladen und ansehen").click()
    expect(page.get_by_text("Überschriften in Zeile 4")).to_be_visible()
    assert serious(page) == []
    camera.take(page, "spalten", narrow=True, dark=True)
    page.get_by_role("button", name="Ausprobieren").click()
    expect(page.get_by_text("Alle 4 Zeilen wurden ausprobiert.")).to_be_visible()
    page.get_by_label("Berechtigtes Interesse: Geschäftskontakte").check()
    assert serious(page) == []
    camera.take(page, "probelauf", narrow=True, dark=True)
    page.get_by_role("button", name="Zeilen importieren").click()
    expect(page.get_by_text("Was aus den Zeilen wurde")).to_be_visible()
    assert serious(page) == []
    camera.take(page, "bericht", narrow=True, dark=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Skip-Datei").first.click()
    skipped = Path(download.value.path()).read_text()
    assert "Die E-Mail-Adresse hat kein @." in skipped
    assert "'=cmd|" in skipped
    page.get_by_role("button", name="Import zurücknehmen").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Import zurücknehmen").click()
    expect(page.get_by_text("Dieser Import wurde zurückgenommen.")).to_be_visible()
    camera.take(page, "zurueck")

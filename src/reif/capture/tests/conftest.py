"""The forms of the tests are in force, and there is a whitepaper to give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from reif.capture.tests.forms import in_force
from reif.kit import shelf
from reif.kit.clock import now
from reif.playbook.current import forget


@pytest.fixture
def forms(db: None) -> Iterator[None]:
    forget()
    in_force()
    yield
    forget()


@pytest.fixture
def whitepaper_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """On the shelf, where another room would have put it; and a seat in the webinar."""
    file = tmp_path / "mitarbeiterbindung.pdf"
    file.write_bytes(b"%PDF-1.7 test")
    paper = shelf.Item("mitarbeiterbindung", "Mitarbeiterbindung", file, size=13, pages=12)
    seat = shelf.Seat("recruiting-trends", "Recruiting-Trends", now() + timedelta(days=9), 45, "Europe/Zurich",
                      "https://meet.example/x", "/p/webinar-recruiting-trends.ics")  # fmt: skip
    monkeypatch.setattr(shelf, "_items", [lambda slug: paper if slug == paper.slug else None])
    monkeypatch.setattr(shelf, "_seats", [lambda slug: seat if slug == seat.slug else None])
    return file

"""A long file is read by a process of its own: the same rows as here, and a clear end whatever happens to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reif.capture.imports.checked_rows import checked_rows
from reif.capture.imports.open_file import open_file
from reif.capture.imports.read_ahead import Order, ReaderGone, is_worth_it, read_ahead
from reif.capture.imports.values import Manner

MAPPING = ["email", "first_name", "phone", "created_at", "trait:plan", "company_size", "country"]
ROWS = ["a@eins.example;Anna;079 123 45 67;1.2.2020;gold;20;Schweiz", "nobody;Eva;x;morgen;;viele;Atlantis"] * 700


def an_order(folder: Path) -> Order:
    path = folder / "people.csv"
    path.write_text("\n".join(["Mail;Name;Tel;Seit;Plan;Leute;Land", *ROWS]), encoding="utf-8")
    manner = Manner(now=datetime(2026, 1, 1, tzinfo=UTC), source_name="people.csv", owners={"eva": 3})
    return Order(str(path), "", dict(open_file(path).about), MAPPING, manner)


def test_it_reads_what_this_process_would(tmp_path: Path) -> None:
    order = an_order(tmp_path)
    here = list(checked_rows(open_file(Path(order.path)), MAPPING, order.manner))
    assert list(read_ahead(order)) == here
    assert here[0].told
    assert here[0].told.traits == {"plan": "gold"}


def test_a_file_that_is_gone_is_no_end(tmp_path: Path) -> None:
    order = an_order(tmp_path)
    Path(order.path).unlink()
    with pytest.raises(ReaderGone):
        next(read_ahead(order))


def test_somebody_may_stop_listening(tmp_path: Path) -> None:
    rows = read_ahead(an_order(tmp_path))
    assert next(rows).told
    rows.close()  # type: ignore[attr-defined]
    assert list(rows) == []


def test_a_short_file_needs_no_process() -> None:
    assert not is_worth_it(10)

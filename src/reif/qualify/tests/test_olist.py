"""A back-test on a real funnel, with the numbers that the documents name."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reif.kit.clock import travel
from reif.qualify.backtest.compare import compare
from reif.qualify.suggest.suggest import suggest
from reif.qualify.tests import olist
from reif.qualify.tests.test_backtest import draft
from reif.qualify.tests.ways import in_force

FOLDER = Path(os.environ.get("REIF_OLIST") or olist.FOLDER)
DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "use" / "en" / "backtest.md"
EVERY = {"key": "lead", "on": "lead.received", "points": 20}
PAGES = {"key": "pages", "on": "page.viewed", "topic": ["/lp/22c29808", "/lp/b76ef374", "/lp/40dec9f3"], "points": 10}
SEARCH = {"key": "search", "on": "lead.received", "topic": ["paid_search", "organic_search", "unknown"], "points": 10}


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the Olist funnel is not on this machine: set REIF_OLIST to its folder")
@pytest.mark.django_db
def test_the_olist_funnel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))
    assert olist.load(FOLDER) == 8000
    before = draft(EVERY)
    in_force(**{name: before.plain()[name] for name in ("scoring", "stages")})
    with travel(datetime(2018, 12, 1, tzinfo=UTC)):
        told = compare(draft(PAGES, SEARCH), date(2017, 6, 1), date(2018, 12, 1))
        hints = suggest()
    assert (told.people, told.won, told.current.total("mql")) == (8000, 842, 8000)
    assert (told.current.auc["won"], told.draft.auc["won"]) == (0.5, 0.6502)
    reached = told.draft.of("mql", "won")
    assert (reached.reached, reached.right, reached.all) == (1819, 369, 842)
    assert told.draft.deciles["won"][0].lift == 1.9274
    best = hints.hints[0].finding
    assert (best.mark.what, best.people) == (("page.viewed", "/lp/22c29808"), 883)
    assert (best.lift, best.low, best.high) == (2.099, 1.804, 2.443)
    text = DOCUMENT.read_text()
    assert all(figure in text for figure in ("0.65", "1,819", "20.3 %", "43.8 %", "1.93", "2.10 (1.80 to 2.44)"))

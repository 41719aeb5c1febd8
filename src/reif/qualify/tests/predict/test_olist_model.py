"""A model of winning on a real funnel: asked at the first contact, split in time, with the numbers that the documents name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from reif.kit.clock import travel
from reif.lake.sync import sync
from reif.qualify.predict.card import measured
from reif.qualify.predict.done import DAY
from reif.qualify.predict.examples import examples
from reif.qualify.predict.features import facts_then
from reif.qualify.predict.learn import learn, split
from reif.qualify.predict.shape import with_levels
from reif.qualify.predict.train import full_shape
from reif.qualify.tests import olist
from reif.qualify.tests.test_backtest import draft
from reif.qualify.tests.test_olist import FOLDER
from reif.qualify.tests.ways import in_force

DOCUMENTS = Path(__file__).resolve().parents[5] / "docs" / "use"
RULE = {"key": "lead", "on": "lead.received", "points": 20}
DAYS = 30


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the Olist funnel is not on this machine: set REIF_OLIST to its folder")
@pytest.mark.django_db
def test_the_olist_funnel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))
    olist.load(FOLDER)
    before = draft(RULE)
    in_force(**{name: before.plain()[name] for name in ("scoring", "stages")})
    with travel(datetime(2018, 12, 1, tzinfo=UTC)):
        sync()
        found = examples("won", DAYS, datetime(2018, 12, 1, tzinfo=UTC), ages=1)
        shape = full_shape()
        facts = facts_then(found.asked, shape)
    parts = split(found.asked.at, found.asked.people, found.truth, DAYS * DAY)
    assert parts.edge is not None
    shape = with_levels(shape, facts.among(np.flatnonzero(parts.learn)).words)
    rows = shape.encode(facts.words, facts.numbers)
    model = learn(rows[parts.learn], found.truth[parts.learn], found.asked.people[parts.learn]).learned
    quality, _points, lift = measured(model.chance(rows[parts.check]), found.truth[parts.check])
    assert (len(found.truth), found.truth.sum(), parts.learn.sum(), quality.rows, quality.positives) == (
        7999,
        546,
        4353,
        2400,
        205,
    )
    assert quality.auc == pytest.approx(0.71, abs=0.01)
    assert quality.average_precision == pytest.approx(0.178, abs=0.01)
    assert lift[0] == pytest.approx(2.6, abs=0.15)
    for language, thousand, point in (("en", ",", "."), ("de", "’", ".")):
        text = (DOCUMENTS / language / "prediction.md").read_text()
        figures = ["7,999", "546", "4,353", "2,400", "205", "0.71", "0.178", "2.6"]
        written = [f.replace(".", "#").replace(",", thousand).replace("#", point) for f in figures]
        assert [f for f in written if f not in text] == []

"""`reif playbook try` prints a back-test, and prints it as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reif.cli import parser
from reif.kit.clock import travel
from reif.qualify.tests import test_backtest as told
from reif.qualify.tests.test_backtest import FILE, PRICES, TODAY
from reif.qualify.tests.test_trials import force, text

pytestmark = pytest.mark.django_db
stories = told.stories


def test_the_command_prints_it_and_prints_json(
    stories: dict[str, int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path / "lake"))
    force(PRICES)
    folder = tmp_path / "draft"
    folder.mkdir()
    for name, said in text(FILE).items():
        (folder / f"{name}.toml").write_text(said)
    with travel(TODAY):
        for more in ([], ["--json"]):
            given = parser().parse_args(["playbook", "try", str(folder), "--from", "2026-08-01", *more])
            assert given.run(given) == 0
            said = capsys.readouterr().out
            if more:
                assert json.loads(said)["draft"]["grades"]
            else:
                assert "MQL" in said

"""`reif predict evaluate` as one types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reif.cli import main
from reif.qualify.tests.test_predict import history as history


def test_the_command_prints_json_and_names_a_missing_column(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["predict", "evaluate", str(history), "--outcome", "won", "--drop", "closed_reason", "--json"])
    assert left.value.code == 0
    assert json.loads(capsys.readouterr().out)["quality"]["auc"] > 0.6
    with pytest.raises(SystemExit) as left:
        main(["predict", "evaluate", str(history), "--outcome", "lost"])
    assert left.value.code == 1
    assert "There is no column" in capsys.readouterr().err

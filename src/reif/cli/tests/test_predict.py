"""`reif predict evaluate` as one types it."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from reif.cli import main
from reif.cli.predict import NO_MODEL, UNUSABLE, evaluate
from reif.qualify.tests.test_predict import history as history


def test_the_command_prints_json_and_names_a_missing_column(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["predict", "evaluate", str(history), "--outcome", "won", "--drop", "closed_reason", "--json"])
    assert left.value.code == 0
    assert json.loads(capsys.readouterr().out)["quality"]["auc"] > 0.6
    with pytest.raises(SystemExit) as left:
        main(["predict", "evaluate", str(history), "--outcome", "lost"])
    assert left.value.code == 2
    assert "There is no column" in capsys.readouterr().err


def test_the_command_says_what_is_wrong_and_how_it_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("a,end\n" + "1,yes\n" * 100)
    given = Namespace(file=file, outcome="end", positive=None, drop=[], time=None, json=True)
    assert evaluate(given) == NO_MODEL
    said = capsys.readouterr()
    assert "only one outcome" in json.loads(said.out)["error"] and "only one outcome" in said.err
    file.write_text("a,end\n" + "1,yes\n" * 100 + "2,no\n" * 5)
    assert evaluate(given) == NO_MODEL
    assert "100 leads with the outcome and 5 without" in json.loads(capsys.readouterr().out)["error"]
    assert evaluate(Namespace(**vars(given) | {"outcome": "ende"})) == UNUSABLE
    assert "Did you mean “end”" in json.loads(capsys.readouterr().out)["error"]

"""`reif import`: what is typed, what is said, and with which code it leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reif.capture.tests.import_files import many
from reif.cli import main
from reif.crm.models import Member, Person
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.draft import read_plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"


def run_command(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["import", *words])
    return int(left.value.code or 0)


def test_the_command_rehearses_imports_and_undoes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(many(100))
    assert run_command("people", str(file), "--dry-run", "--json") == 0
    assert json.loads(capsys.readouterr().out)["created"] == 97
    assert not Person.objects.exists()
    assert run_command("people", str(file)) == 2
    assert "basis" in capsys.readouterr().err
    skipped = tmp_path / "skipped.csv"
    words = (
        "--basis",
        "contract",
        "--list",
        "Messe",
        "--json",
        "--skip-file",
        str(skipped),
        "--map",
        "Nachname=job_title",
    )
    assert run_command("people", str(file), *words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["created"], told["skipped"], told["name"]) == (97, 3, "Messe")
    assert Person.objects.first().job_title == "Muster"  # type: ignore[union-attr]
    assert len(skipped.read_text().splitlines()) == 4
    assert run_command("undo", str(told["import"])) == 0
    assert not Person.objects.living().exists()


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Vorname;Nachname\nA;B\n")
    assert run_command("people", str(tmp_path), "--dry-run") == 1
    assert run_command("people", str(file), "--dry-run") == 2
    assert run_command("people", str(file), "--dry-run", "--map", "Nix=email") == 2
    assert "There is no column “Nix”" in capsys.readouterr().err


def test_a_skip_file_that_cannot_be_written_costs_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(many(50))
    assert run_command("people", str(file), "--basis", "contract", "--skip-file", str(tmp_path / "no" / "b.csv")) == 1
    assert "is finished" in capsys.readouterr().err
    assert Person.objects.count() == 49


def test_the_command_knows_the_fixed_segments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    swiss = {"key": "swiss", "when": {"field": "country", "op": "is", "value": "CH"}}
    apply(read_plain({"segments": {"segment": [{"key": "fair"}, swiss]}}))
    file = tmp_path / "people.csv"
    file.write_text("email;Vorname\na@x.example;Anna\n")
    assert run_command("people", str(file), "--basis", "contract", "--segment", "swiss") == 2
    told = capsys.readouterr().err
    assert "“swiss” is no fixed segment." in told
    assert "fair" in told
    assert run_command("people", str(file), "--basis", "contract", "--segment", "fair") == 0
    settle()
    assert Member.objects.get().person.email == "a@x.example"

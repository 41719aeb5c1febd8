"""The answers of `reif playbook` come in the language of the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reif.cli import main

pytestmark = pytest.mark.django_db
WAYS = Path(__file__).parents[4] / "playbooks/hr_software"


@pytest.mark.parametrize(
    ("terminal", "answer"),
    [("de_CH.UTF-8", "ist in Kraft"), ("en_GB.UTF-8", "is in force"), ("C.UTF-8", "is in force")],
)
def test_the_terminal_decides(
    terminal: str, answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = shutil.copytree(WAYS, tmp_path / "ways", ignore=shutil.ignore_patterns(".revision"))
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", terminal)
    with pytest.raises(SystemExit) as ended:
        main(["playbook", "apply", str(folder), "--force"])
    assert ended.value.code == 0
    assert answer in capsys.readouterr().out


def test_an_error_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "slas.toml").write_text('[[sla]]\nkey = "ripe"\nminutes = "soon"\n')
    with pytest.raises(SystemExit) as ended:
        main(["playbook", "check", str(tmp_path)])
    assert ended.value.code == 1
    assert "slas.toml:3:" in capsys.readouterr().out


def test_what_came_into_force_since_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name, days in (("one", 1), ("two", 2)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "stages.toml").write_text(f'[mql]\nwhen = {{ field = "score", op = ">=", value = {days} }}\n')
        with pytest.raises(SystemExit) as ended:
            main(["playbook", "apply", str(folder), *(["--force"] if name == "one" else [])])
        assert ended.value.code == (0 if name == "one" else 1)
    assert "does not say from which revision" in capsys.readouterr().out

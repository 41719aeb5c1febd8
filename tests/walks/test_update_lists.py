"""The kept list of referrer spammers: checked before it counts, and never half replaced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reif.capture.sources import spammers as kept
from reif.capture.sources.source import _touch, touch
from reif.cli import parser

LIST = "# hosts\n\nsemalt.com\n" + "\n".join(f"spam-{n}.example" for n in range(12)) + "\nпорно-спам.рф\n"


@pytest.fixture(autouse=True)
def a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("REIF_HOME", str(tmp_path))
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    kept.spammers.cache_clear()
    _touch.cache_clear()


def run(*words: str) -> int:
    given = parser().parse_args(["update", "lists", *words])
    return int(given.run(given))


def spam(host: str) -> bool:
    return touch("https://www.talentwerk.example/", f"http://sub.{host}/x").machine != ""


def test_the_package_brings_a_list() -> None:
    assert len(kept.spammers()) > 30
    assert spam("semalt.com")
    assert not spam("spam-3.example")


def test_a_longer_list_from_a_file_counts_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "spammers.txt"
    file.write_text(LIST)
    assert run("--from", str(file)) == 0
    assert "14 hosts, 13 of them new" in capsys.readouterr().out
    forget()
    assert spam("spam-3.example")
    assert spam("порно-спам.рф".encode("idna").decode())


@pytest.mark.parametrize(
    "text", ["", "<html><body>Not found</body></html>\n" * 20, "no hosts here\n" * 30, "semalt.com\n"]
)
def test_what_is_no_list_changes_nothing(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(text)
    assert run("--from", str(file)) == 1
    assert "stays as it is" in capsys.readouterr().err
    assert not kept.updated().exists()


def test_without_a_source_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("REIF_SPAM_LIST", raising=False)
    assert run() == 1
    assert "REIF_SPAM_LIST" in capsys.readouterr().err


def test_a_list_that_was_spoilt_leaves_that_of_the_package(a_home: Path) -> None:
    (a_home / "lists").mkdir()
    kept.updated().write_text("nonsense")
    assert "semalt.com" in kept.spammers()

"""Write docs/reference: events, commands, settings. `--check` fails when the files on disk differ."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"


def events() -> str:
    from reif.log.catalogue import CATALOGUE
    from reif.log.fact import Fact

    lines = [
        "# Events",
        "",
        "Every fact the system can state. All have person, visitor, company, deal, at, actor, cause, topic and text.",
        "",
    ]
    for kind, fact in sorted(CATALOGUE.items()):
        own = [f for f in fact.__struct_fields__ if f not in Fact.SHARED]
        words = " ".join((fact.__doc__ or "").split())
        lines += (
            [f"## `{kind}`", "", words] + (["", "Fields: " + ", ".join(f"`{f}`" for f in own)] if own else []) + [""]
        )
    return "\n".join(lines)


def commands() -> str:
    from reif.cli import parser

    lines = ["# Commands", ""]
    for name, words, sub in _walk(parser(), "reif"):
        lines += [f"## `{name}`", "", words, "", *[f"- `{option}` {meaning}" for option, meaning in sub], ""]
    return "\n".join(lines)


def _walk(parser: argparse.ArgumentParser, name: str, words: str = "") -> list[tuple[str, str, list[tuple[str, str]]]]:
    found = []
    options = [
        (" ".join(a.option_strings) or a.dest, a.help or "")
        for a in parser._actions
        if not isinstance(a, argparse._SubParsersAction) and a.dest != "help"
    ]
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        found.append((name, words, options))
    for action in inner:
        helps = {c.dest: c.help or "" for c in action._choices_actions}
        for word, child in action.choices.items():
            found += _walk(child, f"{name} {word}", helps.get(word, ""))
    return found


def settings() -> str:
    used: dict[str, set[str]] = {}
    for path in sorted((ROOT / "src/reif").rglob("*.py")):
        if "tests" in path.parts:
            continue
        for name in re.findall(r"""["'](REIF_[A-Z_]+|DATABASE_URL|EMAIL_URL|PORT)["']""", path.read_text()):
            used.setdefault(name, set()).add(str(path.relative_to(ROOT / "src")))
    meanings = _meanings()
    lines = ["# Settings", "", "Environment variables. Ways of working are not here: they are the playbook.", ""]
    for name in sorted(used):
        lines += [f"- `{name}`: {meanings.get(name, 'MISSING: say what it is in tools/settings.txt')}"]
    return "\n".join([*lines, ""])


def _meanings() -> dict[str, str]:
    lines = (ROOT / "tools/settings.txt").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def _complain(stale: list[str], settings: str) -> int:
    for name in stale:
        print(f"docs/reference/{name} is not what the code says. Run: .venv/bin/python tools/reference.py")
    missing = re.findall(r"`(\w+)`: MISSING", settings)
    for name in missing:
        print(f"{name} has no meaning. Write a line for it in tools/settings.txt.")
    return 1 if stale or missing else 0


def main() -> int:
    os.environ.setdefault("REIF_HOME", tempfile.mkdtemp())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reif.settings")
    import django

    django.setup()
    made = {"events.md": events(), "commands.md": commands(), "settings.md": settings()}
    stale = [n for n, text in made.items() if not (FOLDER / n).exists() or (FOLDER / n).read_text() != text]
    if "--check" in sys.argv:
        return _complain(stale, made["settings.md"])
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (FOLDER / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

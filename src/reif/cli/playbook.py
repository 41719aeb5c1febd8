"""`reif playbook check | diff | try | apply | export | revert`: ways of working as files."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

Run = Callable[[argparse.Namespace], int]


def add(commands: Any) -> None:
    verbs = commands.add_parser("playbook", help="ways of working as files").add_subparsers(dest="verb", required=True)
    for name, run, words in (
        ("check", check, "find errors in a folder, changing nothing"),
        ("diff", diff, "what a folder would change"),
        ("try", try_, "what a folder would change, for whom, and how it would have done on the history there is"),
        ("apply", apply, "check and put in force"),
        ("export", export, "write the ways of working that are in force"),
    ):
        parser = verbs.add_parser(name, help=words)
        parser.add_argument("folder", type=Path, help="where the TOML files are")
        parser.set_defaults(run=_in_the_readers_language(run))
        if name == "try":
            _add_period(parser)
        if name == "apply":
            parser.add_argument("--force", action="store_true", help="also when another revision came into force since")
    parser = verbs.add_parser("revert", help="put an earlier revision in force again")
    parser.add_argument("revision", nargs="?", help="its number or hash; without it, the one before")
    parser.set_defaults(run=_in_the_readers_language(revert))


def _add_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="since", type=date.fromisoformat, help="first day of the history to try it on")
    parser.add_argument(
        "--to", dest="until", type=date.fromisoformat, help="the day after the last; today when missing"
    )
    parser.add_argument("--model", default="", help="the key of the scoring model; the first one when missing")
    parser.add_argument("--json", action="store_true", help="print the back-test as JSON and nothing else")


def _in_the_readers_language(run: Run) -> Run:
    """German where the terminal is German (LC_ALL, LC_MESSAGES, LANG), else English."""

    def told(given: argparse.Namespace) -> int:
        from django.utils import translation

        wanted = next((told for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (told := os.environ.get(name))), "")
        with translation.override("de" if wanted.startswith("de") else "en"):
            return run(given)

    return told


def check(given: argparse.Namespace) -> int:
    from reif.playbook.command import check_folder

    return _print_problems(check_folder(given.folder)) or print("No problems.") or 0


def diff(given: argparse.Namespace) -> int:
    from reif.playbook.command import Refused, diff_folder

    try:
        print("\n".join(diff_folder(given.folder)) or "No difference.")
    except Refused as refused:
        return _print_problems(refused.problems)
    return 0


def try_(given: argparse.Namespace) -> int:
    from reif.playbook.command import Refused, checked, try_folder
    from reif.qualify.backtest.compare import TooLittle, compare
    from reif.qualify.backtest.told import told

    try:
        draft = checked(given.folder)
        if not given.json:
            print("\n".join([*try_folder(given.folder), ""]))
        found = compare(draft, given.since, given.until, model=given.model)
        print(msgspec.json.encode(found).decode() if given.json else "\n".join(told(found)))
    except Refused as refused:
        return _print_problems(refused.problems)
    except TooLittle as little:
        print(little)
        return 1 if given.json else 0
    return 0


def apply(given: argparse.Namespace) -> int:
    from reif.playbook.command import Overtaken, Refused, apply_edited

    try:
        print(apply_edited(given.folder, force=given.force))
    except Refused as refused:
        return _print_problems(refused.problems)
    except Overtaken as overtaken:
        print(overtaken)
        return 1
    return 0


def export(given: argparse.Namespace) -> int:
    from reif.playbook.command import export_folder

    print("\n".join(str(path) for path in export_folder(given.folder)))
    return 0


def revert(given: argparse.Namespace) -> int:
    from reif.playbook.command import NoSuchRevision, revert_to

    try:
        print(revert_to(given.revision))
    except NoSuchRevision as none:
        print(none)
        return 1
    return 0


def _print_problems(problems: list[Any]) -> int:
    for problem in problems:
        print(f"{problem.file}:{problem.line}: {problem.sentence} {problem.remedy}")
    return 1 if problems else 0

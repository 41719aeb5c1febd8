"""What the commands `reif import people` and `reif import companies` need: a file on this machine, decisions as words, and an end."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from reif.capture.imports.kinds import KINDS
from reif.capture.imports.mappings import remember
from reif.capture.imports.open_file import open_file
from reif.capture.imports.options import Answer, Options
from reif.capture.imports.receive import receive, throw_away, understand
from reif.capture.imports.rehearse import Rehearsal, rehearse
from reif.capture.imports.run import fail, run_to_the_end, start
from reif.capture.imports.segments import fixed_segments
from reif.capture.imports.skip_file import skip_file
from reif.capture.imports.table import BadFile
from reif.capture.imports.words import file_words
from reif.capture.models import Import
from reif.crm.models import STAGES


class Refused(Exception):
    """With the sentence and the remedy to print. code: 1 the file, 2 the command."""

    def __init__(self, sentence: str, remedy: str, code: int) -> None:
        super().__init__(sentence)
        self.sentence, self.remedy, self.code = sentence, remedy, code


def rehearsed(given: argparse.Namespace) -> tuple[Import, Rehearsal]:
    """Read and compare the whole file where it lies."""
    draft = Import(kind=given.what, name=given.name or given.file.stem, file_name=given.file.name)
    try:
        table = open_file(given.file, given.sheet)
    except BadFile as error:
        raise _refused(error.key, error.values, 1) from error
    understand(draft, table, _options(given))
    _map(draft, given.map)
    return draft, rehearse(draft, table)


def carry_out(given: argparse.Namespace, after: Callable[[Import], None] | None) -> Import:
    """Take it over, and write the skip file when one is wanted."""
    answer = Answer(basis=given.basis, mail="yes" if given.mail else "no", evidence=given.mail)
    if given.what == "people" and answer.lacks:
        raise _refused(answer.lacks, {}, 2)
    try:
        draft = receive(_blocks(given.file), given.file.name, None, given.name, given.country, given.what)
    except BadFile as error:
        raise _refused(error.key, error.values, 1) from error
    draft.basis = msgspec.to_builtins(answer)
    draft.options = msgspec.to_builtins(msgspec.structs.replace(_options(given), sheet=given.sheet))
    try:
        _map(draft, given.map)
    except Refused:
        throw_away(draft)
        draft.delete()
        raise
    draft.save()
    remember(draft.headings, draft.mapping, draft.options, draft.kind)
    start(draft)
    try:
        done = run_to_the_end(draft.pk, after=after)
    except Exception as error:
        fail(draft.pk, "failed", {"error": type(error).__name__})
        raise
    if given.skip_file:
        _write_skipped(done, given.skip_file)
    return done


def _map(draft: Import, told: list[str]) -> None:
    kind = KINDS[draft.kind]
    for one in told:
        heading, _equals, target = one.rpartition("=")
        if heading not in draft.headings:
            raise Refused(f"There is no column “{heading}”.", f"There are: {', '.join(draft.headings)}.", 2)
        if not kind.is_target(target):
            known = ", ".join(kind.targets)
            raise Refused(f"“{target}” is no target.", f"There are: {known}, or write trait:NAME.", 2)
        draft.mapping = [
            target if h == heading else "" if t == target and target else t
            for h, t in zip(draft.headings, draft.mapping, strict=True)
        ]
    if lack := kind.lacks(draft.mapping):
        words = file_words(lack, {})
        ways = ", ".join(f"--map 'HEADING={target}'" for target in sorted(kind.needs))
        raise Refused(words.sentence, f"{words.remedy} {ways}. {', '.join(draft.headings)[:400]}", 2)


def _options(given: argparse.Namespace) -> Options:
    if given.stage and given.stage not in STAGES:
        raise Refused(f"“{given.stage}” is no stage.", f"There are: {', '.join(STAGES)}.", 2)
    fixed = fixed_segments("en")
    if given.segment and given.segment not in fixed:
        there = f"There are: {', '.join(fixed)}." if fixed else "Make one under Segments, or in segments.toml."
        raise Refused(f"“{given.segment}” is no fixed segment.", there, 2)
    return Options(
        update=given.update, twice=given.twice, stage=given.stage, country=given.country.upper(), source=given.source,
        system=given.system, dates=given.dates, segment=given.segment,
    )  # fmt: skip


def _refused(key: str, values: dict[str, str], code: int) -> Refused:
    words = file_words(key, values)
    return Refused(words.sentence, words.remedy, code)


def _blocks(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        raise BadFile("directory")
    try:
        with path.open("rb") as file:
            yield from iter(lambda: file.read(1 << 20), b"")
    except FileNotFoundError as error:
        raise BadFile("missing") from error
    except PermissionError as error:
        raise BadFile("unreadable") from error


def _write_skipped(one: Import, path: Path) -> None:
    """The rows are safe in the database, so a full disk costs a file that can be had again."""
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            out.writelines(skip_file(one))
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Refused(
            f"The import {one.pk} is finished, but the skip file could not be written: {error.strerror}.",
            f"Make room and fetch it from the page of the import: /imports/{one.pk}", 1,
        ) from error  # fmt: skip

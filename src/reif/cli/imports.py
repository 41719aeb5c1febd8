"""`reif import people` and `reif import companies`: take a file over, or say what would happen; `reif import undo`: take it back."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reif.capture.imports.rehearse import Rehearsal
    from reif.capture.models import Import

BASES = ("consent", "contract", "legitimate_interest_customer", "legitimate_interest_lead")


def add(commands: Any) -> None:
    parser = commands.add_parser("import", help="take a file of people or of companies over, or take an import back")
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    _add_people(what.add_parser("people", help="CSV, XLSX or vCard; each row is checked"))
    _add_companies(what.add_parser("companies", help="CSV or XLSX; known by their domain, or by name within a country"))
    undo = what.add_parser("undo", help="take an import back: what it made and nobody used since, and changed columns")
    undo.add_argument("number", type=int, help="the number of the import")
    undo.set_defaults(run=take_back)


def _add_people(parser: Any) -> None:
    _add_common(parser)
    parser.add_argument("--basis", default="", metavar="BASIS", help=f"why they may be processed: {', '.join(BASES)}")
    parser.add_argument("--mail", default="", metavar="EVIDENCE", help="they may be written to: where, when and with "
                        "which words they agreed; without it nobody may")  # fmt: skip
    parser.add_argument("--stage", default="", help="the stage of new people whose row names none")
    parser.add_argument("--system", default="", metavar="NAME", help="the software whose ids the file carries, as in "
                        "`pipedrive`; instead of the heading of the column of ids")  # fmt: skip
    parser.add_argument("--dates", choices=("day", "month"), default="", help="what stands first in 03/04/2024, when the "
                        "file does not show it")  # fmt: skip
    parser.add_argument("--source", default="", help="what is noted as the origin, instead of the file's name")
    parser.add_argument(
        "--segment", default="", metavar="KEY", help="put everybody of the file into this fixed segment"
    )


def _add_companies(parser: Any) -> None:
    _add_common(parser)
    parser.set_defaults(basis="", mail="", stage="", system="", dates="", source="", segment="")


def _add_common(parser: Any) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="read and check everything, write nothing")
    parser.add_argument("--map", action="append", default=[], metavar="HEADING=TARGET", help="where a column goes; "
                        "`trait:NAME` keeps it as a trait, an empty target leaves it out; may be repeated")  # fmt: skip
    parser.add_argument("--update", choices=("fill", "overwrite"), default="fill", help="of those who are there already: "
                        "fill gaps (default), or overwrite")  # fmt: skip
    parser.add_argument("--twice", choices=("last", "first"), default="last", help="which of two rows about one wins")
    parser.add_argument("--country", default="CH", help="where telephone numbers without a code are at home")
    parser.add_argument("--list", default="", metavar="NAME", dest="name", help="what the import is called; conditions "
                        "and segments can ask for it")  # fmt: skip
    parser.add_argument("--sheet", default="", help="of a workbook")
    parser.add_argument("--skip-file", type=Path, metavar="FILE", help="write rows that were skipped, with the reason")
    parser.add_argument("--language", choices=("en", "de"), default="en", help="of reasons and remedies")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=take_over)


def take_over(given: argparse.Namespace) -> int:
    """Import, or rehearse. Exit codes: 0 done, 1 the file cannot be taken, 2 something is missing in the command."""
    from django.utils.translation import override

    from reif.capture.imports.command import Refused, carry_out, rehearsed

    with override(given.language):
        try:
            if given.dry_run:
                draft, told = rehearsed(given)
                print(json.dumps(_told(told)) if given.json else _rehearsal(draft, told))
                return 0
            done = carry_out(given, _progress if sys.stderr.isatty() and not given.json else None)
        except Refused as error:
            print(f"{error.sentence}\n{error.remedy}", file=sys.stderr)
            return error.code
    print(json.dumps(_figures(done)) if given.json else _report(done))
    if done.trouble:
        print(f"{done.trouble}", file=sys.stderr)
    return 0 if done.state == "done" else 1


def take_back(given: argparse.Namespace) -> int:
    """Undo an import to its end."""
    from django.utils.translation import override

    from reif.capture.imports.undo import NotPossible, undo_to_the_end

    try:
        with override("en"):
            done = undo_to_the_end(given.number)
    except NotPossible as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"Import {done.pk}: {done.removed} {done.kind} removed, {done.restored} restored, {done.kept} kept as they are."
    )
    return 0


def _progress(one: Import) -> None:
    print(f"\r{one.rows:>12,} rows, {one.created:,} new, {one.skipped:,} skipped ", end="", file=sys.stderr, flush=True)


def _figures(one: Import) -> dict[str, Any]:
    names = ("rows", "created", "changed", "same", "skipped", "left_out")
    return {"import": one.pk, "name": one.name, "state": one.state} | {n: getattr(one, n) for n in names}


def _report(one: Import) -> str:
    return (
        f"Import {one.pk} “{one.name}”: {one.rows:,} rows: {one.created:,} new, {one.changed:,} changed, {one.same:,} as"
        f" they were, {one.skipped:,} skipped; {one.left_out:,} values left out."
    )


def _told(told: Rehearsal) -> dict[str, Any]:
    return {"rows": told.rows, **told.counts, "left_out": told.left_out, "reasons": dict(told.reasons)}


def _rehearsal(draft: Import, told: Rehearsal) -> str:
    from reif.capture.imports.words import row_words

    lines = [
        f"{heading:<32} → {target or '(not taken)'}"
        for heading, target in zip(draft.headings, draft.mapping, strict=True)
    ]
    lines += ["", f"{told.rows:,} rows; nothing was written."]
    lines += [f"{what:>12} {count:>10,}" for what, count in told.counts.most_common()]
    for key, count in told.reasons.most_common():
        lines.append(f"{count:>12,} {row_words(key, '?').sentence} {row_words(key).remedy}")
    return "\n".join(lines)

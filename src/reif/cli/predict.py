"""`reif predict evaluate FILE --outcome COLUMN`: how well past leads would have been predicted."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from reif.qualify.predict.learning.measure import Quality
    from reif.qualify.predict.tables.evaluate import Evaluation

WIDTH = 110
UNUSABLE, NO_MODEL = 2, 3


def add(commands: Any) -> None:
    verbs = commands.add_parser("predict", help="chances learned from past leads").add_subparsers(
        dest="verb", required=True
    )
    parser = verbs.add_parser("evaluate", help="measure the predictive pipeline on a table of past leads")
    parser.add_argument("file", type=Path, help="CSV or XLSX with a row for each past lead; also as .gz")
    parser.add_argument("--outcome", required=True, help="the column that says how it ended")
    parser.add_argument("--positive", help="the answer in that column that counts; needed when there are several")
    parser.add_argument(
        "--drop", action="append", default=[], metavar="COLUMN", help="leave a column out; may be repeated"
    )
    parser.add_argument(
        "--time", metavar="COLUMN", help="when each lead asked: learn from the earlier ones, measure on the later ones"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=evaluate)


def evaluate(given: argparse.Namespace) -> int:
    """Print the figures and the suspects. 2 when the table cannot be used, 3 when nothing can be learned from it."""
    from reif.qualify.predict.tables.evaluate import NoModel
    from reif.qualify.predict.tables.evaluate import evaluate as measure
    from reif.qualify.predict.tables.table import BadTable, read_table

    try:
        found = measure(read_table(given.file), given.outcome, tuple(given.drop), given.time, given.positive)
    except BadTable as error:
        if given.json:
            print(msgspec.json.encode({"error": str(error)}).decode())
        print(error, file=sys.stderr)
        return NO_MODEL if isinstance(error, NoModel) else UNUSABLE
    if given.json:
        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        print("\n".join(_told(found)))
    return 0


def _told(found: Evaluation) -> list[str]:
    split = "five-fold cross-validation"
    if found.trained_until:
        split = f"learned from {found.trained_rows} leads until {found.trained_until}, judged on later ones until {found.judged_until}"
    first = found.quality
    return [
        f"{first.rows} leads were judged by models that had not seen them ({split}).",
        f"{first.positives} of them ({first.base_rate:.1%}) had the outcome: {found.outcome}.",
        f"{found.columns} columns, {found.seconds:.1f} s.",
        "",
        *_figures(found),
        *_suspects(found),
        *_section("Not used, since they say nothing that lasts:", [_ignored(found)] if found.ignored else []),
        *_section("Before you believe these figures:", found.remarks),
    ]


def _figures(found: Evaluation) -> list[str]:
    first = found.quality
    columns: list[tuple[str, Quality | None]] = [("all columns", first)]
    columns += [("without leaks", found.honest)] if found.honest else []
    columns += [("cautious", found.cautious)] if found.cautious else []
    rows = (
        ("AUC", "auc", 0.5), ("  19 times of 20 from", "auc_low", None), ("  to", "auc_high", None),
        ("Average precision", "average_precision", first.base_rate), ("Lift at 10 %", "lift_10", 1.0),
        ("Precision at 10 %", "precision_10", first.base_rate), ("Brier score", "brier", first.brier_base),
        ("Calibration error", "calibration_error", None),
    )  # fmt: skip
    head = f"{'':<24}" + "".join(f"{name:>15}" for name, _quality in columns) + f"{'by chance':>12}"
    return [
        head,
        *(_row(words, [getattr(q, key, None) for _name, q in columns], chance) for words, key, chance in rows),
    ]


def _row(words: str, figures: list[float | None], chance: float | None) -> str:
    cells = "".join(f"{'' if figure is None else f'{figure:.3f}':>15}" for figure in figures)
    return f"{words:<24}{cells}{'' if chance is None else f'{chance:.3f}':>12}".rstrip()


def _suspects(found: Evaluation) -> list[str]:
    lines: list[str] = []
    for severity, title in (
        ("leak", "Leaks: known only afterwards. Leave them out with --drop (column “without leaks”):"),
        ("look", "Look at these: they may be honest (column “cautious”: without these either):"),
    ):
        named = [leak for leak in found.leaks if leak.severity == severity]
        if named:
            lines += ["", title]
        for leak in named:
            lines += [f"  {leak.column} (AUC {leak.auc:.3f} alone)", *(_wrapped(s, 4) for s in leak.evidence)]
    return lines


def _ignored(found: Evaluation) -> str:
    return ", ".join(f"{name} ({kind})" for name, kind in found.ignored.items()) + "."


def _section(title: str, sentences: list[str]) -> list[str]:
    return ["", title, *(_wrapped(sentence, 2) for sentence in sentences)] if sentences else []


def _wrapped(sentence: str, indent: int) -> str:
    return fill(sentence, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)

"""`reif predict evaluate FILE --outcome COLUMN`: how well past leads would have been predicted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from reif.qualify.predict.evaluate import Evaluation
    from reif.qualify.predict.measure import Quality


def add(commands: Any) -> None:
    verbs = commands.add_parser("predict", help="chances learned from past leads").add_subparsers(
        dest="verb", required=True
    )
    parser = verbs.add_parser("evaluate", help="measure the predictive pipeline on a table of past leads")
    parser.add_argument("file", type=Path, help="CSV or XLSX with a row for each past lead")
    parser.add_argument("--outcome", required=True, help="the column that says how it ended")
    parser.add_argument("--positive", help="the answer in that column that counts; needed when there are several")
    parser.add_argument(
        "--drop", action="append", default=[], metavar="COLUMN", help="leave a column out; may be repeated"
    )
    parser.add_argument("--time", metavar="COLUMN", help="train on the earlier leads, measure on the later ones")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=evaluate)


def evaluate(given: argparse.Namespace) -> int:
    """Print the figures and the suspects."""
    from reif.qualify.predict.evaluate import evaluate as measure
    from reif.qualify.predict.table import BadTable, read_table

    try:
        found = measure(read_table(given.file), given.outcome, tuple(given.drop), given.time, given.positive)
    except BadTable as error:
        print(error)
        return 1
    if given.json:
        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        print("\n".join(_told(found)))
    return 0


def _told(found: Evaluation) -> list[str]:
    split = f"trained on leads until {found.trained_until}" if found.trained_until else "five-fold cross-validation"
    first = found.quality
    lines = [
        f"{first.rows} leads were judged by models that had not seen them ({split}); {first.positives} of them ({first.base_rate:.1%})",
        f"had the outcome: {found.outcome}. {found.columns} columns, {found.seconds:.1f} s.",
        "",
        f"{'':<22}{'all columns':>14}{'without leaks' if found.honest else '':>16}{'by chance':>12}",
        *_figures(first, found.honest),
    ]
    if found.leaks:
        lines += ["", "Columns that look like leaks (* left out in the second column of figures):"]
    for leak in found.leaks:
        lines += [f"{'*' if leak.sure else ' '} {leak.column} (AUC {leak.auc:.3f} alone)"]
        lines += [f"    {sentence}" for sentence in leak.evidence]
    if found.ignored:
        lines += ["", f"Not used, since they say nothing that lasts: {', '.join(found.ignored)}."]
    return lines


def _figures(first: Quality, honest: Quality | None) -> list[str]:
    rows = (
        ("AUC", "auc", 0.5), ("Average precision", "average_precision", first.base_rate), ("Lift at 10 %", "lift_10", 1.0),
        ("Precision at 10 %", "precision_10", first.base_rate), ("Brier score", "brier", first.brier_base),
        ("Calibration error", "calibration_error", None),
    )  # fmt: skip
    return [_row(words, getattr(first, key), getattr(honest, key, None), chance) for words, key, chance in rows]


def _row(words: str, *figures: float | None) -> str:
    cells = ["" if figure is None else f"{figure:.3f}" for figure in figures]
    return f"{words:<22}{cells[0]:>14}{cells[1]:>16}{cells[2]:>12}"

"""What a reader should know before believing a figure, in sentences."""

from __future__ import annotations

import numpy as np

from reif.qualify.predict.learning.encoded import Floats
from reif.qualify.predict.learning.folds import parts
from reif.qualify.predict.learning.measure import Quality
from reif.qualify.predict.tables.alone import alone
from reif.qualify.predict.tables.cells import Cells
from reif.qualify.predict.tables.kinds import Kind
from reif.qualify.predict.tables.leaks import Suspect
from reif.qualify.predict.tables.outcome import Outcome

TOO_GOOD, FEW, ORDERED = 0.985, 100, 0.6


def remarks(read: tuple[str, ...], told: Outcome, unsaid: int, alike: int, first: Quality, leaks: list[Suspect],
            by_time: bool) -> list[str]:  # fmt: skip
    """read: what was odd about the file. unsaid: rows without an end. alike: rows that have a twin."""
    found = [*read, *_unended(told, unsaid)]
    if alike:
        where = (
            "those with a twin before the split are not measured" if by_time else "twins are always in the same fold"
        )
        found.append(
            f"{alike} rows are alike in all columns with another; {where}, so that none is judged by its own copy."
        )
    rarer = min(first.positives, first.rows - first.positives)
    if rarer < FEW:
        found.append(
            f"Only {rarer} of the leads that were judged had the rarer outcome: the figures may well be off by what the range says."
        )
    if first.auc >= TOO_GOOD and not any(s.sure for s in leaks):
        found.append(
            f"An AUC of {first.auc:.3f} is nearly perfect. Unless the outcome is that easy, some columns together give it away."
        )
    if not by_time and (order := _by_order(told.truth)) >= ORDERED:
        found.append(
            f"The outcome goes with the order of the rows (AUC {order:.3f}): the file is sorted, or times have changed. "
            "With --time COLUMN the later leads are judged by the earlier ones."
        )
    return found


def _unended(told: Outcome, unsaid: int) -> list[str]:
    found = []
    if told.unended:
        which = ", ".join(f"“{answer}”" for answer in list(told.unended)[:6])
        found.append(f"{sum(told.unended.values())} rows have not ended yet ({which}) and were left out.")
    if empty := unsaid - sum(told.unended.values()):
        found.append(f"{empty} rows do not say how it ended and were left out.")
    return found


def parts_judged(leads: int, figures: list[Quality | None]) -> list[str]:
    """Where there are so many leads that not every part was judged."""
    fewest = min(one.rows for one in figures if one is not None)
    if fewest == leads:
        return []
    which = "the figures" if figures[0] is not None and figures[0].rows < leads else "the figures without columns"
    return [
        f"There are so many leads that {which} are of {fewest} of them, two parts of five, each judged by a model that "
        "learned from the other four: enough to tell them to the third digit."
    ]


def _by_order(truth: Floats) -> float:
    """How well the place in the file alone tells the outcome."""
    rows = len(truth)
    places = Cells(Kind.NUMBER, np.ones(rows, dtype=bool), np.arange(rows, dtype=float), np.full(rows, -1), [])
    return alone(places, truth, parts(truth, np.arange(rows), 5, 3)).auc

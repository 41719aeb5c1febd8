"""What in a column gives away that it was written afterwards. Each piece of evidence: whether it is certain, and a sentence."""

from __future__ import annotations

import numpy as np

from reif.qualify.predict.learning.encoded import Floats
from reif.qualify.predict.tables.alone import Alone
from reif.qualify.predict.tables.cells import Marks
from reif.qualify.predict.tables.kinds import Kind

PURE, COMMON, FEW = 0.95, 0.7, 8
COVERS, COVERS_SOME = 0.25, 0.1
APART, HALF = 0.6, 0.35
Evidence = list[tuple[bool, str]]


def telling(told: Alone, truth: Floats) -> Evidence:
    """Values that stand for one outcome nearly alone, and hold a good part of it, where that outcome is not so common anyway.

    The ends of a scale may do so honestly: they are worth a look, and certain never.
    """
    found: Evidence = []
    for came in (True, False):
        hits = told.hits if came else told.many - told.hits
        base = float(truth.mean()) if came else 1 - float(truth.mean())
        if base > COMMON:
            continue
        enough = told.many >= max(FEW, 0.002 * len(truth))
        rate = (hits + base) / (told.many + 1)
        pure = np.flatnonzero(enough & (rate >= PURE))
        covers = float(hits[pure].sum()) / max(1.0, float(hits.sum()))
        if covers >= (HALF if told.sliced else COVERS_SOME) and len(pure):
            found.append(
                (
                    covers >= COVERS and not told.sliced,
                    _pure(told, pure[np.argsort(-told.many[pure])], hits, covers, base, came),
                )
            )
    return found


def _pure(
    told: Alone, pure: np.ndarray[tuple[int], np.dtype[np.intp]], hits: Floats, covers: float, base: float, came: bool
) -> str:
    names = ", ".join("an empty cell" if told.values[n] is None else f"“{str(told.values[n])[:50]}”" for n in pure[:3])
    more = f" and {len(pure) - 3} more" if len(pure) > 3 else ""
    rows = int(told.many[pure].sum())
    what = "have the outcome" if came else "lack the outcome"
    return (
        f"Of the {rows} rows with {names}{more}, {hits[pure].sum() / rows:.1%} {what} (of all rows: {base:.1%}); "
        f"they hold {covers:.0%} of all that do."
    )


def filled(filled_in: Marks, truth: Floats) -> Evidence:
    """Whether it is filled tells the outcome."""
    there = filled_in.astype(float)
    if not 0 < there.mean() < 1:
        return []
    won, lost = float(there[truth == 1].mean()), float(there[truth == 0].mean())
    hold, base = float(truth[there == 1].mean()), float(truth.mean())
    sentence = f"It is filled in {won:.0%} of the rows with the outcome and in {lost:.0%} of the others."
    many = there.sum() >= FEW
    only_won = many and won >= COVERS_SOME and hold >= PURE and base <= COMMON
    only_lost = many and lost >= COVERS_SOME and hold <= 1 - PURE and 1 - base <= COMMON
    if abs(won - lost) >= APART or only_won or only_lost:
        return [(True, sentence)]
    return [(False, sentence)] if abs(won - lost) >= HALF else []


def later(told: Alone, kind: Kind, at: Floats | None) -> Evidence:
    """Dates after the moment of asking."""
    if at is None or kind is not Kind.DATE:
        return []
    both = np.isfinite(told.ordered) & np.isfinite(at)
    share = float((told.ordered[both] > at[both] + 1).mean()) if both.any() else 0.0
    return [(True, f"In {share:.0%} of the rows its date lies after the moment of asking.")] if share >= 0.02 else []

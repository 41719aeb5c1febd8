"""What in a column gives away that it was written afterwards. Each piece of evidence: whether it is certain, and a sentence."""

from __future__ import annotations

import numpy as np

from reif.qualify.predict.learning.encoded import Floats
from reif.qualify.predict.tables.alone import Alone
from reif.qualify.predict.tables.cells import Marks
from reif.qualify.predict.tables.kinds import Kind
from reif.qualify.predict.tables.wording import CHANCE, PURE, by_chance

COMMON, FEW = 0.7, 8
COVERS, COVERS_SOME = 0.25, 0.1
APART, HALF = 0.6, 0.35
NEARLY_NONE, EXPECTED = 0.05, 20
SEVERAL, SURELY = 20, 0.98
"""Where one outcome is common: at most that share of the others that should be there, and so many should."""
Evidence = list[tuple[bool, str]]


def telling(told: Alone, truth: Floats, tries: int = 1) -> Evidence:
    """Values that stand for one outcome nearly alone, and hold a good part of it. tries: columns that are looked at.

    The ends of a scale may do so honestly, and so may what keeps a lead from being won where few are: they are worth a look,
    and certain never.
    """
    found: Evidence = []
    tries = max(1, tries * len(told.many))
    for came in (True, False):
        hits = told.hits if came else told.many - told.hits
        base = float(truth.mean()) if came else 1 - float(truth.mean())
        pure = np.flatnonzero(_stands_for(hits, told.many, base, tries, max(FEW, 0.002 * len(truth))))
        covers = float(hits[pure].sum()) / max(1.0, float(hits.sum()))
        least = COVERS if base > COMMON else HALF if told.sliced else COVERS_SOME
        if covers >= least and len(pure):
            certain = covers >= COVERS and not told.sliced and base <= COMMON
            found.append((certain, _pure(told, pure[np.argsort(-told.many[pure])], hits, covers, base, came)))
    return found


def _stands_for(hits: Floats, many: Floats, base: float, tries: int, least: float) -> Marks:
    """Groups of which nearly all have this outcome, by more than chance."""
    enough = (many >= least) & (by_chance(hits, many, base) * tries < CHANCE)
    if base <= COMMON:
        return np.asarray(enough & ((hits + base) / (many + 1) >= PURE))
    due = many * (1 - base)
    return np.asarray(enough & (due >= EXPECTED) & (many - hits <= NEARLY_NONE * due))


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
    if filled_in.all() or not filled_in.any():
        return []
    won, lost = float(filled_in[truth == 1].mean()), float(filled_in[truth == 0].mean())
    sentence = f"It is filled in {won:.0%} of the rows with the outcome and in {lost:.0%} of the others."
    if abs(won - lost) >= APART or _of_one_alone(filled_in, truth):
        return [(True, sentence)]
    return [(False, sentence)] if abs(won - lost) >= HALF else []


def nought(values: Floats, truth: Floats) -> Evidence:
    """An amount that is nought unless one outcome came is as good as one that is empty."""
    other = np.isfinite(values) & (values != 0)
    if not (values == 0).any() or np.unique(values[other][:1000]).size < 3 or not _of_one_alone(other, truth):
        return []
    won, lost = float(other[truth == 1].mean()), float(other[truth == 0].mean())
    sentence = (
        f"It is something other than 0 in {won:.0%} of the rows with the outcome and in {lost:.0%} of the others."
    )
    return [(True, sentence)]


def _of_one_alone(there: Marks, truth: Floats) -> bool:
    """Hardly any row of the other outcome is among these, and a good part of this one is."""
    for came in (truth == 1, truth == 0):
        base, rows = float(came.mean()), int(there.sum())
        holds, covers, due = float(came[there].mean()), float(there[came].mean()), rows * (1 - base)
        if base <= COMMON and rows >= FEW and covers >= COVERS_SOME and holds >= PURE:
            return True
        if base <= 0.5 and rows >= SEVERAL and holds >= SURELY:
            return True
        if due >= EXPECTED and covers >= COVERS and rows * (1 - holds) <= NEARLY_NONE * due:
            return True
    return False


def later(told: Alone, kind: Kind, at: Floats | None) -> Evidence:
    """Dates after the moment of asking."""
    if at is None or kind is not Kind.DATE:
        return []
    both = np.isfinite(told.ordered) & np.isfinite(at)
    share = float((told.ordered[both] > at[both] + 1).mean()) if both.any() else 0.0
    return [(True, f"In {share:.0%} of the rows its date lies after the moment of asking.")] if share >= 0.02 else []

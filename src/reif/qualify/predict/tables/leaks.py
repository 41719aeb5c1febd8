"""Columns that look as if they were filled in afterwards: they predict the past perfectly, and the future not at all.

`leak`: there is evidence that it was known only when it had ended; leave it out. `look`: it may be honest, but look at it.
"""

from __future__ import annotations

from typing import Literal

import msgspec
import numpy as np

from reif.qualify.predict.learning.encoded import Floats, Rows
from reif.qualify.predict.learning.folds import parts
from reif.qualify.predict.tables.afterwards import by_name
from reif.qualify.predict.tables.alone import Alone, alone
from reif.qualify.predict.tables.cells import Leads, leads_of
from reif.qualify.predict.tables.evidence import filled, later, nought, telling
from reif.qualify.predict.tables.kinds import Kind
from reif.qualify.predict.tables.table import Table
from reif.qualify.predict.tables.wording import in_words

CERTAIN, NEAR, HIGH, ABOVE, NAMED, WEAK, SORTED = 0.985, 0.93, 0.85, 0.12, 0.68, 0.56, 0.58
FEW_VALUES = 3
Severity = Literal["leak", "look"]


class Suspect(msgspec.Struct, frozen=True):
    """A column with its evidence. auc: what it reaches alone, on rows that it has not seen. severity: leak, or look at it."""

    column: str
    severity: Severity
    auc: float
    evidence: list[str]

    @property
    def sure(self) -> bool:
        """Whether it has to be left out."""
        return self.severity == "leak"


def suspects(
    table: Table | Leads, truth: Floats, at: Floats | None = None, groups: Rows | None = None
) -> list[Suspect]:
    """The suspicious columns, leaks and the strongest first. at: when each lead was asked about, in days, to find later dates."""
    fold = parts(truth, np.arange(len(truth)) if groups is None else groups, 5, 7)
    columns = leads_of(table).columns
    told = {
        name: (in_words if cells.kind is Kind.TEXT else alone)(cells, truth, fold) for name, cells in columns.items()
    }
    usual = max((one.auc for one in told.values() if one.auc < HIGH), default=0.5)
    found = []
    for name, cells in columns.items():
        facts = [
            *telling(told[name], truth, len(columns)),
            *filled(cells.there, truth),
            *later(told[name], cells.kind, at),
        ]
        if cells.kind is Kind.NUMBER and not any(certain for certain, _sentence in facts):
            facts = [*nought(cells.values, truth), *facts]
        suspect = _judged(name, cells.kind, told[name], facts, usual, _sorted_from(truth))
        if suspect is not None:
            found.append(suspect)
    return sorted(found, key=lambda s: (not s.sure, -s.auc))


def _judged(
    name: str, kind: Kind, told: Alone, facts: list[tuple[bool, str]], usual: float, sorted_from: float
) -> Suspect | None:
    """facts: whether it is certain, and the sentence."""
    auc, leak = told.auc, any(certain for certain, _sentence in facts)
    evidence = [sentence for _certain, sentence in facts]
    if auc >= CERTAIN:
        leak = True
        evidence.append(f"It reaches an AUC of {auc:.3f} alone: that is the outcome itself, or written after it.")
    elif auc >= NEAR:
        evidence.append(f"It reaches an AUC of {auc:.3f} alone. Few things known beforehand tell so much.")
    elif auc >= HIGH and auc > usual + ABOVE:
        evidence.append(
            f"It reaches an AUC of {auc:.3f} alone, far more than usual columns (the best of them: {usual:.3f})."
        )
    known = by_name(name)
    if known and (evidence or auc >= (WEAK if known.weak else NAMED)):
        leak = leak or known.certain
        evidence.append(known.sentence)
    if kind is Kind.IDENTIFIER and auc >= sorted_from:
        evidence.append(
            f"Its values number the rows, and go with the outcome (AUC {auc:.3f}): the file is sorted by it. It is not used."
        )
    return Suspect(name, "leak" if leak else "look", auc, evidence) if evidence else None


def _sorted_from(truth: Floats) -> float:
    """From which AUC on a number goes with the outcome by more than chance: four standard errors. Source: Mann and Whitney (1947)."""
    having, lacking = float(truth.sum()), float(len(truth) - truth.sum())
    return max(SORTED, 0.5 + 4 * float(np.sqrt((having + lacking + 1) / (12 * having * lacking))))

"""The column that says how it ended, as ones and noughts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from reif.kit.fold import fold
from reif.qualify.predict.encode import Floats
from reif.qualify.predict.kinds import Kind, kind_of
from reif.qualify.predict.table import BadTable, Column

YES = frozenset(
    [
        "1",
        "1.0",
        "yes",
        "y",
        "true",
        "t",
        "ja",
        "j",
        "wahr",
        "won",
        "win",
        "gewonnen",
        "converted",
        "conversion",
        "sql",
        "mql",
        "customer",
        "kunde",
        "closed_won",
        "success",
        "sold",
    ]
) | {"closed won", "closed - converted"}
NO = frozenset(
    [
        "0",
        "0.0",
        "no",
        "n",
        "false",
        "f",
        "nein",
        "falsch",
        "lost",
        "verloren",
        "not",
        "open",
        "disqualified",
        "closed_lost",
        "failure",
        "failed",
    ]
) | {"closed lost", "not converted", "closed - not converted"}


@dataclass(frozen=True)
class Outcome:
    """truth: 1 where it came true. meaning: in words, which value is the one that was predicted."""

    truth: Floats
    meaning: str


def outcome_of(column: Column, name: str, positive: str | None = None) -> Outcome:
    """Raises BadTable when the column does not say who came through and who did not."""
    counted = Counter(fold(v) for v in column if v is not None)
    if positive is not None:
        if fold(positive) not in counted:
            raise BadTable(f"“{positive}” never stands in “{name}”; there are {_some(counted)}.")
        return _two(column, {fold(positive)}, f"{name} is “{positive}”")
    if not counted:
        raise BadTable(f"“{name}” is empty in every row, so there is nothing to learn.")
    if None in column and (len(counted) == 1 or kind_of(column) is Kind.DATE or len(counted) > 0.5 * len(column)):
        return _two(column, set(counted), f"{name} is filled")
    yes = set(counted) & YES
    if len(counted) == 1:
        raise BadTable(
            f"“{name}” is “{next(iter(counted))}” in every row: there is only one outcome, so nothing to learn."
        )
    if len(counted) == 2 and not yes:
        yes = {min(counted, key=lambda v: (counted[v], v))} if not set(counted) & NO else set(counted) - NO
    if len(yes) != 1 or (len(counted) > 2 and not _certain(counted, yes)):
        raise BadTable(f"“{name}” has more than two answers: {_some(counted)}. Say which one counts with --positive.")
    return _two(column, yes, f"{name} is “{next(iter(yes))}”")


def _two(column: Column, yes: set[str], meaning: str) -> Outcome:
    truth = np.array([float(v is not None and fold(v) in yes) for v in column])
    return Outcome(truth, meaning)


def _certain(counted: Counter[str], yes: set[str]) -> bool:
    """Every other answer is a no of some kind."""
    return set(counted) - yes <= NO


def _some(counted: Counter[str]) -> str:
    return ", ".join(f"“{v}” ({n})" for v, n in counted.most_common(8))

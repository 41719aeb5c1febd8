"""The column that says how it ended, as ones and noughts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reif.kit.fold import fold
from reif.qualify.predict.learning.encoded import Floats
from reif.qualify.predict.tables.kinds import Kind, kind_of
from reif.qualify.predict.tables.table import BadTable, Column, NoModel

YES = frozenset(
    [
        "1", "1.0", "yes", "y", "true", "t", "ja", "j", "wahr", "won", "win", "gewonnen", "converted", "conversion",
        "sql", "mql", "customer", "kunde", "closed_won", "closed won", "closed-won", "closedwon", "success", "successful",
        "sold", "closed - converted", "deal", "abschluss", "erfolgreich", "oui", "si", "sim", "purchased", "bought", "signed",
    ]
)  # fmt: skip
NO = frozenset(
    [
        "0", "0.0", "-1", "no", "n", "false", "f", "nein", "falsch", "lost", "verloren", "not", "open", "offen", "disqualified",
        "closed_lost", "closed lost", "closed-lost", "closedlost", "failure", "failed", "not converted", "no deal", "kein abschluss",
        "closed - not converted", "unqualified", "rejected", "abgelehnt", "nicht gewonnen", "non", "nao", "not purchased",
    ]
)  # fmt: skip
MOST_ANSWERS = 30


@dataclass(frozen=True)
class Outcome:
    """truth: 1 where it came true, of the rows that are `known`. meaning: in words, which value was foreseen."""

    truth: Floats
    meaning: str
    known: NDArray[np.intp]


def outcome_of(column: Column, name: str, positive: str | None = None) -> Outcome:
    """Raises BadTable when the column does not say who came through and who did not, NoModel when all ended alike."""
    counted = Counter(_answer(v) for v in column if v is not None)
    if not counted:
        raise NoModel(f"“{name}” is empty in every row, so there is nothing to learn.")
    if positive is not None:
        if _answer(positive) not in counted:
            raise BadTable(f"“{positive}” never stands in “{name}”; there are {_some(counted)}.")
        return _two(column, {_answer(positive)}, f"{name} is “{positive}”")
    if None in column and (len(counted) == 1 or kind_of(column) is Kind.DATE or len(counted) > 0.5 * len(column)):
        return _filled(column, name, counted)
    if len(counted) == 1:
        only = next(iter(counted))
        raise NoModel(
            f"“{name}” is “{only}” in every row: there is only one outcome, so there is nothing to learn. No model."
        )
    yes = _yes(counted, name)
    others = sorted(set(counted) - yes, key=lambda v: -counted[v])
    meaning = f"{name} is “{next(iter(yes))}”"
    return _two(column, yes, meaning if len(others) == 1 else f"{meaning}; {_quoted(others)} count as not")


def _yes(counted: Counter[str], name: str) -> set[str]:
    """The answer that counts: a word for yes; of two unknown ones, the one that is no word for no, else the rarer."""
    yes = set(counted) & YES
    if len(counted) == 2 and not yes:
        yes = set(counted) - NO if set(counted) & NO else {min(counted, key=lambda v: (counted[v], v))}
    if len(yes) == 1 and (len(counted) == 2 or set(counted) - yes <= NO):
        return yes
    if len(counted) > MOST_ANSWERS:
        raise BadTable(
            f"“{name}” has {len(counted)} different answers, so it is no outcome. One of two answers is needed in each row."
        )
    raise BadTable(
        f"“{name}” has more than two answers: {_some(counted)}. Say which one counts with --positive; all others count as not."
    )


def _answer(value: str) -> str:
    text = fold(value)
    return text.removesuffix(".0") if text[:1].isdigit() else text


def _filled(column: Column, name: str, counted: Counter[str]) -> Outcome:
    truth = np.array([float(v is not None) for v in column])
    only = f" (with “{next(iter(counted))}”)" if len(counted) == 1 else ""
    return Outcome(truth, f"{name} is filled{only}", np.arange(len(column)))


def _two(column: Column, yes: set[str], meaning: str) -> Outcome:
    """Rows that do not say how it ended are left out."""
    known = np.array([n for n, v in enumerate(column) if v is not None], dtype=np.intp)
    return Outcome(np.array([float(_answer(v) in yes) for v in column if v is not None]), meaning, known)


def _some(counted: Counter[str]) -> str:
    return ", ".join(f"“{v}” ({n})" for v, n in counted.most_common(8)) + (" …" if len(counted) > 8 else "")


def _quoted(values: list[str]) -> str:
    return ", ".join(f"“{v}”" for v in values[:6])

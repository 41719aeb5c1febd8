"""The column that says how it ended, as ones and noughts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

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
        "sold", "sale", "closed - converted", "deal", "abschluss", "abgeschlossen", "erfolg", "erfolgreich", "oui", "si", "sim",
        "purchased", "bought", "gekauft", "signed", "accepted", "approved", "angenommen", "qualified", "qualifiziert", "interested",
        "interessiert", "registered", "subscribed", "100%", "gagne", "vertrag", "verkauft", "+", "positive", "positiv", "x",
    ]
)  # fmt: skip
NO = frozenset(
    [
        "0", "0.0", "-1", "no", "n", "false", "f", "nein", "falsch", "lost", "lose", "loss", "verloren", "not", "disqualified",
        "closed_lost", "closed lost", "closed-lost", "closedlost", "failure", "failed", "not converted", "no deal", "kein abschluss",
        "closed - not converted", "unqualified", "rejected", "abgelehnt", "nicht gewonnen", "non", "nao", "not purchased",
        "declined", "denied", "dropped", "abgebrochen", "absage", "0%", "perdu", "misserfolg", "negative", "negativ", "none",
        "kein interesse", "unqualifiziert", "lost deal", "abandoned",
    ]
)  # fmt: skip
OPEN = frozenset(
    [
        "open", "offen", "pending", "in progress", "in_progress", "inprogress", "in bearbeitung", "laufend", "in arbeit", "working",
        "new", "neu", "ongoing", "engaging", "prospecting", "negotiation", "proposal", "verhandlung", "angebot",
        "nurturing", "contacted", "kontaktiert", "on hold", "pausiert", "wartend", "waiting", "undecided", "unentschieden", "en cours",
    ]
)  # fmt: skip
"""Not ended yet: where both ends are told too, such leads are left out, and whatever stands beside `won` and `lost`."""
_OPEN = re.compile(r"^(open|working|offen)\b")
_WON, _LOST = re.compile(r"(^|[ _-]|closed)(won|gewonnen)$"), re.compile(r"(^|[ _-]|closed)(lost|verloren)$")
_NOT = re.compile(r"^((not|no|non|nicht|kein|keine|keinen|ohne)[ _-]+|(un|in|dis|miss))(?=\w)")
MOST_ANSWERS = 30


@dataclass(frozen=True)
class Outcome:
    """truth: 1 where it came true, of the rows that are `known`. meaning: in words, which value was foreseen.

    unended: how many rows say that it has not ended, by what they say.
    """

    truth: Floats
    meaning: str
    known: NDArray[np.intp]
    unended: dict[str, int] = field(default_factory=dict)


def outcome_of(column: Column, name: str, positive: str | None = None) -> Outcome:
    """Raises BadTable when the column does not say who came through and who did not, NoModel when all ended alike."""
    counted = Counter(_answer(v) for v in column if v is not None)
    if not counted:
        raise NoModel(f"“{name}” is empty in every row, so there is nothing to learn.")
    if positive is not None:
        if _answer(positive) not in counted:
            raise BadTable(f"“{positive}” never stands in “{name}”; there are {_some(counted)}.")
        return _two(column, {_answer(positive)}, f"{name} is “{positive}”")
    if set(counted) <= NO and len(counted) == 1:
        raise NoModel(
            f"“{name}” says “{next(iter(counted))}” and nothing else: there is only one outcome, so there is nothing to learn."
        )
    if None in column and (len(counted) == 1 or kind_of(column) is Kind.DATE or _of_their_own(counted, column)):
        return _filled(column, name, counted)
    if len(counted) == 1:
        only = next(iter(counted))
        raise NoModel(
            f"“{name}” is “{only}” in every row: there is only one outcome, so there is nothing to learn. No model."
        )
    unended = _unended(set(counted))
    ended = Counter({answer: n for answer, n in counted.items() if answer not in unended})
    yes = _yes(ended, name)
    others = sorted(set(ended) - yes, key=lambda v: -ended[v])
    meaning = f"{name} is “{next(iter(yes))}”"
    return _two(column, yes, meaning if len(others) == 1 else f"{meaning}; {_quoted(others)} count as not", unended)


def _of_their_own(counted: Counter[str], column: Column) -> bool:
    """Another value in most rows: a number of a contract, say."""
    return len(counted) > 0.5 * len(column) and not set(counted) & (YES | NO)


def _unended(answers: set[str]) -> set[str]:
    """The answers that say that it goes on."""
    if any(map(_WON.search, answers)) and any(map(_LOST.search, answers)):
        return answers - YES - NO
    both = answers & YES and answers & NO
    return {answer for answer in answers if answer in OPEN or _OPEN.match(answer)} if both else set()


def _yes(counted: Counter[str], name: str) -> set[str]:
    """The answer that counts: a word for yes; of two unknown ones, the one that is no word for no, else the rarer."""
    yes = set(counted) & YES
    if len(counted) == 2:
        yes = _of_two(counted)
    if len(yes) == 1 and (len(counted) == 2 or set(counted) - yes <= NO):
        return yes
    if len(counted) > MOST_ANSWERS:
        raise BadTable(
            f"“{name}” has {len(counted)} different answers, so it is no outcome. One of two answers is needed in each row."
        )
    raise BadTable(
        f"“{name}” has more than two answers: {_some(counted)}. Say which one counts with --positive; all others count as not."
    )


def _of_two(counted: Counter[str]) -> set[str]:
    """`kein Kunde` says what counts as well as `Kunde` does."""
    for denied in counted:
        if _NOT.sub("", denied) in set(counted) - {denied}:
            return set(counted) - {denied}
    yes, no = set(counted) & YES, set(counted) & (NO | OPEN)
    if len(yes) == 1:
        return yes
    return set(counted) - no if len(no) == 1 else {min(counted, key=lambda v: (counted[v], v))}


def _answer(value: str) -> str:
    text = fold(value)
    return text.removesuffix(".0") if text[:1].isdigit() else text


def _filled(column: Column, name: str, counted: Counter[str]) -> Outcome:
    truth = np.array([float(v is not None) for v in column])
    only = f" (with “{next(iter(counted))}”)" if len(counted) == 1 else ""
    return Outcome(truth, f"{name} is filled{only}", np.arange(len(column)))


def _two(column: Column, yes: set[str], meaning: str, unended: set[str] | None = None) -> Outcome:
    """Rows that do not say how it ended are left out."""
    answers = [None if v is None else _answer(v) for v in column]
    known = np.array([n for n, a in enumerate(answers) if a is not None and a not in (unended or ())], dtype=np.intp)
    left = Counter(a for a in answers if a in (unended or ()) and a is not None)
    return Outcome(np.array([float(answers[n] in yes) for n in known]), meaning, known, dict(left.most_common()))


def _some(counted: Counter[str]) -> str:
    return ", ".join(f"“{v}” ({n})" for v, n in counted.most_common(8)) + (" …" if len(counted) > 8 else "")


def _quoted(values: list[str]) -> str:
    return ", ".join(f"“{v}”" for v in values[:6])

"""Who may come to a stage by time alone, because points below zero come back, before a day of a deed shows it."""

from __future__ import annotations

import numpy as np

from reif.qualify.backtest.between import GIVES, highest, last_evenings
from reif.qualify.backtest.ladder import MQL, SQL
from reif.qualify.backtest.moving import Slice
from reif.qualify.backtest.over_time import Moving
from reif.qualify.backtest.series import DAY, Ints, Moments

NO_DAY = DAY


def early(own: Slice, moving: Moving, end: Ints, *, steady: bool) -> Ints:
    """By person, the first day after which a definition may come true by time before it is true on a day of a deed."""
    _more, right = last_evenings(moving, end)
    at: Ints = np.flatnonzero(moving.owes & (right > moving.key))
    gives: Ints = np.full(len(at), GIVES, dtype=np.uint8)
    if steady:  # first as if all came back
        at, gives = _may_come(own, moving, at, (np.zeros(len(at), dtype=np.int64),) * 2)
        at, gives = _may_come(own, moving, at, own.owed(Moments(right[at])))
    begin = moving.take(at)
    first = np.full(people_of(own), NO_DAY, dtype=np.int64)
    for flag in (MQL, SQL):
        held = first_held(own, moving, flag)
        may = np.flatnonzero((gives & flag > 0) & (begin.moments.day < held[begin.moments.person]))
        np.minimum.at(first, begin.moments.person[may], begin.moments.day[may])
    return first


def people_of(own: Slice) -> int:
    """How many, those without deeds among them."""
    return int(own.part.person[-1]) - own.part.low + 1


def first_held(own: Slice, moving: Moving, flags: int) -> Ints:
    """By person, the first day on which one of these definitions held."""
    first = np.full(people_of(own), NO_DAY, dtype=np.int64)
    held = np.flatnonzero(moving.known & flags)[::-1]
    first[moving.moments.person[held]] = moving.moments.day[held]
    return first


def _may_come(own: Slice, moving: Moving, at: Ints, owed: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """After which of these moments a definition may come true, when so much is owed in the end; and which."""
    begin = moving.take(at)
    gives: Ints = highest(own, begin, owed).known & ~begin.known & GIVES
    some = np.flatnonzero(gives)
    return at[some], gives[some]

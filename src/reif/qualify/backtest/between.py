"""What happens between two deeds, when nothing but time does: the evenings on which what is known of somebody changes.

Sums above zero only fall then, sums below zero only come back, and spans of days only end. So what was above zero at the
beginning of a gap with what is still owed at its end is the most, and the other way round the least that anybody has in
it. Where both read alike, nothing happens; every other gap is halved until it is a day.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reif.qualify.backtest.grading import best, plain
from reif.qualify.backtest.ladder import LOOKED, MQL, SQL
from reif.qualify.backtest.moving import Slice
from reif.qualify.backtest.over_time import Moving
from reif.qualify.backtest.series import DAY_BITS, Ints, Truths

GIVES = MQL | SQL


def between(own: Slice, found: Moving, end: Ints, watched: Ints) -> Moving:
    """These moments, in order, with the evenings between them that matter, and after them until `end`, a day by person.

    watched: by person, the flags that make a difference when they fall. That a definition comes true always does.
    """
    last = found.key[1:] >> DAY_BITS != found.key[:-1] >> DAY_BITS
    person = found.moments.person
    ends = (person << DAY_BITS) + end[person]
    right = np.where(np.append(last, True), ends, np.append(found.key[1:], 0) - 1).astype(np.int32)
    open_ = np.flatnonzero((right > found.key) & ((found.known & watched[person] != 0) | found.owes))
    low = found.take(open_)
    high = own.look(right[open_], keeps=True, before=low.grade)
    parts = [found, high]
    while len(wide := _wide(own, low, high, watched)):
        low, high = low.take(wide), high.take(wide)
        middle = own.look((low.key + high.key) // 2, keeps=True, before=low.grade)
        parts.append(middle)
        low, high = Moving.joined([low, middle]), Moving.joined([middle, high])
        order = np.argsort(low.key, kind="stable")
        low, high = low.take(order), high.take(order)
    return _risen(Moving.joined(parts))


def highest(own: Slice, low: Moving, owed: tuple[Ints, Ints]) -> Moving:
    """The most that somebody can have after these evenings, until so much is owed."""
    fit, engagement = (a - due + back for a, due, back in zip((low.fit, low.engagement), low.owed, owed, strict=True))
    most = replace(low, fit=fit, engagement=engagement, grade=best(own.ways.model.grades, fit, engagement, low.out))
    return replace(most, known=own.read(own.asof(low.key), most, keeps=True))


def _lowest(own: Slice, low: Moving, high: Moving) -> Moving:
    fit, engagement = (
        a - back + owed for a, owed, back in zip((high.fit, high.engagement), low.owed, high.owed, strict=True)
    )
    least = replace(high, fit=fit, engagement=engagement, grade=plain(own.ways.model.grades, fit, engagement, high.out))
    return replace(least, known=own.read(own.asof(high.key), least, keeps=True))


def _wide(own: Slice, low: Moving, high: Moving, watched: Ints) -> Ints:
    """Which gaps are longer than a day, and something may happen in them."""
    most, least = low.known.copy(), high.known.copy()
    bits = watched[low.moments.person]
    owing: Truths = low.owes & (high.key - low.key > 1)
    if len(some := np.flatnonzero(owing)):
        begin, end = low.take(some), high.take(some)
        most[some], least[some] = highest(own, begin, end.owed).known, _lowest(own, begin, end).known
        bits[some] |= GIVES
    return np.flatnonzero((most & ~least & bits != 0) & (high.key - low.key > 1))


def _risen(found: Moving) -> Moving:
    """In order; a definition that came true by time is asked at once."""
    found = found.take(np.argsort(found.key, kind="stable"))
    came = found.known[1:] & ~found.known[:-1] & GIVES != 0
    same = found.moments.person[1:] == found.moments.person[:-1]
    found.known[1:][came & same] |= LOOKED
    return found

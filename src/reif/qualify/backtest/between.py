"""What happens between two deeds, when nothing but time does: the evenings on which what is known of somebody changes.

Sums above zero only fall then, sums below zero only come back, and spans of days only end. So what was above zero at the
beginning of a gap with what is still owed at its end is the most, and the other way round the least that anybody has in
it. Where both read alike, nothing happens; every other gap is parted until it is a day.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reif.qualify.backtest.grading import best, falling, plain
from reif.qualify.backtest.ladder import LOOKED, MQL, SQL
from reif.qualify.backtest.moving import Slice
from reif.qualify.backtest.over_time import Moving
from reif.qualify.backtest.series import DAY_BITS, Ints, Moments, Truths, distinct

GIVES = MQL | SQL
PARTS = 4
"""Gaps are parted so often at once: few evenings more, and many rounds less."""


def between(own: Slice, found: Moving, end: Ints, watched: Ints) -> Moving:
    """These moments, in order, with the evenings between them that matter, and after them until `end`, a day by person.

    watched: by person, the flags that make a difference when they fall. That a definition comes true always does.
    """
    at, right = _gaps(own, found, end, watched)
    low = found.take(at)
    high = own.look(Moments(right), keeps=True, before=low.grade)
    parts = [found, high]
    while len(wide := _wide(own, low, high, watched)):
        low, high = low.take(wide), high.take(wide)
        whose, inside = _inside(low.key, high.key)
        middle = own.look(Moments(inside), keeps=True, before=low.grade.take(whose))
        parts.append(middle)
        low, high = _ordered([low, middle]), _ordered([middle, high])
    return _risen(_ordered(parts))


def _inside(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Of each gap some evenings that part it evenly, in order: whose each is, and its key."""
    whose = np.repeat(np.arange(len(low)), PARTS - 1)
    step = np.tile(np.arange(1, PARTS), len(low))
    key = low[whose] + (high - low)[whose] * step // PARTS
    new = (np.diff(key, prepend=-1) > 0) & (key > low[whose])
    return whose[new], key[new].astype(np.int32)


def _ordered(parts: list[Moving]) -> Moving:
    found = Moving.joined(parts)
    return found.take(np.argsort(found.key, kind="stable"))


def _gaps(own: Slice, found: Moving, end: Ints, watched: Ints) -> tuple[Ints, Ints]:
    """After which of the moments something may happen before the next, and the last evening of each such gap.

    The least that anybody has on the evening before a deed is told by the day of the deed, without what it brought.
    """
    person = found.moments.person
    more, right = last_evenings(found, end)
    open_ = (right > found.key) & ((found.known & watched[person] != 0) | found.owes)
    at = np.flatnonzero(open_ & more)
    low, then = found.take(at), found.take(at + 1)
    most, bits = low.known.copy(), _bits(low, watched)
    fresh = own.fresh(then.moments)
    if len(some := np.flatnonzero(low.owes)):
        owed = (then.owed[0][some] - fresh[2][0][some], then.owed[1][some] - fresh[2][1][some])
        most[some] = highest(own, low.take(some), owed).known
    least = _before(own, low, then, fresh)
    known = own.kept(least)
    doubt = np.flatnonzero(most & ~known & bits)  # what gives a stage keeps it too, but costs more to ask
    known[doubt] |= own.read(least.take(doubt), keeps=False)
    wide = distinct([at[most & ~known & bits != 0], np.flatnonzero(open_ & ~more)])
    return wide, right[wide]


def _before(own: Slice, low: Moving, then: Moving, fresh: tuple[Ints, Ints, tuple[Ints, Ints]]) -> Moving:
    """The least that somebody had on the evening before the day of a deed. fresh: what became known on that day."""
    fit, engagement, owed = fresh
    grades, key = own.ways.model.grades, then.key - np.int32(1)
    least = replace(
        low, moments=Moments(key), fit=then.fit - fit - then.owed[0] + owed[0] + low.owed[0],
        engagement=then.engagement - engagement - then.owed[1] + owed[1] + low.owed[1],
    )  # fmt: skip
    if not grades:
        return least
    return replace(least, grade=falling(grades, least.fit, least.engagement, least.out, low.grade))


def last_evenings(found: Moving, end: Ints) -> tuple[Truths, Ints]:
    """Of each moment, whether somebody has another one, and the last evening before it, or before everything ends."""
    person = found.moments.person
    more = np.append(person[1:] == person[:-1], False)
    right = np.where(more, np.append(found.key[1:], 0) - 1, (person << DAY_BITS) + end[person])
    return more, right.astype(np.int32)


def highest(own: Slice, low: Moving, owed: tuple[Ints, Ints]) -> Moving:
    """The most that somebody can have after these evenings, until so much is owed."""
    fit, engagement = (a - due + back for a, due, back in zip((low.fit, low.engagement), low.owed, owed, strict=True))
    most = replace(low, fit=fit, engagement=engagement, grade=best(own.ways.model.grades, fit, engagement, low.out))
    return replace(most, known=own.read(most, keeps=True))


def _lowest(own: Slice, low: Moving, high: Moving) -> Moving:
    fit, engagement = (
        a - back + owed for a, owed, back in zip((high.fit, high.engagement), low.owed, high.owed, strict=True)
    )
    least = replace(high, fit=fit, engagement=engagement, grade=plain(own.ways.model.grades, fit, engagement, high.out))
    return replace(least, known=own.read(least, keeps=True))


def _wide(own: Slice, low: Moving, high: Moving, watched: Ints) -> Ints:
    """Which gaps are longer than a day, and something may happen in them."""
    most, least = low.known.copy(), high.known.copy()
    if len(some := np.flatnonzero(low.owes & (high.key - low.key > 1))):
        begin, end = low.take(some), high.take(some)
        most[some], least[some] = highest(own, begin, end.owed).known, _lowest(own, begin, end).known
    return np.flatnonzero((most & ~least & _bits(low, watched) != 0) & (high.key - low.key > 1))


def _bits(low: Moving, watched: Ints) -> Ints:
    """The flags that make a difference after these moments: a stage that somebody deserves by points that come back."""
    bits = watched[low.moments.person]
    bits[low.owes] |= GIVES & ~low.known[low.owes]
    return bits


def _risen(found: Moving) -> Moving:
    """In order; a definition that came true by time is asked at once."""
    came = found.known[1:] & ~found.known[:-1] & GIVES != 0
    same = found.moments.person[1:] == found.moments.person[:-1]
    found.known[1:][came & same] |= LOOKED
    return found

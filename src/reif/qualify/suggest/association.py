"""How much more often something comes true among those with a mark: lift, its interval, and honesty about many questions."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

LEAST, HITS, SURE = 20, 3, 0.05
"""At least so many people with the mark, at least so many with the outcome on either side, and at most so many false among
a hundred findings (as a share)."""
Z = 1.959964


class Mark(Struct, frozen=True):
    """Something people can have. sort: deed, profile or rule; what: kind and topic, field and value, or the rule's key."""

    sort: str
    what: tuple[str, ...]


class Finding(Struct, frozen=True):
    """people have the mark, `hits` of them the outcome. lift: their rate against that of all others, with its 95 % interval.

    chance: the share of false findings to expect among all that are at least as striking (Benjamini and Hochberg).
    """

    mark: Mark
    people: int
    hits: int
    lift: float
    low: float
    high: float
    p: float
    chance: float = 1.0

    @property
    def certain(self) -> bool:
        return self.chance <= SURE


def findings(marks: Sequence[tuple[Mark, int, int]], people: int, hits: int) -> list[Finding]:
    """marks: each with how many people have it and how many of these had the outcome; people, hits: of all.

    Those with too little support are left out before anything is tested. The most striking first.
    """
    found = [
        _finding(mark, n, won, people, hits) for mark, n, won in marks if LEAST <= n <= people - LEAST and hits >= HITS
    ]
    return sorted(_honest(found), key=lambda f: (f.chance, f.p))


def _finding(mark: Mark, n: int, won: int, people: int, hits: int) -> Finding:
    """The interval is that of the logarithm of the relative rate; half a case is added where a cell is empty."""
    from scipy.stats import fisher_exact  # here: half a second and much memory that no other start should pay for

    others, theirs = people - n, hits - won
    a, b = (won + 0.5, theirs + 0.5) if 0 in (won, theirs) else (float(won), float(theirs))
    lift = (a / n) / (b / others)
    spread = Z * math.sqrt(max(1 / a - 1 / n + 1 / b - 1 / others, 0))
    p = float(fisher_exact([[won, n - won], [theirs, others - theirs]])[1])
    low, high = (round(lift * math.exp(sign * spread), 3) for sign in (-1, 1))
    return Finding(mark, n, won, round(lift, 3), low, high, p)


def _honest(found: list[Finding]) -> list[Finding]:
    """With the false discovery rate at which each would just be kept."""
    if not found:
        return []
    ranked = sorted(found, key=lambda f: f.p)
    share = np.array([f.p for f in ranked]) * len(ranked) / np.arange(1, len(ranked) + 1)
    share = np.minimum(1, np.minimum.accumulate(share[::-1])[::-1])
    return [
        Finding(f.mark, f.people, f.hits, f.lift, f.low, f.high, f.p, float(q))
        for f, q in zip(ranked, share, strict=True)
    ]

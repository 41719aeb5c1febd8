"""Grades over time: a letter and a digit by cents, which get worse only beyond the margin, as when somebody is scored."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.series import Ints, Moments, Truths
from reif.qualify.ways import Grades

WORST = 3


def grading(grades: Grades, fit: Ints, engagement: Ints, out: Truths, moments: Moments) -> NDArray[np.str_]:
    """By moment; empty where somebody is left out, which also begins anew."""
    letters = np.array(list("ABCD"))[_ranks(fit, grades.fit, grades.margin, out, moments)]
    digits = np.array(list("1234"))[_ranks(engagement, grades.engagement, grades.margin, out, moments)]
    return np.where(out, "", np.char.add(letters, digits))


def falling(grades: Grades, fit: Ints, engagement: Ints, out: Truths, before: NDArray[np.str_]) -> NDArray[np.str_]:
    """By moment, after sums that have only fallen since each had the grade `before`."""
    given = np.where(before == "", "D4", before).astype("<U2").view("<U1").reshape(-1, 2)
    now = []
    for cents, steps, names, had in (
        (fit, grades.fit, "ABCD", given[:, 0]),
        (engagement, grades.engagement, "1234", given[:, 1]),
    ):
        rank = np.searchsorted(np.array(list(names)), had)
        found = np.minimum(_rank(cents, steps, 0), np.maximum(_rank(cents, steps, grades.margin), rank))
        now.append(np.array(list(names))[found])
    return np.where(out, "", np.char.add(now[0], now[1]))


def best(grades: Grades | None, fit: Ints, engagement: Ints, out: Truths) -> NDArray[np.str_]:
    """The best that it can be by these sums, whatever it was before."""
    return _plain(grades, fit, engagement, out, grades.margin if grades else 0)


def plain(grades: Grades | None, fit: Ints, engagement: Ints, out: Truths) -> NDArray[np.str_]:
    """The worst that it can be by these sums, whatever it was before."""
    return _plain(grades, fit, engagement, out, 0)


def better(now: NDArray[np.str_], before: NDArray[np.str_]) -> Truths:
    """Whether a letter or a digit is better, or there was none."""
    now, before = (given.astype("<U2").view("<U1").reshape(-1, 2) for given in (now, before))
    return np.asarray((now[:, 0] != "") & ((before[:, 0] == "") | (now < before).any(axis=1)))


def _plain(grades: Grades | None, fit: Ints, engagement: Ints, out: Truths, margin: int) -> NDArray[np.str_]:
    if grades is None:
        return np.full(len(out), "", dtype="<U2")
    letters = np.array(list("ABCD"))[_rank(fit, grades.fit, margin)]
    digits = np.array(list("1234"))[_rank(engagement, grades.engagement, margin)]
    return np.where(out, "", np.char.add(letters, digits))


def _ranks(cents: Ints, steps: tuple[int, ...], margin: int, out: Truths, moments: Moments) -> Ints:
    """0 is the best. Each lies between what the sum says now and what it would say with the margin."""
    now, kept = _rank(cents, steps, 0), _rank(cents, steps, margin)
    if not margin:
        return now
    lengths = np.diff(np.append(moments.own, len(moments.key)))
    order = np.argsort(-lengths, kind="stable")
    first, lengths = moments.own.take(order), lengths.take(order)
    before = now.take(first)
    before[out.take(first)] = WORST
    left = len(order) - np.cumsum(np.bincount(lengths))  # how many people have more than so many moments
    for step, here in enumerate(left[1:-1].tolist(), start=1):
        at = first[:here] + step
        before = np.minimum(now.take(at), np.maximum(kept.take(at), before[:here]))
        before[out.take(at)] = WORST
        now[at] = before
    return now


def _rank(cents: Ints, steps: tuple[int, ...], margin: int) -> Ints:
    found: Ints = np.sum([cents < (step - margin) * 100 for step in steps], axis=0)
    return found

"""How good a replay was: stages, scores and grades held against what sales accepted and won."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.comparison import Decile, GradeLine, Reached, Replayed, Threshold, Week
from reif.qualify.backtest.history import NEVER, History
from reif.qualify.backtest.series import Ints, Truths
from reif.qualify.backtest.standings import Standings
from reif.qualify.backtest.stays import RUNGS, Stays

OUTCOMES = ("accepted", "won")
TOP = 150  # the highest threshold that is shown


class Period(NamedTuple):
    """Days from `first` to before `end`; `judged`: whose score counts, a place for everybody."""

    first: int
    end: int
    judged: Truths


def period(history: History, first: int, end: int, *played: Standings) -> Period:
    """Judged is who did something in the period, or was taken over or won in it, and was not taken over before it."""
    taken = np.minimum(history.accepted, history.won)
    active = (taken >= first) & (taken < end)
    for one in played:
        active |= one.day < NEVER
    return Period(first, end, active & (taken >= first))


def judge(history: History, played: Standings, when: Period) -> Replayed:
    """All figures of one replay."""
    score = played.best[when.judged]
    truth = {name: _had(history, name, when)[when.judged] for name in OUTCOMES}
    return Replayed(
        weeks=tuple(weeks(history, when, {s: played.stays.entries(s)[1] for s in RUNGS}, played.stays)),
        reached=tuple(_reached(history, played, when, s, o) for s in ("mql", "sql") for o in OUTCOMES),
        deciles={name: tuple(_deciles(score, hit)) for name, hit in truth.items()},
        thresholds={name: tuple(_thresholds(score, hit)) for name, hit in truth.items()},
        auc={name: _auc(score, hit) for name, hit in truth.items()},
        grades=tuple(_grades(history, played, when)),
        standing={stage: int(_left(history, played, stage, when).sum()) for stage in RUNGS},
    )


def weeks(history: History, when: Period, days: dict[str, Ints], stays: Stays | None = None) -> list[Week]:
    """How often each stage was given, and lost, by calendar week; weeks without any are there too.

    days: on which somebody came to a stage, each as often as it was.
    """
    monday = history.moment(when.first).date()
    monday -= timedelta(days=monday.weekday())
    start = (monday - history.origin.date()).days
    lost = {stage: stays.losses(stage) if stays else np.zeros(0, dtype=np.int64) for stage in RUNGS}
    counted = []
    for day in (*days.values(), *lost.values()):
        inside = day[(day >= when.first) & (day < when.end)]
        counted.append(Counter(((inside - start) // 7).tolist()))
    last = (when.end - 1 - start) // 7
    return [Week(monday + timedelta(weeks=n), *(c.get(n, 0) for c in counted)) for n in range(max(last + 1, 0))]


def _had(history: History, outcome: str, when: Period) -> Truths:
    """Who had the outcome, from the period's beginning on."""
    day = history.accepted if outcome == "accepted" else history.won
    had: Truths = (day >= when.first) & (day < NEVER)
    return had


def _left(history: History, played: Standings, stage: str, when: Period) -> Truths:
    """Who stands there at the end of the period, and nobody has taken them over."""
    there = played.stays.standing(stage, len(when.judged), when.end - 1)
    left: Truths = there & (np.minimum(history.accepted, history.won) >= when.end)
    return left


def _reached(history: History, played: Standings, when: Period, stage: str, outcome: str) -> Reached:
    got = when.judged & played.stays.entered(stage, len(when.judged), when.first, when.end)
    had = _had(history, outcome, when) & when.judged
    return Reached(stage, outcome, int(got.sum()), int((got & had).sum()), int(had.sum()))


def _deciles(score: Ints, hit: Truths) -> list[Decile]:
    """Ten groups by score; people of the same score are told apart by nothing, so their hits are shared evenly."""
    if not len(score):
        return []
    order = np.argsort(-score, kind="stable")
    ranked, fair = score[order], _shared(score[order], hit[order])
    base = float(hit.mean())
    found = []
    for part in np.array_split(np.arange(len(score)), 10):
        if len(part):
            hits = float(fair[part].sum())
            lift = hits / len(part) / base if base else 0.0
            found.append(Decile(int(ranked[part[-1]]), int(ranked[part[0]]), len(part), round(hits), round(lift, 4)))
    return found


def _shared(ranked: Ints, hit: Truths) -> NDArray[np.float64]:
    starts = np.flatnonzero(np.diff(ranked, prepend=ranked[0] + 1))
    lengths = np.diff(np.append(starts, len(ranked)))
    return np.repeat(np.add.reduceat(hit.astype(float), starts) / lengths, lengths)


def _thresholds(score: Ints, hit: Truths) -> list[Threshold]:
    """Every number of points from 0 to the highest, at most 150."""
    if not len(score):
        return []
    highest = int(min(max(score.max(), 1), TOP))
    clipped = np.clip(score, 0, highest).astype(np.int64)
    above = np.cumsum(np.bincount(clipped, minlength=highest + 1)[::-1])[::-1]
    right = np.cumsum(np.bincount(clipped, weights=hit, minlength=highest + 1)[::-1])[::-1].astype(np.int64)
    hits, people = int(hit.sum()), len(score)
    return [
        Threshold(p, int(right[p]), int(above[p] - right[p]), int(hits - right[p]),
                  int(people - above[p] - hits + right[p]))
        for p in range(highest + 1)
    ]  # fmt: skip


def _auc(score: Ints, hit: Truths) -> float | None:
    """The chance that of one who came through and one who did not, the former had more points; half for a tie."""
    positives, negatives = int(hit.sum()), int((~hit).sum())
    if not positives or not negatives:
        return None
    _values, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    ranks = middle[place][hit].sum()
    return round(float((ranks - positives * (positives + 1) / 2) / (positives * negatives)), 4)


def _grades(history: History, played: Standings, when: Period) -> list[GradeLine]:
    """By the grade at the best moment; the best grade first."""
    whom = np.flatnonzero(when.judged & (played.day < NEVER))
    grade, day = played.grade[whom], played.day[whom]
    accepted, won = (_had(history, name, when)[whom] for name in OUTCOMES)
    found = []
    for name in sorted({g for g in np.unique(grade).tolist() if g}):
        here = grade == name
        took = (history.won[whom] - day)[here & won]
        days = float(np.median(np.maximum(took, 0))) if len(took) else None
        found.append(GradeLine(name, int(here.sum()), int((here & accepted).sum()), int((here & won).sum()), days))
    return found

"""One model over history: what everybody had at each moment, and when somebody first deserved a stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.asof import AsOf
from reif.qualify.backtest.history import NEVER, History
from reif.qualify.backtest.series import Ints, Moments, distinct, slot_sums
from reif.qualify.replay.sums import Slots
from reif.qualify.ways import Grades, Model, Stages
from reif.rules.columns import literal
from reif.rules.predicates import Did, Predicate, leaves


@dataclass(frozen=True)
class Standings:
    """By moment: score in points, grade (a letter and a digit; empty without grades). first: by stage, the day on which each
    person first deserved it; NEVER when not.
    """

    moments: Moments
    score: Ints
    grade: NDArray[np.str_]
    first: dict[str, Ints]


def standings(history: History, model: Model, stages: Stages) -> Standings:
    """Replay a model; the largest part of a back-test."""
    given = history.given(model)
    moments = Moments(_keys(history, given.when, model, stages))
    asof = AsOf(history, moments)
    cents = slot_sums(model, given, moments, history.days + 1)
    profile = _profile(history, model)[moments.person]
    fit, engagement = _axes(model, cents + profile)
    out = np.zeros(len(moments.day), dtype=bool)
    for one in model.exclude:
        out |= asof.holds(one.when, {})
    points = {"fit": _points(fit), "engagement": _points(engagement), "score": _points(fit + engagement)}
    points = {name: np.where(out, 0, values) for name, values in points.items()}
    grade = np.where(out, "", _grades(model.grades, points)) if model.grades else np.full(len(out), "")
    values: dict[str, Any] = {**points, "grade": grade}
    wanted = {"mql": stages.mql, "sql": stages.sql}
    first = {
        stage: _first(history, moments, asof.holds(d.when, values)) if d else np.full(len(history.ids), NEVER)
        for stage, d in wanted.items()
    }
    return Standings(moments, points["score"], grade, first)


def _keys(history: History, earned: Ints, model: Model, stages: Stages) -> Ints:
    """All days of rows, and of what the definitions ask about."""
    asked: list[Predicate] = [d.when for d in (stages.mql, stages.sql) if d] + [one.when for one in model.exclude]
    dids = {(leaf.kind, leaf.topic): leaf for p in asked for leaf in leaves(p) if isinstance(leaf, Did)}
    parts = [distinct(earned), *(distinct(history.did(leaf)) for leaf in dids.values())]
    if len(parts) == 1:
        return parts[0]
    found = np.concatenate(parts)
    found.sort(kind="stable")  # they are runs in order already
    return distinct(found)


def _profile(history: History, model: Model) -> Ints:
    """Cents of fit rules by person and slot, as people are known now."""
    slots = Slots(model)
    names = slots.names()
    total = np.zeros((len(history.ids), len(names)), dtype=np.int64)
    if model.fit:
        sql = slots.profile(literal(history.moment(history.days + 1)))
        picked = ", ".join(f"f_{name}" for name in names)
        asked = f"SELECT {picked} FROM (SELECT p.id{sql} FROM people p) f JOIN places q ON q.id = f.id ORDER BY q.place"
        got = history.lake.execute(asked).fetchnumpy()
        for n, name in enumerate(names):
            total[:, n] = got[f"f_{name}"]
    return total


def _axes(model: Model, cents: Ints) -> tuple[Ints, Ints]:
    """fit and engagement under the ceilings."""
    slots = Slots(model)
    fit, engagement = cents[:, 0].copy(), cents[:, 1].copy()
    for group in model.groups:
        worth = np.minimum(cents[:, 2 + slots.groups[group.key]], group.cap * 100)
        if slots.axis.get(group.key) == "fit":
            fit += worth
        else:
            engagement += worth
    return fit, engagement


def _points(cents: Ints) -> Ints:
    """Rounded half up."""
    rounded: Ints = (cents + 50) // 100
    return rounded


def _grades(grades: Grades, points: dict[str, Ints]) -> NDArray[np.str_]:
    letters = np.array(list("DCBA"))[_steps(points["fit"], grades.fit)]
    digits = np.array(list("4321"))[_steps(points["engagement"], grades.engagement)]
    return np.char.add(letters, digits)


def _steps(values: Ints, thresholds: tuple[int, ...]) -> Ints:
    found: Ints = np.sum([values >= t for t in thresholds], axis=0)
    return found


def _first(history: History, moments: Moments, holds: NDArray[np.bool_]) -> Ints:
    first = np.full(len(history.ids), NEVER)
    at = np.flatnonzero(holds)[::-1]
    first[moments.person[at]] = moments.day[at]
    return first

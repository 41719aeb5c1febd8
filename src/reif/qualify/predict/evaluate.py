"""Measure the predictive pipeline on a table of past leads: every lead is judged by a model that has not seen it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import msgspec
import numpy as np
from sklearn.model_selection import StratifiedKFold

from reif.qualify.predict.encode import Floats, Rows
from reif.qualify.predict.kinds import Kind, day_first, kind_of, moment
from reif.qualify.predict.leaks import Suspect, suspects
from reif.qualify.predict.measure import Quality, quality
from reif.qualify.predict.models import SEED, Model
from reif.qualify.predict.outcome import outcome_of
from reif.qualify.predict.table import BadTable, Table

FOLDS, TRAIN = 5, 0.7
FEWEST = 50


class Evaluation(msgspec.Struct, frozen=True):
    """quality: of all columns asked for. honest: the same without the columns that are surely leaks; None when there are none.

    split: `cross-validation` or `time`. ignored: columns that say nothing that lasts. seconds: of the first figure.
    """

    outcome: str
    split: str
    columns: int
    ignored: dict[str, str]
    quality: Quality
    honest: Quality | None
    leaks: list[Suspect]
    seconds: float
    trained_until: str | None = None


def evaluate(table: Table, outcome: str, drop: tuple[str, ...] = (), time_column: str | None = None,
             positive: str | None = None) -> Evaluation:  # fmt: skip
    """Raises BadTable with a sentence that says what is missing."""
    told = outcome_of(table.column(outcome), outcome, positive)
    _enough(told.truth)
    at = _moments(table, time_column) if time_column else None
    for name in drop:
        table.column(name)
    kept = table.without(outcome, *drop)
    features = kept.without(time_column) if time_column else kept
    began = time.perf_counter()
    first = _measured(features, told.truth, at)
    seconds = time.perf_counter() - began
    leaks = suspects(features, told.truth, at)
    sure = [leak.column for leak in leaks if leak.sure]
    return Evaluation(
        outcome=told.meaning, split="time" if at is not None else "cross-validation", columns=len(features.columns),
        ignored=_ignored(features), quality=first, leaks=leaks, seconds=round(seconds, 2),
        honest=_measured(features.without(*sure), told.truth, at) if sure and len(sure) < len(features.columns) else None,
        trained_until=_until(at) if at is not None else None,
    )  # fmt: skip


def _measured(table: Table, truth: Floats, at: Floats | None) -> Quality:
    said, seen = np.zeros(len(truth)), np.zeros(len(truth), dtype=bool)
    for learn, check in _splits(truth, at):
        model = Model().fit(table.among(list(learn)), truth[learn])
        said[check], seen[check] = model.chance(table.among(list(check))), True
    return quality(said[seen], truth[seen])


def _splits(truth: Floats, at: Floats | None) -> Iterator[tuple[Rows, Rows]]:
    if at is None:
        yield from StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(truth, truth)
        return
    edge = _edge(at)
    learn, check = np.flatnonzero(at <= edge), np.flatnonzero(at > edge)
    for part, name in ((learn, "before"), (check, "after")):
        if not 0 < truth[part].sum() < len(part):
            raise BadTable(f"All leads {name} the split in time have one outcome; a longer period is needed.")
    yield learn, check


def _edge(at: Floats) -> float:
    return float(np.quantile(at, TRAIN))


def _until(at: Floats) -> str:
    return str(np.datetime64(int(_edge(at)), "D"))


def _moments(table: Table, name: str) -> Floats:
    column = table.column(name)
    european = day_first(column)
    found = [None if v is None else moment(v, european) for v in column]
    known = [x for x in found if x is not None]
    if kind_of(column) is not Kind.DATE or not known:
        raise BadTable(f"“{name}” is no column of dates; write them as 2026-11-26 or 26.11.2026.")
    first = min(known)
    return np.array([first if x is None else x for x in found])


def _enough(truth: Floats) -> None:
    rarer = int(min(truth.sum(), len(truth) - truth.sum()))
    if rarer < FEWEST:
        raise BadTable(
            f"There are {int(truth.sum())} leads with the outcome and {int(len(truth) - truth.sum())} without. "
            f"At least {FEWEST} of each are needed before a figure means anything; until then there is no prediction."
        )


def _ignored(table: Table) -> dict[str, str]:
    kinds = {name: kind_of(column) for name, column in table.columns.items()}
    return {name: kind.value for name, kind in kinds.items() if kind in (Kind.IDENTIFIER, Kind.CONSTANT)}

"""Measure the predictive pipeline on a table of past leads: every lead is judged by a model that has not seen it."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple, TypedDict

import msgspec
import numpy as np
from threadpoolctl import threadpool_limits

from reif.qualify.predict.learning.encoded import Floats, Rows
from reif.qualify.predict.learning.folds import parts
from reif.qualify.predict.learning.measure import Quality, quality
from reif.qualify.predict.learning.members import SEED
from reif.qualify.predict.tables.cells import Leads, leads_of
from reif.qualify.predict.tables.kinds import Kind
from reif.qualify.predict.tables.leaks import Suspect, suspects
from reif.qualify.predict.tables.models import Model
from reif.qualify.predict.tables.outcome import outcome_of
from reif.qualify.predict.tables.remarks import parts_judged, remarks
from reif.qualify.predict.tables.table import BadTable, NoModel, Table
from reif.qualify.predict.tables.timeline import Timeline, timeline
from reif.qualify.predict.tables.twins import twins

FOLDS, FEWEST = 5, 20
MANY, HUGE, TWO = 50_000, 10_000_000, 2
"""Rows from which two of the parts are judged when columns were left out, and cells from which they are at first too:
their leads are so many that the others would change nothing that a reader sees."""


class Evaluation(msgspec.Struct, frozen=True):
    """quality: of all columns asked for. honest: without the leaks. cautious: without anything that was named. Else None.

    split: `cross-validation` or `time`. ignored: columns that say nothing that lasts. twins: rows that are alike in all columns.
    seconds: of the first figure. remarks: what a reader should know before believing the figures. trained_until, trained_rows,
    judged_until: of a split in time.
    """

    outcome: str
    split: str
    columns: int
    ignored: dict[str, str]
    quality: Quality
    honest: Quality | None
    cautious: Quality | None
    leaks: list[Suspect]
    twins: int
    remarks: list[str]
    seconds: float
    trained_until: str | None = None
    trained_rows: int | None = None
    judged_until: str | None = None


class _When(TypedDict, total=False):
    trained_until: str
    trained_rows: int
    judged_until: str


class _Task(NamedTuple):
    """times: when each lead was asked about; None for cross-validation. groups: rows of one number are alike."""

    leads: Leads
    truth: Floats
    times: Timeline | None
    groups: Rows


def evaluate(table: Table, outcome: str, drop: tuple[str, ...] = (), time_column: str | None = None,
             positive: str | None = None) -> Evaluation:  # fmt: skip
    """Raises BadTable with a sentence that says what is missing, and NoModel where there is nothing to learn."""
    outcome, drop, time_column = _names(table, outcome, drop, time_column)
    told = outcome_of(table.column(outcome), outcome, positive)
    _enough(told.truth)
    unsaid = table.height - len(told.known)
    kept = table.among(told.known.tolist()) if unsaid else table
    times = timeline(kept.column(time_column), time_column) if time_column else None
    began = time.perf_counter()
    features = kept.without(outcome, *drop, *([time_column] if time_column else []))
    leads = leads_of(features)
    kinds = leads.kinds()
    _some_left(kinds)
    groups, alike = twins(features, kinds, told.truth)
    task, notes = _Task(leads, told.truth, times, groups), (*table.notes, *(times.notes if times else ()))
    del table, kept, features  # what was read is a third of the memory
    first = _measured(task, TWO if len(told.truth) * len(kinds) > HUGE else FOLDS)
    seconds = time.perf_counter() - began
    leaks = suspects(leads, told.truth, times.at if times and times.dated else None, groups)
    honest = _without(task, [s.column for s in leaks if s.sure], kinds)
    cautious = _without(task, [s.column for s in leaks], kinds) if any(not s.sure for s in leaks) else None
    return Evaluation(
        outcome=told.meaning, split="time" if times else "cross-validation", columns=len(kinds),
        ignored={name: kind.value for name, kind in kinds.items() if kind in (Kind.IDENTIFIER, Kind.CONSTANT)},
        quality=first, leaks=leaks, honest=honest, cautious=cautious, twins=alike, seconds=round(seconds, 2),
        remarks=[*remarks(notes, told, unsaid, alike, first, leaks, times is not None),
                 *(() if times else parts_judged(len(told.truth), [first, honest, cautious]))],
        **_when(task),
    )  # fmt: skip


def _names(
    table: Table, outcome: str, drop: tuple[str, ...], time_column: str | None
) -> tuple[str, tuple[str, ...], str | None]:
    """As they stand in the heading."""
    outcome, drop = table.name(outcome), tuple(map(table.name, drop))
    time_column = table.name(time_column) if time_column else None
    if outcome in (time_column, *drop):
        raise BadTable(f"“{outcome}” is the outcome: it can be neither left out nor the time.")
    return outcome, drop, time_column


def _without(task: _Task, names: list[str], kinds: dict[str, Kind]) -> Quality | None:
    """The same without these columns; None when there are none to leave out, or none would be left."""
    used = {name for name, kind in kinds.items() if kind is not Kind.CONSTANT}
    if not used & set(names) or used <= set(names):
        return None
    return _measured(task._replace(leads=task.leads.without(*names)), TWO if len(task.truth) > MANY else FOLDS)


def _measured(task: _Task, many: int = FOLDS) -> Quality:
    """many: of the parts are judged; each by a model that learned from all others."""
    said, seen = np.zeros(len(task.truth)), np.zeros(len(task.truth), dtype=bool)

    def judge(split: tuple[Rows, Rows]) -> None:
        learn, check = split
        model = Model().fit(task.leads.among(learn), task.truth[learn], task.groups[learn])
        said[check], seen[check] = model.chance(task.leads.among(check)), True

    workers = min(FOLDS, os.cpu_count() or 1)
    with warnings.catch_warnings(), threadpool_limits(1), ThreadPoolExecutor(workers) as pool:
        warnings.showwarning = _say_nothing  # filters are no help: the threads reset those of each other
        list(pool.map(judge, islice(_splits(task), many)))
    return quality(said[seen], task.truth[seen])


def _when(task: _Task) -> _When:
    """What was learned from and what was judged, where the leads were split in time."""
    times = task.times
    if times is None:
        return {}
    return {
        "trained_until": times.say(times.edge), "trained_rows": int((times.at <= times.edge).sum()),
        "judged_until": times.say(float(np.nanmax(times.at))),
    }  # fmt: skip


def _say_nothing(*_said: object, **_more: object) -> None:
    """Of what libraries warn about, what concerns the reader is in the remarks."""


def _splits(task: _Task) -> Iterator[tuple[Rows, Rows]]:
    if task.times is not None:
        yield task.times.split(task.truth, task.groups)
        return
    part = parts(task.truth, task.groups, FOLDS, SEED)
    for n in range(FOLDS):
        yield np.flatnonzero(part != n), np.flatnonzero(part == n)


def _some_left(kinds: dict[str, Kind]) -> None:
    if set(kinds.values()) <= {Kind.IDENTIFIER, Kind.CONSTANT}:
        raise NoModel("No column is left that could tell one lead from another, so there is no model.")


def _enough(truth: Floats) -> None:
    having, lacking = int(truth.sum()), int(len(truth) - truth.sum())
    if min(having, lacking) == 0:
        raise NoModel(
            f"All {len(truth)} leads ended alike: there is only one outcome, so there is nothing to learn. No model."
        )
    if min(having, lacking) < FEWEST:
        raise NoModel(
            f"There are {having} leads with the outcome and {lacking} without. "
            f"At least {FEWEST} of each are needed before a figure means anything; until then there is no model."
        )


__all__ = ["Evaluation", "NoModel", "evaluate"]

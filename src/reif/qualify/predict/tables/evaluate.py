"""Measure the predictive pipeline on a table of past leads: every lead is judged by a model that has not seen it."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple

import msgspec
import numpy as np
from threadpoolctl import threadpool_limits

from reif.qualify.predict.learning.encoded import Floats, Rows
from reif.qualify.predict.learning.folds import parts
from reif.qualify.predict.learning.measure import Quality, quality
from reif.qualify.predict.learning.members import SEED
from reif.qualify.predict.tables.cells import Leads, leads_of
from reif.qualify.predict.tables.dates import date_reader
from reif.qualify.predict.tables.kinds import Kind, kind_of
from reif.qualify.predict.tables.leaks import Suspect, suspects
from reif.qualify.predict.tables.models import Model
from reif.qualify.predict.tables.outcome import outcome_of
from reif.qualify.predict.tables.remarks import parts_judged, remarks
from reif.qualify.predict.tables.table import BadTable, NoModel, Table
from reif.qualify.predict.tables.twins import twins

FOLDS, TRAIN = 5, 0.7
FEWEST, FEW_TO_LEARN = 20, 12
MANY, HUGE, TWO = 50_000, 10_000_000, 2
"""Rows from which two of the parts are judged when columns were left out, and cells from which they are at first too:
their leads are so many that the others would change nothing that a reader sees."""


class Evaluation(msgspec.Struct, frozen=True):
    """quality: of all columns asked for. honest: without the leaks. cautious: without anything that was named. Else None.

    split: `cross-validation` or `time`. ignored: columns that say nothing that lasts. twins: rows that are alike in all columns.
    seconds: of the first figure. remarks: what a reader should know before believing the figures.
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


class _Task(NamedTuple):
    """at: when each lead was asked about, in days; None for cross-validation. groups: rows of one number are alike."""

    leads: Leads
    truth: Floats
    at: Floats | None
    groups: Rows


def evaluate(table: Table, outcome: str, drop: tuple[str, ...] = (), time_column: str | None = None,
             positive: str | None = None) -> Evaluation:  # fmt: skip
    """Raises BadTable with a sentence that says what is missing, and NoModel where there is nothing to learn."""
    outcome, drop = table.name(outcome), tuple(map(table.name, drop))
    time_column = table.name(time_column) if time_column else None
    if outcome in (time_column, *drop):
        raise BadTable(f"“{outcome}” is the outcome: it can be neither left out nor the time.")
    told = outcome_of(table.column(outcome), outcome, positive)
    _enough(told.truth)
    unsaid = table.height - len(told.known)
    kept = (table.among(told.known.tolist()) if unsaid else table).without(outcome, *drop)
    at = _moments(kept, time_column) if time_column else None
    began = time.perf_counter()
    features = kept.without(time_column) if time_column else kept
    leads = leads_of(features)
    kinds = leads.kinds()
    _some_left(kinds)
    groups, alike = twins(features, kinds, told.truth)
    task = _Task(leads, told.truth, at, groups)
    first = _measured(task, TWO if table.height * len(kinds) > HUGE else FOLDS)
    seconds = time.perf_counter() - began
    leaks = suspects(leads, told.truth, at, groups)
    honest = _without(task, [s.column for s in leaks if s.sure], kinds)
    cautious = _without(task, [s.column for s in leaks], kinds) if any(not s.sure for s in leaks) else None
    return Evaluation(
        outcome=told.meaning, split="time" if at is not None else "cross-validation", columns=len(features.columns),
        ignored={name: kind.value for name, kind in kinds.items() if kind in (Kind.IDENTIFIER, Kind.CONSTANT)},
        quality=first, leaks=leaks, honest=honest, cautious=cautious, twins=alike, seconds=round(seconds, 2),
        remarks=[*remarks(table.notes, unsaid, alike, first, leaks, told.truth, at is not None),
                 *(parts_judged(len(told.truth), [first, honest, cautious]) if at is None else ())],
        trained_until=_until(at) if at is not None else None,
    )  # fmt: skip


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


def _say_nothing(*_said: object, **_more: object) -> None:
    """Of what libraries warn about, what concerns the reader is in the remarks."""


def _splits(task: _Task) -> Iterator[tuple[Rows, Rows]]:
    if task.at is None:
        part = parts(task.truth, task.groups, FOLDS, SEED)
        for n in range(FOLDS):
            yield np.flatnonzero(part != n), np.flatnonzero(part == n)
        return
    edge = _edge(task.at)
    learn = np.flatnonzero(task.at <= edge)
    check = np.flatnonzero((task.at > edge) & ~np.isin(task.groups, task.groups[learn]))
    for part, name, least in ((learn, "before", FEW_TO_LEARN), (check, "after", 5)):
        came = task.truth[part].sum()
        if min(came, len(part) - came) < least:
            raise NoModel(
                f"{name.capitalize()} {_until(task.at)}, where the leads are split in time, {int(came)} of {len(part)} have the outcome. "
                f"At least {least} with it and {least} without are needed; a longer period would have them."
            )
    yield learn, check


def _edge(at: Floats) -> float:
    return float(np.quantile(at, TRAIN))


def _until(at: Floats) -> str:
    return str(np.datetime64(int(_edge(at)), "D"))


def _moments(table: Table, name: str) -> Floats:
    """In days; those without a date count as the first."""
    column = table.column(name)
    say = date_reader(column)
    found = [None if v is None else say(v) for v in column]
    known = [x for x in found if x is not None]
    if kind_of(column, name) is not Kind.DATE or not known:
        raise BadTable(f"“{name}” is no column of dates; write them as 2026-11-26 or 26.11.2026.")
    if min(known) == max(known):
        raise BadTable(f"“{name}” is the same day in every row, so the leads cannot be split in time.")
    return np.array([min(known) if x is None else x for x in found])


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

"""When each lead was asked about, as the column of `--time` tells it, and where the leads are split: the earlier ones teach."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from reif.qualify.predict.learning.encoded import Floats, Rows
from reif.qualify.predict.tables.dates import date_reader, in_doubt
from reif.qualify.predict.tables.numerals import number_reader
from reif.qualify.predict.tables.table import BadTable, Column, NoModel

TRAIN, MOSTLY = 0.7, 0.7
FEW_TO_LEARN, FEW_TO_JUDGE = 12, 5
EXCEL = 25_569
"""The number by which spreadsheets know the first of January 1970."""
DAY = 86_400
NOTE = "The numbers in “{name}” were read as {what}."


class Timeline(NamedTuple):
    """at: days since 1970, or what else goes up with time; NaN where nothing is told. edge: the last moment to learn from.

    dated: whether `at` is in days. notes: how it was read.
    """

    at: Floats
    edge: float
    dated: bool
    notes: list[str]

    def say(self, moment: float) -> str:
        """As people write it; with the time of day only where days do not tell both sides apart."""
        if not self.dated:
            return f"{moment:.10g}"
        day, after = np.floor(self.edge), self.at[self.at > self.edge].min()
        return str(
            np.datetime64(round(moment * 1440), "m") if np.floor(after) == day else np.datetime64(int(moment // 1), "D")
        )

    def split(self, truth: Floats, groups: Rows) -> tuple[Rows, Rows]:
        """Rows to learn from and later ones to judge; of the latter, none that is alike to an earlier one."""
        learn = np.flatnonzero(self.at <= self.edge)
        check = np.flatnonzero((self.at > self.edge) & ~np.isin(groups, groups[learn]))
        for part, name, least in ((learn, "Until", FEW_TO_LEARN), (check, "After", FEW_TO_JUDGE)):
            came = truth[part].sum()
            if min(came, len(part) - came) < least:
                raise NoModel(
                    f"{name} {self.say(self.edge)}, where the leads are split in time, {int(came)} of {len(part)} have the outcome. "
                    f"At least {least} with it and {least} without are needed; a longer period would have them."
                )
        return learn, check


def timeline(column: Column, name: str) -> Timeline:
    """Dates in any usual way, years and months, seconds or milliseconds since 1970, days of a spreadsheet, or any numbers."""
    at, dated, note = _read(column, name)
    there = np.isfinite(at)
    distinct, many = np.unique(at[there], return_counts=True)
    if distinct.size < 2:
        raise BadTable(f"“{name}” is the same moment in every row, so the leads cannot be split in time.")
    share = np.cumsum(many)[:-1] / many.sum()
    edge = float(distinct[int(np.argmin(np.abs(share - TRAIN)))])
    unread = sum(value is not None for value in column) - int(there.sum())
    notes = [note] if note else []
    if gaps := len(column) - int(there.sum()):
        such = f" ({unread} of them cannot be read)" if unread else ""
        notes.append(f"{gaps} leads have no time in “{name}”{such}: they are neither learned from nor judged.")
    return Timeline(at, edge, dated, notes)


def _read(column: Column, name: str) -> tuple[Floats, bool, str]:
    """Values, whether they are days, and a note."""
    told = [value for value in column if value is not None]
    if not told:
        raise BadTable(f"“{name}” is empty in every row, so the leads cannot be split in time.")
    dates = _values(column, date_reader(column))
    if np.isfinite(dates).sum() >= MOSTLY * len(told):
        odd = in_doubt(told)
        return dates, True, f"Dates such as {odd} in “{name}” were read with the month first." if odd else ""
    numbers = _values(column, number_reader(column))
    if np.isfinite(numbers).sum() >= MOSTLY * len(told):
        return _counted(numbers, name)
    raise BadTable(
        f"“{name}” is no column of dates: “{told[0][:40]}” is none, for example. "
        "Write them as 2026-11-26, 26.11.2026, 2026-11, or as seconds since 1970."
    )


def _values(column: Column, say: Callable[[str], float | None]) -> Floats:
    return np.array([np.nan if value is None or (x := say(value)) is None else x for value in column], dtype=float)


def _counted(numbers: Floats, name: str) -> tuple[Floats, bool, str]:
    """What numbers mean, told by their size."""
    told = numbers[np.isfinite(numbers)]
    low, high = (float(q) for q in np.quantile(told, (0.02, 0.98)))  # a few noughts or nines are no times
    if low >= 19_000_101 and high <= 21_001_231:
        days = _calendar(numbers // 10_000, numbers // 100 % 100, numbers % 100)
        if np.isfinite(days).sum() >= MOSTLY * told.size:
            return days, True, ""
    if low >= 190_001 and high <= 210_012:
        days = _calendar(numbers // 100, numbers % 100, np.ones(len(numbers)))
        if np.isfinite(days).sum() >= MOSTLY * told.size:
            return days, True, ""
    for least, per_day, what in (
        (1e8, DAY, "seconds"),
        (1e11, DAY * 1e3, "milliseconds"),
        (1e14, DAY * 1e6, "microseconds"),
    ):
        if least <= low and high < least * 100:
            return numbers / per_day, True, NOTE.format(name=name, what=f"{what} since 1970")
    if low >= 20_000 and high <= 80_000:
        return numbers - EXCEL, True, NOTE.format(name=name, what="days as spreadsheets count them")
    return numbers, False, NOTE.format(name=name, what="an order: the smaller, the earlier")


def _calendar(year: Floats, month: Floats, day: Floats) -> Floats:
    """Days since 1970; NaN where there is no such day."""
    good = np.isfinite(year) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0).astype(int).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(float) + day - 1
    return np.where(good, days, np.nan)

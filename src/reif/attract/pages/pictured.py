"""A test in pictures: variants over time, rates with their intervals on one scale, differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from reif.attract.models import ArmDay, PageTest
from reif.attract.pages.odds import Difference, difference
from reif.attract.pages.verdict import Arm, Verdict


@dataclass(frozen=True)
class Rail:
    """One variant on the common scale: places in per cent of the width."""

    arm: Arm
    left: float
    width: float
    middle: float
    tone: str

    @property
    def rate(self) -> float | None:
        return self.arm.conversions / self.arm.visitors if self.arm.visitors else None


def rails(said: Verdict) -> dict[str, Any]:
    """Rates with the interval that holds them with 95 %, all on one scale, and the marks of the scale."""
    top = max((arm.odds.high for arm in said.arms), default=1.0) * 1.05 or 1.0
    step = next((s for s in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if top / s <= 6), 1.0)
    marks = [(n * step, round(100 * n * step / top, 2)) for n in range(int(top / step) + 1)]
    rows = [
        Rail(
            a,
            _place(a.odds.low, top),
            _place(a.odds.high - a.odds.low, top),
            _place(a.odds.rate, top),
            f"chart-{n % 6 + 1}",
        )
        for n, a in enumerate(said.arms)
    ]
    return {"rows": rows, "marks": marks, "places": 0 if step >= 0.01 else 1}


def gaps_to_first(said: Verdict) -> list[tuple[Arm, Difference]]:
    """How much more each variant brings than the page as it was."""
    first, *others = said.arms
    return [(arm, difference(arm.counted, first.counted)) for arm in others]


def chart(test: PageTest, said: Verdict) -> dict[str, Any]:
    """The rate of each variant from the start up to each day, for a line chart."""
    days, sums = _sums(test, said)
    series = [
        {"name": arm.name, "values": [round(done / seen, 5) if seen else None for seen, done in sums[arm.key]]}
        for arm in said.arms
    ]
    return {"x": [date_format(day, "j. M.") for day in days], "series": series}


def days_table(test: PageTest, said: Verdict) -> list[dict[str, Any]]:
    """Day by day: visitors and conversions of each variant."""
    found = _by_day(test)
    days = sorted({day for _arm, day in found}, reverse=True)
    return [{"day": day, "cells": [found.get((arm.key, day), (0, 0)) for arm in said.arms]} for day in days]


def _sums(test: PageTest, said: Verdict) -> tuple[list[Any], dict[str, list[tuple[int, int]]]]:
    found = _by_day(test)
    days = sorted({day for _arm, day in found})
    made: dict[str, list[tuple[int, int]]] = {arm.key: [] for arm in said.arms}
    for key, line in made.items():
        seen = done = 0
        for day in days:
            more = found.get((key, day), (0, 0))
            seen, done = seen + more[0], done + more[1]
            line.append((seen, done))
    return days, made


def _by_day(test: PageTest) -> dict[tuple[str, Any], tuple[int, int]]:
    rows = ArmDay.objects.filter(test=test).values_list("arm", "day", "visitors", "conversions")
    return {(arm, day): (seen, done) for arm, day, seen, done in rows}


def _place(value: float, top: float) -> float:
    return round(100 * value / top, 2)

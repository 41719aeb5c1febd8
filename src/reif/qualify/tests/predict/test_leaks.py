"""Columns from afterwards are named with their evidence; honest ones are left in peace."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from reif.qualify.predict.tables.afterwards import by_name
from reif.qualify.predict.tables.evaluate import evaluate
from reif.qualify.predict.tables.leaks import suspects
from reif.qualify.predict.tables.outcome import outcome_of
from reif.qualify.predict.tables.table import Table
from reif.qualify.tests.predict import lead_tables


@pytest.mark.parametrize(
    ("make", "leaks", "looks"),
    [
        (lead_tables.courses, ["Tags"], ["Last Activity", "Last Notable Activity", "Lead Quality"]),
        (lead_tables.calls, ["duration"], []),
        (lead_tables.firms, ["Verlustgrund"], []),
        (lead_tables.wide, [], []),
        (lead_tables.small, [], []),
    ],
)
def test_leaks_are_named_and_honest_columns_are_not(
    make: Callable[[], lead_tables.Drawn], leaks: list[str], looks: list[str]
) -> None:
    drawn = make()
    told = outcome_of(drawn.table.column(drawn.outcome), drawn.outcome)
    found = suspects(drawn.table.without(drawn.outcome), told.truth)
    assert sorted(s.column for s in found if s.severity == "leak") == leaks
    assert {s.column for s in found if s.severity == "look"} <= set(looks)
    assert all(s.evidence for s in found)


def test_a_strong_but_honest_scale_is_no_leak() -> None:
    draw = np.random.default_rng(1)
    truth = (draw.random(1500) < 0.4).astype(float)
    found = suspects(Table({"size": [f"{x:.3f}" for x in truth * 2.4 + draw.normal(size=1500)]}), truth)
    assert [s.severity for s in found] in ([], ["look"])


def test_what_is_filled_for_winners_only_is_a_leak_even_when_rare() -> None:
    truth = np.array([1.0] * 200 + [0.0] * 600)
    column: list[str | None] = [f"C-{n}" if n % 3 == 0 else None for n in range(200)] + [None] * 600
    (found,) = suspects(Table({"Nummer": column}), truth)
    assert found.severity == "leak"
    assert "filled in 34% of the rows with the outcome and in 0% of the others" in found.evidence[0]


def test_what_is_filled_for_losers_only_is_a_leak_too() -> None:
    """A number of its own in each row, so that only whether there is one tells."""
    truth = np.array([0.0] * 500 + [1.0] * 400)
    column: list[str | None] = [str(7000 + 13 * n) if n % 3 == 0 else None for n in range(500)] + [None] * 400
    (found,) = suspects(Table({"body": column}), truth)
    assert found.severity == "leak"
    assert "filled in 0% of the rows with the outcome and in 33% of the others" in found.evidence[0]


def test_the_order_of_rows_and_numbers_that_count_them_are_told() -> None:
    draw = np.random.default_rng(2)
    truth = (draw.random(1000) < np.linspace(0.1, 0.8, 1000)).astype(float)
    table = Table({
        "Lead Number": [str(n) for n in range(1000)], "x": [str(x) for x in draw.integers(0, 90, 1000)],
        "end": ["won" if t else "lost" for t in truth],
    })  # fmt: skip
    found = evaluate(table, "end")
    assert found.ignored == {"Lead Number": "identifier"}
    assert [s.column for s in found.leaks] == ["Lead Number"] and "sorted by it" in found.leaks[0].evidence[0]
    assert any("order of the rows" in sentence for sentence in found.remarks)
    assert abs(found.quality.auc - 0.5) < 0.08


@pytest.mark.parametrize("copies", [50, 400])
def test_copies_of_a_lead_do_not_tell_how_it_ended(copies: int) -> None:
    draw = np.random.default_rng(3)
    once = [[f"{x:.6f}" for x in draw.normal(size=4)] + [draw.choice(["yes", "no"])] for _n in range(400)]
    twice = [once[n] for n in draw.permutation(np.r_[np.arange(400), np.arange(copies)])]
    table = Table({name: [row[n] for row in twice] for n, name in enumerate(["a", "b", "c", "d", "end"])})
    found = evaluate(table, "end")
    assert found.twins == 2 * copies
    assert abs(found.quality.auc - 0.5) < 0.09
    assert any(f"{2 * copies} rows are alike" in sentence for sentence in found.remarks)


@pytest.mark.parametrize(
    ("name", "certain"),
    [
        ("Close Date", True), ("closedWonDate", True), ("lost_reason", True), ("Verlustgrund", True), ("Tags", True),
        ("reservation_status_date", True), ("Stage changed at", True),
        ("duration", True), ("call_duration_sec", True), ("Abschlussdatum", True), ("Vertragsnummer", True),
        ("session duration", None), ("previous outcome", None), ("poutcome", None), ("TotalVisits", None), ("industry", None),
        ("Lead Quality", False), ("Last Notable Activity", False), ("Umsatz", False),
        ("Lead Profile", False), ("Asymmetrique Activity Score", False), ("Contract", None), ("marital-status", None), ("Credit Score", None),
    ],
)  # fmt: skip
def test_names_that_tell(name: str, certain: bool | None) -> None:
    found = by_name(name)
    assert (found.certain if found else None) is certain

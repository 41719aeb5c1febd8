"""Columns from afterwards are named with their evidence; honest ones are left in peace."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from reif.qualify.predict.tables.afterwards import by_name
from reif.qualify.predict.tables.evaluate import evaluate
from reif.qualify.predict.tables.leaks import suspects
from reif.qualify.predict.tables.outcome import outcome_of
from reif.qualify.predict.tables.table import Table, value_of
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


def planted(rows: int, base: float, seed: int) -> tuple[Table, np.ndarray[tuple[int], np.dtype[np.float64]], set[str]]:
    """A table with columns from afterwards of many sorts, among honest ones of which some are strong. Also: which must be named."""
    draw = np.random.default_rng(seed)
    budget, visits = draw.lognormal(9, 1, rows), draw.poisson(4, rows)
    product = draw.choice(["Zeit", "Lohn", "Spesen"], rows)
    pull = 1.3 * (np.log(budget) - 9) + 1.1 * (product == "Lohn") + 0.35 * (visits - 4) + draw.logistic(size=rows)
    won = pull > np.quantile(pull, 1 - base)
    day = np.datetime64("2025-01-01") + draw.integers(0, 300, rows)
    afterwards = {
        "datum2": np.where(won, (day + draw.integers(5, 60, rows)).astype(str), ""),
        "onboarding": np.where(draw.random(rows) < np.where(won, 0.7, 0.01), draw.choice(["A", "B", "C"], rows), ""),
        "zustand": np.where(won, "in Betrieb", draw.choice(["Archiv", "Karteileiche"], rows)),
        "copy": np.where(draw.random(rows) < 0.02, ~won, won).astype(int),
        "nearly": (won + draw.normal(0, 0.25, rows)).round(3),
        "deal": np.where(won, draw.lognormal(8, 1, rows).round(2), 0),
        "aufwand": np.where(won & (draw.random(rows) < 0.6), draw.integers(1, 90, rows), 0),
        "letzte_aktivitaet_tage": np.where(won, draw.gamma(1, 4, rows), draw.gamma(2, 25, rows)).round(),
        "grund2": np.where(~won & (draw.random(rows) < 0.6), draw.choice(["teuer", "zu früh"], rows), ""),
        "selten": np.where(won & (draw.random(rows) < 0.09) & (base < 0.5), "ja", ""),
        "vermerk": [
            f"Vertrag unterschrieben, Rechnung {n} gestellt" if late else f"Telefonat geführt, Unterlagen {n} versendet"
            for n, late in enumerate(won & (draw.random(rows) < 0.6))
        ],
    }  # fmt: skip
    honest = {
        "budget": budget.round(2), "produkt": product, "visits": visits, "erstkontakt": day.astype(str),
        "annual_revenue": (budget * draw.lognormal(0, 0.3, rows)).round(), "customer_segment": np.where(budget > 12_000, "gross", "klein"),
        "telefon": np.where(draw.random(rows) < 0.5, "", draw.integers(10**9, 10**10, rows).astype(str)),
        "ort": draw.zipf(1.4, rows) % 400, "lead_id": draw.permutation(rows) + 5000, "duration_months": draw.integers(1, 13, rows),
        "gutschein": np.where(draw.random(rows) < np.where(won, 0.3, 0.2), "JA", ""), "noise": draw.integers(0, 200, rows),
        "notiz": [f"Bitte um Angebot für {n % 97} Personen und {n % 31} Termine" for n in range(rows)],
    }  # fmt: skip
    columns = {name: [value_of(str(v)) for v in values] for name, values in (afterwards | honest).items()}
    return Table(columns), won.astype(float), set(afterwards) - ({"selten"} if base >= 0.5 else set())


@pytest.mark.parametrize(("rows", "base"), [(1200, 0.3), (1200, 0.6), (3000, 0.1), (3000, 0.85)])
def test_every_sort_of_column_from_afterwards_is_named_and_no_honest_one(rows: int, base: float) -> None:
    table, truth, afterwards = planted(rows, base, seed=8)
    named = {s.column: s.severity for s in suspects(table, truth)}
    assert set(named) == afterwards
    assert {name for name, severity in named.items() if severity == "look"} <= {
        "copy", "nearly", "letzte_aktivitaet_tage", *(["vermerk"] if base > 0.7 else []),
    }  # fmt: skip


def test_few_rows_and_many_columns_accuse_nobody() -> None:
    """Among so many values some are of one outcome alone by chance."""
    draw = np.random.default_rng(9)
    truth = (draw.random(90) < 0.65).astype(float)
    noise = {f"k{n}": [f"v{v}" for v in draw.integers(0, 8, 90)] for n in range(150)}
    assert suspects(Table({**noise, "number": [str(n) for n in draw.permutation(90)]}), truth) == []


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
        ("annual_revenue", None), ("customer_segment", None), ("loan duration months", None), ("last_name", None), ("Zuletzt geändert", False),
    ],
)  # fmt: skip
def test_names_that_tell(name: str, certain: bool | None) -> None:
    found = by_name(name)
    assert (found.certain if found else None) is certain

"""The predictive pipeline on tables whose truth is known."""

from __future__ import annotations

import csv
import random
from math import exp
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from reif.qualify.predict.card import lift
from reif.qualify.predict.learning.measure import quality
from reif.qualify.predict.tables.dates import day_first, moment
from reif.qualify.predict.tables.evaluate import NoModel, evaluate
from reif.qualify.predict.tables.kinds import Kind, kind_of
from reif.qualify.predict.tables.leaks import suspects
from reif.qualify.predict.tables.numerals import number, number_reader
from reif.qualify.predict.tables.outcome import outcome_of
from reif.qualify.predict.tables.table import BadTable, Table, read_table

HEADING = ["id", "date", "size", "industry", "visits", "noise", "closed_reason", "won"]


def a_history(rows: int = 900, seed: int = 3) -> tuple[list[list[str]], list[float]]:
    """Leads whose chance is known: by size, industry and visits; a number of the row, noise, and a column from afterwards."""
    chance, out, draw = [], [], random.Random(seed)
    for n in range(rows):
        size, visits = draw.lognormvariate(4, 1.2), draw.randrange(12)
        industry = draw.choice(["software", "retail", "health", ""])
        p = 1 / (1 + exp(-(-2.6 + 0.25 * visits + 1.4 * (industry == "software") + 0.9 * (size > 120))))
        won = draw.random() < p
        chance.append(p)
        reason = draw.choice(["price", "fit"]) if won else ""
        day = f"{1 + n % 28:02d}.{1 + n * 12 // rows:02d}.2026"
        out.append(
            [
                f"{n + 10_000}",
                day,
                f"{size:.1f}".replace(".", ","),
                industry,
                str(visits),
                str(draw.random()),
                reason,
                "Ja" if won else "Nein",
            ]
        )
    return out, chance


@pytest.fixture
def history(tmp_path: Path) -> Path:
    file = tmp_path / "leads.csv"
    with file.open("w", encoding="cp1252", newline="") as write:
        csv.writer(write, delimiter=";").writerows([HEADING, *a_history()[0]])
    return file


def test_it_comes_close_to_what_can_be_known(history: Path) -> None:
    table = read_table(history)
    found = evaluate(table, "won", drop=("closed_reason",))
    truth = outcome_of(table.column("won"), "won").truth
    best = roc_auc_score(truth, a_history()[1])
    assert best - 0.04 < found.quality.auc <= best + 0.03
    assert found.quality.brier < found.quality.brier_base
    assert found.quality.calibration_error < 0.06
    assert found.ignored == {"id": "identifier"}


def test_a_column_from_afterwards_is_named_with_its_evidence(history: Path) -> None:
    table = read_table(history)
    told = outcome_of(table.column("won"), "won")
    found = suspects(table.without("won"), told.truth)
    assert [s.column for s in found] == ["closed_reason"]
    assert found[0].sure
    assert any("filled in 100%" in sentence for sentence in found[0].evidence)


def test_later_leads_are_judged_by_earlier_ones(history: Path) -> None:
    found = evaluate(read_table(history), "won", drop=("closed_reason",), time_column="date")
    assert found.split == "time"
    assert found.quality.rows == pytest.approx(270, abs=30)
    assert found.trained_until and found.trained_until.startswith("2026-")


def test_one_outcome_is_refused_in_plain_words() -> None:
    rows, _chance = a_history()
    table = Table({"size": [r[2] for r in rows], "won": ["Ja"] * len(rows)})
    with pytest.raises(BadTable, match="only one outcome"):
        evaluate(table, "won")
    few = Table({"size": [r[2] for r in rows], "won": ["Ja"] * 3 + ["Nein"] * (len(rows) - 3)})
    with pytest.raises(NoModel, match=r"3 leads with the outcome and 897 without\. At least 20"):
        evaluate(few, "won")
    with pytest.raises(BadTable, match="is the outcome"):
        evaluate(table, "won", drop=("Won",))
    with pytest.raises(NoModel, match="No column is left"):
        evaluate(Table({"id": [str(n) for n in range(200)], "won": ["1", "0"] * 100}), "won")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", 12.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1'200", 1200),
        ("45 %", 45),
        ("-3", -3),
        ("1,234", 1234),
        ("CHF 12’500.–", 12500),
        ("€ 1.234,50", 1234.5),
        ("1 234,5 €", 1234.5),
        ("($300)", -300),
        ("x1", None),
        ("2026-11-26", None),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(text: str, value: float | None) -> None:
    assert number(text) == value


def test_a_column_has_one_way_of_writing_numbers() -> None:
    assert number_reader(["1,234", "0,5", None])("1,234") == 1.234
    assert number_reader(["1,234", "0.5"])("1,234") == 1234
    assert number_reader(["1.234", "0,5"])("1.234") == 1234
    assert number_reader(["1.234", "0.5"])("1.234") == 1.234


def test_a_number_is_an_identifier_only_when_it_counts_or_is_named_so() -> None:
    incomes = [str(n * 7919 % 10**7) for n in range(300)]
    assert kind_of(incomes, "income") is Kind.NUMBER
    assert kind_of(incomes, "customer_id") is Kind.IDENTIFIER
    assert kind_of([str(5000 + n) for n in range(300)], "x") is Kind.IDENTIFIER
    assert kind_of(["12", "n. b."] * 10 + [str(n) for n in range(100)], "mixed") is Kind.NUMBER


def test_dates_are_read_as_the_column_means_them() -> None:
    assert day_first(["03/04/2026", "25/04/2026"])
    assert not day_first(["03/04/2026", "04/25/2026"])
    assert day_first(["03.04.2026"])
    first, second = moment("2026-04-03 12:00:00", False), moment("03.04.2026", True)
    assert first is not None and second is not None and first - second == pytest.approx(0.5)
    assert kind_of(["2026-04-03", "2026-05-01"]) is Kind.DATE
    assert moment("3. April 2026", True) == moment("Apr 3, 2026", False) == second
    assert moment("04/03/2026 12:00 PM", False) == first


def test_ties_at_the_edge_of_the_top_tenth_count_by_their_mean() -> None:
    truth = np.array([1.0] * 50 + [0.0] * 50)
    same = quality(np.full(100, 0.5), truth)
    assert same.precision_10 == pytest.approx(0.5)
    assert same.lift_10 == pytest.approx(1.0)
    turned = quality(np.full(100, 0.5), truth[::-1].copy())
    assert turned.precision_10 == same.precision_10


def test_the_best_tenth_is_one_figure_wherever_it_stands() -> None:
    chance = np.round(np.linspace(0, 1, 73) ** 3, 1)
    truth = np.array([float(n % 3 == 0) for n in range(73)])
    parts = lift(chance, truth)
    assert parts[0] == pytest.approx(quality(chance, truth).lift_10)
    assert parts == pytest.approx(lift(chance[::-1].copy(), truth[::-1].copy()))


@pytest.mark.parametrize(
    ("values", "meaning"),
    [
        (["Won", "Lost", "Lost", "Lost"], "“won”"),
        (["0", "1", "0", "0"], "“1”"),
        (["2026-01-02", None, None, None], "filled"),
        (["red", "blue", "blue", "blue"], "“red”"),
        (["Gewonnen", "verloren", "rejected", "verloren"], "“gewonnen”; “verloren”, “rejected” count as not"),
        (["kein Treffer", "Treffer", "kein Treffer"], "“treffer”"),
        (["closed won", "closed lost", "proposal", "closed lost"], "“closed won”"),
        (["True", "False", "False", None], "“true”"),
    ],
)
def test_which_answer_counts(values: list[str | None], meaning: str) -> None:
    told = outcome_of(values, "end")
    assert meaning in told.meaning
    assert told.truth.sum() == 1


def test_several_answers_need_a_word() -> None:
    with pytest.raises(BadTable, match="--positive"):
        outcome_of(["gold", "silver", "bronze"], "end")
    assert outcome_of(["gold", "silver", "bronze"], "end", "Gold").truth.sum() == 1
    with pytest.raises(BadTable, match="40 different answers"):
        outcome_of([str(n) for n in range(2, 42)], "end")


def test_rows_that_do_not_say_how_it_ended_are_left_out() -> None:
    told = outcome_of(["yes", None, "no", "no"], "end")
    assert told.known.tolist() == [0, 2, 3]
    assert told.truth.tolist() == [1, 0, 0]


def test_what_counts_may_be_commoner_than_what_does_not() -> None:
    assert "“zusage”" in outcome_of(["Zusage", "Zusage", "Zusage", "keine Zusage"], "end").meaning
    assert "“interested”" in outcome_of(["Interested", "interested ", "Not Interested"], "end").meaning


def test_leads_that_have_not_ended_are_left_out_where_both_ends_are_told() -> None:
    told = outcome_of(["Ja", "offen", "Nein", "In Bearbeitung", None], "end")
    assert told.known.tolist() == [0, 2]
    assert told.unended == {"offen": 1, "in bearbeitung": 1}
    stages = outcome_of(["closedwon", "closedlost", "appointmentscheduled", "contractsent"], "stage")
    assert stages.known.tolist() == [0, 1]
    assert outcome_of(["won", "open", "open"], "end").truth.tolist() == [1, 0, 0]
    with pytest.raises(NoModel, match="says “lost” and nothing else"):
        outcome_of(["lost", None, "Lost"], "end")

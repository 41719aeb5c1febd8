"""The pipeline against plain models on the same folds, on tables as companies export them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from reif.qualify.predict.learning.folds import parts
from reif.qualify.predict.learning.measure import quality
from reif.qualify.predict.learning.rates import Rates
from reif.qualify.predict.learning.wordings import Wordings
from reif.qualify.predict.tables.cells import leads_of
from reif.qualify.predict.tables.encode import Encoder
from reif.qualify.predict.tables.kinds import Kind, kind_of
from reif.qualify.predict.tables.models import Model
from reif.qualify.predict.tables.outcome import outcome_of
from reif.qualify.predict.tables.table import Table
from reif.qualify.predict.tables.twins import twins
from reif.qualify.tests.predict import lead_tables


@pytest.mark.parametrize(
    "drawn", [lead_tables.firms(2400), lead_tables.small(400), lead_tables.calls(2000)], ids=["firms", "small", "calls"]
)
def test_it_is_as_good_as_the_best_plain_model_and_means_what_it_says(drawn: lead_tables.Drawn) -> None:
    table = drawn.table.without(drawn.outcome, *drawn.leaks)
    truth = outcome_of(drawn.table.column(drawn.outcome), drawn.outcome).truth
    part = parts(truth, np.arange(len(truth)), 3, 1)
    said = {name: np.zeros(len(truth)) for name in ("ours", "linear", "trees")}
    for n in range(3):
        learn, check = np.flatnonzero(part != n), np.flatnonzero(part == n)
        some, others = table.among(learn.tolist()), table.among(check.tolist())
        said["ours"][check] = Model().fit(some, truth[learn]).chance(others)
        encoder = Encoder().fit(some)
        before, after = encoder.encode(some), encoder.encode(others)
        linear = LogisticRegression(C=0.1, max_iter=300).fit(before.sparse, truth[learn])
        said["linear"][check] = linear.predict_proba(after.sparse)[:, 1]
        trees = HistGradientBoostingClassifier(categorical_features=before.levels, random_state=1)
        said["trees"][check] = trees.fit(before.dense, truth[learn]).predict_proba(after.dense)[:, 1]
    auc = {name: roc_auc_score(truth, chance) for name, chance in said.items()}
    assert auc["ours"] > max(auc["linear"], auc["trees"]) - 0.015, auc
    ours = quality(said["ours"], truth)
    assert ours.brier <= min(quality(said[name], truth).brier for name in ("linear", "trees")) + 0.002
    assert ours.calibration_error < 0.06
    assert ours.auc_low < ours.auc < ours.auc_high


def test_no_row_is_told_its_own_end() -> None:
    """Levels of their own, whose rates would give every row away if it saw itself."""
    draw = np.random.default_rng(0)
    truth = (draw.random(600) < 0.3).astype(float)
    codes = np.repeat(np.arange(1, 301), 2)[:, None]
    told = Rates().fit(codes, truth, parts(truth, np.arange(600), 5, 1))
    assert abs(roc_auc_score(truth, told[:, 0]) - 0.5) < 0.1


def test_parts_keep_copies_together_and_share_the_outcome() -> None:
    table = Table(
        {"id": [str(n) for n in range(100)], "a": [str(n // 2) for n in range(30)] + [f"x{n}" for n in range(70)]}
    )
    truth = np.array([1.0] * 20 + [0.0] * 80)
    kinds = {name: kind_of(column, name) for name, column in table.columns.items()}
    groups, alike = twins(table, kinds, truth)
    assert alike == 30
    part = parts(truth, groups, 5, 1)
    assert all(part[n] == part[n + 1] for n in range(0, 30, 2))
    assert [int(truth[part == n].sum()) for n in range(5)] == [4, 4, 4, 4, 4]


def test_leads_that_only_look_alike_are_no_copies() -> None:
    draw = np.random.default_rng(4)
    table = Table({"seller": [f"s{n}" for n in draw.integers(0, 60, 600)]})
    truth = (draw.random(600) < 0.4).astype(float)
    groups, alike = twins(table, {"seller": Kind.CATEGORY}, truth)
    assert alike == 0 and len(set(groups.tolist())) == 600


def test_dates_become_spans_and_texts_become_words() -> None:
    drawn = lead_tables.firms(400)
    encoder = Encoder().fit(drawn.table.without(drawn.outcome))
    assert "Erstkontakt → Letzte Antwort" in encoder.names()
    encoded = encoder.encode(drawn.table)
    span = encoded.dense[:, encoder.names().index("Erstkontakt → Letzte Antwort")]
    assert span.min() >= 0 and span.max() <= 60
    assert np.isfinite(encoded.dense[:, encoder.names().index("Budget")]).all()
    assert encoded.codes.shape[1] >= 2
    assert encoder.encode(Table({"unknown column": ["x"]})).dense.shape == (1, encoded.dense.shape[1])


def test_words_among_numbers_and_numbers_of_something_are_not_lost() -> None:
    draw = np.random.default_rng(5)
    size: list[str | None] = [str(n) for n in draw.integers(1, 900, 600)]
    size[::10] = ["more than 1000"] * 60
    offer: list[str | None] = [f"{90_000 + 7 * n}" if n % 4 == 0 else None for n in range(600)]
    encoder = Encoder().fit(Table({"size": size, "offer no": offer}))
    encoded = encoder.encode(Table({"size": ["12", "more than 1000", None], "offer no": ["90007", None, None]}))
    assert encoder.kinds == {"size": Kind.NUMBER, "offer no": Kind.IDENTIFIER}
    assert encoder.names() == ["size", "size", "size", "offer no"]
    assert np.isnan(encoded.dense[:, 0]).tolist() == [False, True, True]
    assert np.isnan(encoded.dense[:, 1]).tolist() == [True, False, True]
    assert encoded.dense[:, 3].tolist() == [1, 0, 0]


def test_no_text_is_told_its_own_end() -> None:
    """Words of their own in each row say nothing of it, and common ones what they say of the others."""
    draw = np.random.default_rng(6)
    truth = (draw.random(400) < 0.4).astype(float)
    column: list[str | None] = [f"own{n}a own{n}b own{n}c" for n in range(400)]
    told = [
        f"{text} {'urgent' if t and n % 2 else 'later'}" for n, (text, t) in enumerate(zip(column, truth, strict=True))
    ]
    for texts, low, high in ((column, 0.4, 0.6), (told, 0.7, 0.9)):
        words = leads_of(Table({"message": list(texts)})).columns["message"].words
        assert words is not None
        auc = roc_auc_score(truth, Wordings().fit([words], truth, parts(truth, np.arange(400), 5, 1))[:, 0])
        assert low < auc < high


def test_levels_that_say_nothing_are_not_told_and_those_that_do_are() -> None:
    draw = np.random.default_rng(3)
    surname, campaign = draw.integers(0, 900, 3000), draw.integers(0, 100, 3000)
    truth = (draw.random(3000) < np.where(campaign < 30, 0.6, 0.15)).astype(float)
    fold = draw.integers(0, 5, 3000)
    rates = Rates()
    told = rates.fit(np.column_stack([surname, campaign]) + 1, truth, fold)
    assert rates.silent == [0]
    assert not told[:, 0].any()
    assert not rates.of(np.array([[5, 5]]))[0, 0]
    assert told[campaign < 30, 1].mean() > 0.5 > told[campaign >= 30, 1].mean()

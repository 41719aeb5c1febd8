"""The reasons of a chance, where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from django.utils.translation import override

from reif.qualify.models import Forecaster
from reif.qualify.predict.done import Asked
from reif.qualify.predict.features import Facts
from reif.qualify.predict.keep import Ready
from reif.qualify.predict.learn import learn
from reif.qualify.predict.reasons import reasons
from reif.qualify.predict.shape import CATEGORIES, NUMBERS, Shape, with_levels


def known_facts(rows: int = 3000) -> tuple[Facts, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """People whose chance depends on the source, the size of the company and their consent, and on nothing else."""
    draw = np.random.default_rng(4)
    words = {name: np.full(rows, "", dtype=object) for name in CATEGORIES}
    words["source"] = draw.choice(np.array(["webinar", "paid_search"], dtype=object), rows)
    words["country"] = draw.choice(np.array(["CH", "DE"], dtype=object), rows)
    numbers = np.zeros((rows, len(Shape().names) - len(CATEGORIES)), dtype=np.float32)
    size, consent = NUMBERS.index("company_size"), NUMBERS.index("consent")
    numbers[:, size], numbers[:, consent] = draw.choice([10, 400], rows), draw.integers(0, 2, rows)
    words["source"][:2], numbers[:2, size], numbers[:2, consent] = ["webinar", "paid_search"], [400, 10], [1, 0]
    pull = -2.5 + 2 * (words["source"] == "webinar") + 1.5 * (numbers[:, size] > 100) + 1.2 * (numbers[:, consent] > 0)
    truth = (draw.random(rows) < 1 / (1 + np.exp(-pull.astype(float)))).astype(float)
    return Facts(Asked(np.arange(rows), np.zeros(rows, dtype=np.int64)), words, numbers), truth


@pytest.mark.django_db
def test_reasons_name_what_matters_and_add_up() -> None:
    facts, truth = known_facts()
    shape = with_levels(Shape(), facts.words)
    rows = shape.encode(facts.words, facts.numbers)
    model = learn(rows, truth, facts.asked.people).learned
    ready = Ready(Forecaster(outcome="sql"), model, shape)
    with override("en"):
        (for_it, against), (no_good, bad) = reasons(ready, facts, 0, "en"), reasons(ready, facts, 1, "en")
    assert {r.words for r in for_it} == {"Source", "Company size", "Marketing consent"}
    assert against == [] and for_it[0].words == "Source" and for_it[0].points > 10
    assert {r.words: r.value for r in for_it}["Company size"] == "400"
    assert no_good == [] and {r.words for r in bad} == {"Source", "Company size", "Marketing consent"}
    np.testing.assert_allclose(model.shares(rows).sum(1) + model.usual(), model.logit(rows), atol=1e-9)


@pytest.mark.django_db
def test_levels_and_departments_are_said_in_the_readers_language() -> None:
    facts, truth = known_facts()
    facts.words["level"] = np.where(facts.words["source"] == "webinar", "head", "specialist").astype(object)
    facts.words["source"] = np.full(len(truth), "", dtype=object)
    shape = with_levels(Shape(), facts.words)
    model = learn(shape.encode(facts.words, facts.numbers), truth, facts.asked.people).learned
    ready = Ready(Forecaster(outcome="sql"), model, shape)
    with override("de"):
        (for_it, _against), (_for_it, against) = reasons(ready, facts, 0, "de"), reasons(ready, facts, 1, "de")
    assert {r.words: r.value for r in for_it}["Stufe im Beruf"] == "Leitung"
    assert {r.words: r.value for r in against}["Stufe im Beruf"] == "Fachperson"

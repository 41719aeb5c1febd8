"""How long does learning from 50,000 people take, and asking about one person when an event comes?

The rivals of the same run: scikit-learn's boosted trees as they come, on the ready matrix, and its answer for one ready row.
"""

from __future__ import annotations

import time
from statistics import median, quantiles
from typing import Any

import numpy as np

from bench._engines import line, on_both, set_up

PEOPLE, ASKED = 50_000, 200
RIVALS: list[Any] = []


def bench(engine: str) -> None:
    set_up()
    from reif.qualify.tests.predict.town import a_town

    folk = a_town(people=PEOPLE)
    print(f"  {engine}: {len(folk):,} people with their histories", flush=True)
    learning(engine)
    asking(engine, [person.pk for person in folk[:ASKED]])


def learning(engine: str) -> None:
    """The whole lesson, against three bare fits on the matrix that it made."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    from reif.kit.clock import now
    from reif.lake.sync import sync
    from reif.qualify.models import Forecaster
    from reif.qualify.predict import lessons
    from reif.qualify.predict.examples import examples
    from reif.qualify.predict.features import facts_then
    from reif.qualify.predict.shape import CATEGORIES, with_levels
    from reif.qualify.predict.train import full_shape
    from reif.qualify.predict.work_off import work_off

    sync()
    lessons.ask_for("sql", "train")
    began = time.perf_counter()
    work_off()
    seconds = time.perf_counter() - began
    found = examples("sql", 30, now())
    facts = facts_then(found.asked, full_shape())
    rows = with_levels(full_shape(), facts.words).encode(facts.words, facts.numbers)
    rows = rows.copy()
    rows[:, np.isnan(rows).all(axis=0)] = 0.0  # the rival takes no column without any value
    rival = HistGradientBoostingClassifier(max_iter=240, categorical_features=list(range(len(CATEGORIES))))
    began = time.perf_counter()
    rival.fit(rows, found.truth)
    limit = time.perf_counter() - began
    RIVALS.append(rival)
    row = Forecaster.objects.get()
    print(
        f"  {len(rows):,} examples, AUC {row.card['quality']['auc']:.3f}; the rival alone {limit:.1f} s",
        flush=True,
    )
    line(
        f"predict, {engine}: learn from {PEOPLE:,} people",
        f"{seconds:.1f} s",
        f"{limit:.1f} s",
        seconds / limit,
        "30 s",
        seconds < 30,
    )


def asking(engine: str, people: list[int]) -> None:
    """Features, chance, and what is written of one person, against the rival's answer alone."""
    from reif.kit.clock import now
    from reif.log.append import writing
    from reif.qualify.predict.features import facts_now
    from reif.qualify.predict.foresee import ask, in_force, look_again

    look_again()
    model = in_force()[0]
    facts = facts_now(people[:1], now(), model.shape)
    row = model.shape.encode(facts.words, facts.numbers)
    taken, bare = [], []
    for person in people:
        began = time.perf_counter()
        with writing():
            ask([person])
        taken.append(1000 * (time.perf_counter() - began))
        began = time.perf_counter()
        RIVALS[0].predict_proba(row)
        bare.append(1000 * (time.perf_counter() - began))
    middle, late = median(taken), quantiles(taken, n=20)[-1]
    line(
        f"predict, {engine}: ask about one, median",
        f"{middle:.1f} ms",
        f"{median(bare):.2f} ms",
        middle / median(bare),
        "20 ms",
        middle < 20,
    )
    line(
        f"predict, {engine}: ask about one, p95",
        f"{late:.1f} ms",
        f"{median(bare):.2f} ms",
        late / median(bare),
        "20 ms",
        late < 20,
    )


if __name__ == "__main__":
    on_both(__file__, bench)

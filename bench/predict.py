"""How long does learning from 50,000 people take, and asking about one person when an event comes?

The limits of the same run: scikit-learn's bare fits on the ready matrix, and the bare walk through the trees for one row.
"""

from __future__ import annotations

import time
from statistics import median, quantiles

from bench._engines import line, on_both, set_up

PEOPLE, ASKED = 50_000, 200


def bench(engine: str) -> None:
    set_up()
    from reif.qualify.tests.predict.town import a_town

    folk = a_town(people=PEOPLE)
    print(f"  {engine}: {len(folk):,} people with their histories", flush=True)
    learning(engine)
    asking(engine, [person.pk for person in folk[:ASKED]])


def learning(engine: str) -> None:
    """The whole lesson, against three bare fits on the matrix that it made."""
    from reif.kit.clock import now
    from reif.lake.sync import sync
    from reif.qualify.models import Forecaster
    from reif.qualify.predict import lessons
    from reif.qualify.predict.examples import examples
    from reif.qualify.predict.features import facts_then
    from reif.qualify.predict.learn import _grow
    from reif.qualify.predict.shape import Shape, with_levels

    sync()
    lessons.ask_for("sql", "train")
    began = time.perf_counter()
    lessons.work_off()
    seconds = time.perf_counter() - began
    found = examples("sql", 30, now())
    facts = facts_then(found.asked, Shape())
    rows = with_levels(Shape(), facts.words).encode(facts.words, facts.numbers)
    began = time.perf_counter()
    _grow(rows, found.truth, 120)
    limit = time.perf_counter() - began
    row = Forecaster.objects.get()
    print(
        f"  {len(rows):,} examples, AUC {row.card['quality']['auc']:.3f}, 120 trees by hand in {limit:.1f} s",
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
    """Features, chance and row of one person, against the trees alone."""
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
        model.learned.chance(row)
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

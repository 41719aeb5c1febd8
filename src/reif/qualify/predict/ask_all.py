"""Ask a model about everybody, out of the lake; and see whether people have moved away from those it learned from."""

from __future__ import annotations

from itertools import islice

import msgspec
import numpy as np

from reif.crm.models import Person
from reif.kit.clock import now
from reif.lake.sync import sync
from reif.log.append import writing
from reif.qualify.predict.book import enter
from reif.qualify.predict.card import Card, drift, spreads
from reif.qualify.predict.done import Asked, micros
from reif.qualify.predict.features import Facts, facts_then
from reif.qualify.predict.foresee import chances
from reif.qualify.predict.keep import NotThere, Ready, ready
from reif.qualify.predict.lessons import Ended, progress
from reif.qualify.predict.records import Forecaster, Lesson
from reif.qualify.predict.shape import Floats

PIECE, BATCH, SAMPLE = 50_000, 2000, 50_000


def ask_all(lesson: Lesson) -> None:
    """Old chances stay visible meanwhile; each 2,000 are entered in one transaction."""
    row = Forecaster.objects.filter(outcome=lesson.outcome, in_force=True).first()
    if row is None:
        raise Ended("no_model")
    try:
        model = ready(row)
    except NotThere as missing:
        raise Ended("no_file") from missing
    sync()
    people = list(Person.objects.living().order_by("id").values_list("id", flat=True))
    seen: list[Floats] = []
    for start in range(0, len(people), PIECE):
        facts = _facts(people[start : start + PIECE], model)
        _enter(model, facts)
        seen.append(model.shape.encode(facts.words, facts.numbers)[: SAMPLE - sum(map(len, seen))])
        progress(lesson, "ask", min(99, round(100 * (start + PIECE) / max(1, len(people)))))
    if people:
        _drift(model, np.vstack(seen))
    lesson.numbers = {"people": len(people)}


def _facts(people: list[int], model: Ready) -> Facts:
    asked = Asked(np.array(people, dtype=np.int64), np.full(len(people), micros(now()), dtype=np.int64))
    return facts_then(asked, model.shape, past=False)


def _enter(model: Ready, facts: Facts) -> None:
    said, moment = iter(chances(model, facts).items()), now()
    while some := dict(islice(said, BATCH)):
        with writing():
            enter(model.row, some, moment, {})


def _drift(model: Ready, rows: Floats) -> None:
    """The first time, how people lie is written down; later, how far they have moved from that."""
    card = msgspec.convert(model.row.card, Card)
    chance = model.learned.chance(rows)
    if not card.spread:
        card = msgspec.structs.replace(card, spread=spreads(rows, model.shape, chance))
        Forecaster.objects.filter(pk=model.row.pk).update(card=msgspec.to_builtins(card))
    values = {name: rows[:, n].astype(float) for n, name in enumerate(model.shape.names)} | {"chance": chance}
    moved = {name: round(drift(spread, values[name]), 4) for name, spread in card.spread.items() if name in values}
    Forecaster.objects.filter(pk=model.row.pk).update(drift=moved, drift_at=now())

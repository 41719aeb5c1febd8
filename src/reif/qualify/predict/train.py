"""Learn anew from what became of people, and take over from the model in force only when it is better.

Says model.trained, and model.replaced when the new one is asked from now on.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from reif.kit.clock import now
from reif.lake.sync import sync
from reif.log.append import append, writing
from reif.log.catalogue.qualification import ModelReplaced, ModelTrained
from reif.playbook.current import current, revision
from reif.qualify.predict.card import Card, measured, weights
from reif.qualify.predict.done import DAY, micros
from reif.qualify.predict.examples import Examples, examples
from reif.qualify.predict.features import Facts, facts_then
from reif.qualify.predict.keep import NotThere, Ready, keep, ready
from reif.qualify.predict.learn import ENOUGH, Split, Taught, learn, learn_from_all, split
from reif.qualify.predict.learned import Learned
from reif.qualify.predict.learning.loss import loss
from reif.qualify.predict.lessons import Ended, ask_for, progress
from reif.qualify.predict.records import Forecaster, Lesson
from reif.qualify.predict.seen import most_seen
from reif.qualify.predict.shape import Floats, Shape, shape_of, with_levels
from reif.qualify.predict.ways import Forecast

Whole = NDArray[np.float64]


class School(NamedTuple):
    """All that a lesson is about. check: which examples are for measuring; before: the model in force, when comparable."""

    found: Examples
    facts: Facts
    shape: Shape
    rows: Floats
    parts: Split
    before: Ready | None


def train(lesson: Lesson) -> None:
    """Raises Ended when there is nothing to learn from yet."""
    began = time.perf_counter()
    ways: Forecast = current("predict").of(lesson.outcome)
    progress(lesson, "gather", 5)
    sync()
    before = _comparable(lesson.outcome, ways)
    found = examples(lesson.outcome, ways.days, now())
    _enough(found, ways)
    parts = _parts(found, ways, before)
    progress(lesson, "features", 20)
    school = _school(found, parts, before)
    progress(lesson, "learn", 45)
    challenger = _learned(school, parts.learn)
    progress(lesson, "compare", 65)
    said = challenger.learned.logit(school.rows[parts.check])
    losses = loss(expit(said), found.truth[parts.check]), _loss_before(school)
    best = learn_from_all(school.rows, found.truth, found.asked.people, challenger)
    progress(lesson, "keep", 95)
    card = _card(school, said, best, ways, time.perf_counter() - began)
    lesson.note = _keep(lesson.outcome, school, best, card, losses)


def _comparable(outcome: str, ways: Forecast) -> Ready | None:
    """The model in force, when it answers the same question and can be read."""
    row = Forecaster.objects.filter(outcome=outcome, in_force=True, days=ways.days).first()
    try:
        return ready(row) if row else None
    except NotThere:
        return None


def _enough(found: Examples, ways: Forecast) -> None:
    having, lacking = (found.people_with, found.people_without) if len(found.truth) else (0, 0)
    if min(having, lacking) < ways.least:
        note = "one_sided" if min(having, lacking) == 0 and max(having, lacking) >= ways.least else "few"
        raise Ended(note, having=having, lacking=lacking, least=ways.least, days=ways.days)


def _parts(found: Examples, ways: Forecast, before: Ready | None) -> Split:
    """Both models are measured on moments that neither has seen: the newer half of those after the one in force had learned."""
    span, at = ways.days * DAY, found.asked.at
    if before is None:
        return split(at, found.asked.people, found.truth, span)
    edge = micros(before.row.trained_at)
    fresh = at > edge
    new = _rarer(found.truth[fresh])
    if new < ENOUGH:
        raise Ended("no_news", new=new, least=ENOUGH, days=ways.days)
    middle = int(np.median(at[fresh]))
    newer = at > middle
    return (
        Split(at + span <= middle, newer, middle)
        if _rarer(found.truth[newer]) >= ENOUGH
        else Split(at + span <= edge, fresh, edge)
    )


def _rarer(truth: Whole) -> int:
    return int(min(truth.sum(), len(truth) - truth.sum()))


def _school(found: Examples, parts: Split, before: Ready | None) -> School:
    shape = full_shape()
    facts = facts_then(found.asked, shape)
    if len(facts.asked.people) != len(found.truth):  # somebody was erased meanwhile
        raise Ended("again")
    shape = with_levels(shape, facts.among(np.flatnonzero(parts.learn)).words)
    return School(found, facts, shape, shape.encode(facts.words, facts.numbers), parts, before)


def full_shape() -> Shape:
    """What the scoring names, and what many people came to."""
    named = shape_of(current("scoring").main.rules).topics
    return Shape(named + most_seen(named))


def _learned(school: School, which: NDArray[np.bool_]) -> Taught:
    return learn(school.rows[which], school.found.truth[which], school.found.asked.people[which])


def _loss_before(school: School) -> float | None:
    """The log loss of the model in force on the examples for measuring; None when there is none."""
    if school.before is None:
        return None
    old, check = school.before, np.flatnonzero(school.parts.check)
    facts = school.facts.among(check)
    if old.shape.topics != school.shape.topics:
        facts = facts_then(facts.asked, old.shape)
    said = old.learned.logit(old.shape.encode(facts.words, facts.numbers))
    return loss(expit(said), school.found.truth[check])


def _card(school: School, said: Whole, best: Learned, ways: Forecast, seconds: float) -> Card:
    """said: what the challenger said, as logits, of the examples for measuring."""
    found, parts = school.found, school.parts
    quality, calibration, lift = measured(expit(said), found.truth[parts.check])
    return Card(
        rows=len(found.truth), people=len(np.unique(found.asked.people)), with_outcome=found.people_with,
        since=_day(int(found.asked.at[0])), until=_day(int(found.asked.at[-1])),
        edge=_day(parts.edge) if parts.edge else "", days=ways.days, quality=quality, calibration=calibration,
        lift=lift, weights=weights(best, school.rows, school.shape), spread={}, seconds=round(seconds, 1),
    )  # fmt: skip


def _keep(outcome: str, school: School, best: Learned, card: Card, losses: tuple[float, float | None]) -> str:
    loss, before = losses
    verdict = "first" if before is None else "better" if loss < before else "worse"
    last = Forecaster.objects.filter(outcome=outcome).order_by("-version").first()
    row = Forecaster(
        outcome=outcome, version=last.version + 1 if last else 1, in_force=verdict != "worse", verdict=verdict,
        loss=loss, loss_before=before, days=card.days, revision=revision(), trained_at=now(),
        shape=msgspec.to_builtins(school.shape), card=msgspec.to_builtins(card),
        learned_until=datetime.fromtimestamp(int(school.found.asked.at[-1]) / 1e6, UTC),
    )  # fmt: skip
    row.digest = keep(outcome, row.version, best, school.shape)
    with writing():
        old = Forecaster.objects.filter(outcome=outcome, in_force=True).first()
        if row.in_force:
            Forecaster.objects.filter(outcome=outcome, in_force=True).update(in_force=False, verdict="replaced")
        row.save()
        auc = round(card.quality.auc, 4)
        append(ModelTrained(topic=outcome, version=row.version, examples=card.rows, auc=auc, in_force=row.in_force))
        if row.in_force and old is not None:
            append(ModelReplaced(topic=outcome, version=row.version, before=old.version))
        if row.in_force:
            ask_for(outcome, "score")
    return verdict


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1e6, UTC).date().isoformat()

"""Enter what a model said: the row, the column on the person, and a fact when it matters to somebody."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec

from reif.crm.set_chance import CHANCES, set_chances
from reif.log.append import append
from reif.log.catalogue.qualification import PredictionMade
from reif.playbook.current import book
from reif.qualify.predict.records import Forecaster, Prediction

FAR = 10  # percent points that are told to everybody
SECTIONS = ("scoring", "stages", "segments", "journeys", "routing", "slas")


def enter(model: Forecaster, said: dict[int, float | None], at: datetime, because: dict[int, int]) -> None:
    """What was set by hand stays what counts. At most three statements for 2,000 people."""
    outcome = model.outcome
    before = {p.person_id: p for p in Prediction.objects.filter(outcome=outcome, person__in=list(said))}
    rows, percents, facts = [], {}, []
    for person, chance in said.items():
        old = before.get(person)
        hand = old.by_hand if old else None
        counts = hand if hand is not None else chance
        if old is None or (old.chance, old.version) != (chance, model.version):
            rows.append(
                Prediction(
                    person_id=person, outcome=outcome, chance=chance, counts=counts, at=at, version=model.version
                )
            )
        now_, then = percent(counts), percent(old.counts) if old else None
        if now_ != then or old is None:
            percents[person] = now_
        if told(outcome, then, now_):
            facts.append(PredictionMade(
                person=person, topic=outcome, percent=now_, before=then, version=model.version, cause=because.get(person)))  # fmt: skip
    _store(rows)
    set_chances(outcome, percents)
    append(*facts)


def percent(chance: float | None) -> int | None:
    """Whole percent, as people and rules read it."""
    return None if chance is None else round(100 * chance)


def told(outcome: str, before: int | None, after: int | None) -> bool:
    """Whether a change is a fact: it is large, it comes or goes, or the playbook asks about a number in between."""
    if before == after:
        return False
    if before is None or after is None:
        return after is None or after >= FAR
    low, high = sorted((before, after))
    return high - low >= FAR or any(low <= limit <= high for limit in _limits(book().hash, CHANCES[outcome]))


@lru_cache(maxsize=8)
def _limits(_hash: str, field: str) -> frozenset[float]:
    """The numbers with which ways of working compare this chance."""
    found: set[float] = set()
    for name in SECTIONS:
        _collect(msgspec.to_builtins(book().section(name)), field, found)
    return frozenset(found)


def _collect(part: Any, field: str, found: set[float]) -> None:
    if isinstance(part, dict):
        if part.get("field") == field:
            values = part.get("value")
            found.update(
                v for v in (values if isinstance(values, list | tuple) else [values]) if isinstance(v, int | float)
            )
        for inner in part.values():
            _collect(inner, field, found)
    elif isinstance(part, list | tuple):
        for inner in part:
            _collect(inner, field, found)


def _store(rows: list[Prediction]) -> None:
    if rows:
        Prediction.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["person", "outcome"],
            update_fields=["chance", "counts", "version", "at"], batch_size=2000,
        )  # fmt: skip

"""Ask the models in force about people, as they are now.

Hears what people do and what becomes known about them. Says prediction.made when a chance has moved far, or across a
number that the playbook asks about.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import numpy as np

from reif.crm.models import Person, Visitor
from reif.kit.clock import now
from reif.log.catalogue import CATALOGUE
from reif.log.catalogue.deals import DealWon
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.people import (
    CompanyChanged,
    CompanyJoined,
    ConsentGiven,
    ConsentWithdrawn,
    PersonChanged,
    PersonCreated,
    PersonStaged,
    VisitorIdentified,
)
from reif.log.event import Event
from reif.log.fact import Fact
from reif.qualify.predict.book import enter
from reif.qualify.predict.features import Facts, facts_now_for
from reif.qualify.predict.keep import NotThere, Ready, ready
from reif.qualify.predict.records import Forecaster, Prediction
from reif.qualify.predict.shape import KINDS
from reif.qualify.predict.ways import OUTCOMES
from reif.qualify.scoring.fit import tells_something, whom

FRESH = 1.0  # seconds that "which models are in force" is remembered
HAVE = {"sql": ("sql", "opportunity", "customer", "evangelist"), "won": ("customer", "evangelist")}
HEARD: tuple[type[Fact], ...] = (
    *(CATALOGUE[kind] for kind in KINDS), PersonCreated, PersonChanged, PersonImported, PersonStaged, CompanyChanged,
    CompanyJoined, ConsentGiven, ConsentWithdrawn, DealWon, VisitorIdentified,
)  # fmt: skip
"""Every event after which a chance may be another."""
_known: list[Ready] = []
_looked = float("-inf")


def foresee(events: list[Event[Any]]) -> None:
    """Afterwards these people's chances are those of who they are and what they have done until now."""
    if in_force():
        because = _whom([e for e in events if tells_something(e)])
        ask(because, {person: event.id for person, event in because.items()})


def _whom(events: list[Event[Any]]) -> dict[int, Event[Any]]:
    """The people these events are about, each with the last of them; of a browser, its person when that is known."""
    visitors = {e.visitor: e for e in events if e.visitor and not e.person}
    owners = Visitor.objects.filter(id__in=visitors, person__isnull=False).values_list("id", "person_id")
    theirs = {person: visitors[visitor] for visitor, person in owners if person} if visitors else {}
    return theirs | whom([e for e in events if e.person or e.company])


def ask(people: Iterable[int], because: dict[int, int] | None = None) -> None:
    """Ask every model about these people and enter the answers. Call inside `writing()`."""
    wanted, moment, models = list(people), now(), in_force()
    if not wanted or not models:
        return
    facts = facts_now_for(wanted, moment, [model.shape for model in models])
    for model, told in zip(models, facts, strict=True):
        enter(model.row, chances(model, told), moment, because or {})


def chances(model: Ready, facts: Facts) -> dict[int, float | None]:
    """By person, between 0 and 1; None for those who have the outcome already."""
    said = model.learned.chance(model.shape.encode(facts.words, facts.numbers))
    have = set(HAVE[model.row.outcome])
    done = np.array([stage in have for stage in facts.words["stage"]], dtype=bool)
    rows = zip(facts.asked.people.tolist(), said.tolist(), done.tolist(), strict=True)
    return {person: None if over else chance for person, chance, over in rows}


def in_force() -> list[Ready]:
    """The models that are asked; none before there are enough outcomes. Remembered for a second."""
    global _known, _looked
    if time.monotonic() - _looked >= FRESH:
        found = []
        for row in Forecaster.objects.filter(in_force=True, outcome__in=OUTCOMES).order_by("outcome"):
            try:
                found.append(ready(row))
            except NotThere:
                continue
        _known, _looked = found, time.monotonic()
    return _known


def look_again() -> None:
    """Ask the database next time; after a model was replaced, and between tests."""
    global _looked
    _looked = float("-inf")


def forget(events: list[Event[Any]]) -> None:
    """Hears person.erased: nothing is foreseen of them any more."""
    gone = [e.person for e in events if e.person]
    Prediction.objects.filter(person__in=gone).delete()
    Person.objects.filter(id__in=gone).update(chance_sql=None, chance_won=None)

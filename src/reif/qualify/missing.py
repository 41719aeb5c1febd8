"""What keeps somebody from the next stage, in words: the closest thing first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from reif.crm.models import STAGES, Person
from reif.kit.clock import now
from reif.qualify.promote import definitions, resting
from reif.qualify.ways import Definition, words_of
from reif.rules.explain import explain, ways
from reif.rules.fields import SCORES
from reif.rules.predicates import Is, leaves
from reif.rules.record import records


class Missing(NamedTuple):
    """The next stage that is given by definition, in words, and what is lacking for it on the shortest way.

    rests_until: sent back by sales, and not given the stage again before that moment, whatever is lacking or not.
    ways: the shortest and others, where there are several, each with all that it lacks.
    models: whose scores or grades it asks for; empty is the main one.
    """

    stage: str
    words: str
    lacks: tuple[str, ...]
    rests_until: datetime | None = None
    ways: tuple[tuple[str, ...], ...] = ()
    models: frozenset[str] = frozenset()


def missing(person: Person, language: str) -> Missing | None:
    """None when the person stands at or above every stage that a definition gives. At most five queries."""
    rung = STAGES.index(person.stage) if person.stage in STAGES else -1
    above = [(stage, d) for stage, d in reversed(definitions()) if STAGES.index(stage) > rung]
    if not above:
        return None
    stage, definition = above[0]
    record = records([person.pk], definition.when).get(person.pk)
    if record is None:
        return None
    told = explain(definition.when, record, now(), language)
    rest = resting(definition, now()).filter(person=person).first()
    until = rest.entered_at + timedelta(days=definition.rest_days) if rest else None
    lacks = () if told.holds else told.lacks
    others = () if told.holds else ways(definition.when, record, now(), language)
    return Missing(stage, words_of(definition, language), lacks, until, others, frozenset(_models(definition)))


def _models(definition: Definition) -> Iterator[str]:
    for leaf in leaves(definition.when):
        column, _dot, model = leaf.field.partition(".") if isinstance(leaf, Is) else ("", "", "")
        if column in SCORES:
            yield model

"""What keeps somebody from the next stage, in words: the closest thing first."""

from __future__ import annotations

from typing import NamedTuple

from reif.crm.models import STAGES, Person
from reif.kit.clock import now
from reif.qualify.promote import definitions
from reif.rules.explain import explain
from reif.rules.record import records


class Missing(NamedTuple):
    """The next stage that is given by definition, and what is lacking; nothing is lacking while somebody rests."""

    stage: str
    lacks: tuple[str, ...]


def missing(person: Person, language: str) -> Missing | None:
    """None when the person stands at or above every stage that a definition gives. At most four queries."""
    rung = STAGES.index(person.stage) if person.stage in STAGES else -1
    above = [(stage, d) for stage, d in reversed(definitions()) if STAGES.index(stage) > rung]
    if not above:
        return None
    stage, definition = above[0]
    record = records([person.pk], definition.when).get(person.pk)
    if record is None:
        return None
    told = explain(definition.when, record, now(), language)
    return Missing(stage, () if told.holds else told.lacks)

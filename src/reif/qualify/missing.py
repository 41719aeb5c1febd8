"""What keeps somebody from the next stage, in words: the closest thing first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from reif.crm.models import STAGES, Person
from reif.kit.clock import now
from reif.qualify.promote import definitions, resting
from reif.qualify.ways import words_of
from reif.rules.explain import explain
from reif.rules.record import records


class Missing(NamedTuple):
    """The next stage that is given by definition, in words, and what is lacking for it.

    rests_until: sent back by sales, and not given the stage again before that moment, whatever is lacking or not.
    """

    stage: str
    words: str
    lacks: tuple[str, ...]
    rests_until: datetime | None = None


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
    return Missing(stage, words_of(definition, language), () if told.holds else told.lacks, until)

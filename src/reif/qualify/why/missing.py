"""What keeps somebody from the next stage, in words: the closest thing first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from reif.crm.models import STAGES, Person
from reif.kit.clock import now
from reif.qualify.scoring.in_force import ways
from reif.qualify.stages.promote import definitions, resting
from reif.qualify.ways import words_of
from reif.qualify.why.next_deeds import next_deeds
from reif.rules.explain import explain
from reif.rules.explain import ways as ways_to
from reif.rules.fields import SCORES
from reif.rules.predicates import All, AnyOf, Is, Not, Predicate, leaves
from reif.rules.record import records
from reif.rules.values import keys


class Missing(NamedTuple):
    """The next stage that is given by definition, in words, and what is lacking for it on the shortest way.

    rests_until: sent back by sales, and not given the stage again before that moment, whatever is lacking or not.
    ways: the shortest and others, where there are several, each with all that it lacks.
    models: whose scores or grades it asks for; empty is the main one. deeds: what would bring the points.
    """

    stage: str
    words: str
    lacks: tuple[str, ...]
    rests_until: datetime | None = None
    ways: tuple[tuple[str, ...], ...] = ()
    models: frozenset[str] = frozenset()
    deeds: tuple[str, ...] = ()


def missing(person: Person, language: str) -> Missing | None:
    """None when the person stands at or above every stage that a definition gives. A segment that is asked for is what
    makes it; scores of any model are told with the deeds that would bring them."""
    rung = STAGES.index(person.stage) if person.stage in STAGES else -1
    above = [(stage, d) for stage, d in reversed(definitions()) if STAGES.index(stage) > rung]
    if not above:
        return None
    stage, definition = above[0]
    when = spelled_out(definition.when)
    record = records([person.pk], when).get(person.pk)
    if record is None:
        return None
    told = explain(when, record, now(), language)
    rest = resting(definition, now()).filter(person=person).first()
    until = rest.entered_at + timedelta(days=definition.rest_days) if rest else None
    lacks = () if told.holds else told.lacks
    others = () if told.holds else ways_to(when, record, now(), language)
    deeds = next_deeds(person, told.open, language)
    return Missing(stage, words_of(definition, language), lacks, until, others, frozenset(_models(when)), deeds)


def _models(when: Predicate) -> Iterator[str]:
    for leaf in leaves(when):
        column, _dot, model = leaf.field.partition(".") if isinstance(leaf, Is) else ("", "", "")
        if column in SCORES:
            yield model


def spelled_out(when: Predicate, within: frozenset[str] = frozenset()) -> Predicate:
    """Segments that a condition asks for, as what makes somebody one of them; fixed ones stay."""
    match when:
        case All(of):
            return All(tuple(spelled_out(part, within) for part in of))
        case AnyOf(of):
            return AnyOf(tuple(spelled_out(part, within) for part in of))
        case Not(part):
            return Not(spelled_out(part, within))
        case Is("segment", "is" | "one of"):
            known = {s.key: s.when for s in ways().section("segments").segments}
            made = [(key, known.get(key)) for key in keys(when) if key not in within]
            if made and all(inner is not None for _key, inner in made):
                return AnyOf(tuple(spelled_out(inner, within | {key}) for key, inner in made if inner is not None))
    return when

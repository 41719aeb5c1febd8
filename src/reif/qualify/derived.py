"""What the system finds out about people by itself, and which conditions ask for it: personas, ratings, chances.

A change of these is news to a rule only when the rule asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from reif.log.catalogue.qualification import (
    DataRated,
    PersonaAssigned,
    PredictionMade,
    PredictionReleased,
    PredictionSet,
)
from reif.log.fact import Fact, kind_of
from reif.rules.predicates import Did, Predicate, leaves

RATED = frozenset({"completeness", "quality", "flaw", "told_at"})
CHANCES = frozenset({"chance_sql", "chance_won"})
DERIVED: dict[type[Fact], frozenset[str]] = {
    PersonaAssigned: frozenset({"persona"}),
    DataRated: RATED,
    **dict.fromkeys((PredictionMade, PredictionSet, PredictionReleased), CHANCES),
}
BY_KIND = {kind_of(fact): fields for fact, fields in DERIVED.items()}
KINDS = frozenset(BY_KIND)


def fields_asked(predicates: Iterable[Predicate]) -> frozenset[str]:
    """The fields that these ask for."""
    return frozenset(leaf.field for p in predicates for leaf in leaves(p) if not isinstance(leaf, Did))


def is_news(kind: str, asked: frozenset[str]) -> bool:
    """Whether an event of this kind can change what somebody reads who asks for these fields."""
    return kind not in BY_KIND or bool(BY_KIND[kind] & asked)

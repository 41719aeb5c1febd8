"""For whom a definition may have become true or false through these events; all others need not be asked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from reif.crm.models import Person, Visitor
from reif.kit.clock import now
from reif.log.among import among
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft
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
from reif.log.catalogue.qualification import CompanyScored, PersonScored
from reif.log.catalogue.routing import PersonAssigned, PersonUnassigned
from reif.log.event import Event
from reif.log.fact import Fact, kind_of
from reif.playbook.current import current
from reif.qualify.derived import DERIVED
from reif.qualify.scoring.behaviour import BEHAVIOUR
from reif.qualify.scoring.fit import tells_something, whom
from reif.qualify.segments.order import asked as segments_asked
from reif.rules.fields import SCORES
from reif.rules.memory import reader
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate, leaves
from reif.rules.record import Key, Record, belongs

ALWAYS = (PersonCreated, PersonChanged, PersonImported, CompanyJoined, CompanyChanged, VisitorIdentified)
_ONLY_FOR: dict[type[Fact], frozenset[str]] = {
    PersonScored: frozenset(SCORES),
    CompanyScored: frozenset({"company.score"}),
    **DERIVED,
    SegmentEntered: frozenset({"segment"}),
    SegmentLeft: frozenset({"segment"}),
    PersonStaged: frozenset({"stage", "stage_at"}),
    ConsentGiven: frozenset({"consent"}),
    ConsentWithdrawn: frozenset({"consent"}),
    PersonAssigned: frozenset({"owner", "has_owner"}),
    PersonUnassigned: frozenset({"owner", "has_owner"}),
}
CHANGES: tuple[type[Fact], ...] = tuple(dict.fromkeys((*ALWAYS, *_ONLY_FOR, *BEHAVIOUR)))
"""Every event after which a definition may read differently."""


SCORED = kind_of(PersonScored)


class Concern:
    """What a definition asks about."""

    def __init__(self, *predicates: Predicate) -> None:
        parts = [leaf for p in predicates for leaf in leaves(p)]
        asked = {leaf.field for leaf in parts if not isinstance(leaf, Did)}
        fields = asked | {column for name in asked if (column := name.partition(".")[0]) in SCORES}
        self._kinds = {kind_of(k) for k in ALWAYS} | {kind_of(k) for k, f in _ONLY_FOR.items() if f & fields}
        asks_score = [leaf for leaf in parts if not isinstance(leaf, Did) and leaf.field == "score"]
        self._readers = [reader(leaf) for leaf in asks_score]
        self._reads: dict[int, tuple[bool, ...]] = {}
        self._main = current("scoring").main.key
        self._only_score = not {name for name in asked if name.partition(".")[0] in SCORES} - {"score"}
        self._segments = {key for p in predicates for key in segments_asked(p)}
        self._did: dict[str, list[Key]] = {}
        for leaf in parts:
            if isinstance(leaf, Did):
                self._did.setdefault(leaf.kind, []).append((leaf.kind, leaf.topic))

    @property
    def kinds(self) -> set[str]:
        """Of all events that it may want."""
        return self._kinds | self._did.keys()

    def touched(self, events: Sequence[Event[Any]]) -> dict[int, Event[Any]]:
        """The people these events concern, each with the last event that does."""
        told = [e for e in events if self.wants(e)]
        return whom([e for e in told if e.person or e.company]) | _visitors(e for e in told if not e.person)

    def wants(self, event: Event[Any]) -> bool:
        """Whether it may change how the definition reads, for whomever it is about."""
        return (event.kind in self._kinds and self._tells(event)) or self._asked(event)

    def crossed(self, event: Event[Any]) -> bool:
        """False when a new score leaves every condition on the score as it was, so that nothing can have changed."""
        if event.kind != SCORED or not self._only_score:
            return True
        score = event.fact.score
        return event.topic == self._main and self._read(score) != self._read(score - event.fact.delta)

    def _read(self, score: int) -> tuple[bool, ...]:
        """How the conditions on the score read; it has no time in it."""
        if (found := self._reads.get(score)) is None:
            record, moment = Record(0, {"score": score}, {}, {}), now()
            found = self._reads[score] = tuple(holds(record, moment) for holds in self._readers)
        return found

    def _tells(self, event: Event[Any]) -> bool:
        """False for a segment that is not asked for, and for a row of a file that brought nothing new."""
        return tells_something(event, self._segments)

    def _asked(self, event: Event[Any]) -> bool:
        asked = self._did.get(event.kind)
        return asked is not None and any(belongs(key, event.kind, event.topic) for key in asked)


def reached(events: Iterable[Event[Any]]) -> dict[int, set[int]]:
    """By event, the people it is about: its own, all of its company, the one behind its visitor. Two queries at most."""
    events = list(events)
    found = {e.id: {e.person} if e.person else set[int]() for e in events}
    firms: dict[int, list[int]] = defaultdict(list)
    visitors: dict[int, list[int]] = defaultdict(list)
    for e in events:
        if not e.person and e.company:
            firms[e.company].append(e.id)
        if not e.person and e.visitor:
            visitors[e.visitor].append(e.id)
    if firms:
        for person, firm in Person.objects.filter(among("company", firms)).values_list("id", "company_id"):
            _add(found, firms[firm or 0], person)
    if visitors:
        owned = Visitor.objects.filter(among("id", visitors), person__isnull=False).values_list("id", "person_id")
        for visitor, owner in owned:
            _add(found, visitors[visitor], owner or 0)
    return found


def _add(found: dict[int, set[int]], events: Iterable[int], person: int) -> None:
    for event in events:
        found[event].add(person)


def _visitors(events: Iterable[Event[Any]]) -> dict[int, Event[Any]]:
    """Events of visitors whose person is known by now."""
    by_visitor = {e.visitor: e for e in events if e.visitor}
    if not by_visitor:
        return {}
    owners = Visitor.objects.filter(id__in=by_visitor, person__isnull=False).values_list("id", "person_id")
    return {person: by_visitor[visitor] for visitor, person in owners if person}


def least_score(predicate: Predicate) -> float:
    """A score below this cannot satisfy the predicate; minus infinity when it does not say."""
    match predicate:
        case All(of):
            return max((least_score(part) for part in of), default=float("-inf"))
        case AnyOf(of):
            return min((least_score(part) for part in of), default=float("-inf"))
        case Is("score", ">=" | ">" | "is", int() | float() as least):
            return least
    return float("-inf")


def only_falls(predicate: Predicate) -> bool:
    """Whether it can only become false while nothing happens: scores fade, and spans of days end."""
    match predicate:
        case All(of) | AnyOf(of):
            return all(map(only_falls, of))
        case Not(part):
            return not any(_in_time(leaf) for leaf in leaves(part))
        case Is(name, op) if name.partition(".")[0] in SCORES:
            return op in (">=", ">")
    return True


def _in_time(leaf: Is | Did) -> bool:
    return leaf.within_days is not None if isinstance(leaf, Did) else leaf.field.partition(".")[0] in SCORES


def rose(event: Event[Any]) -> bool:
    """Whether a person.scored says that somebody stands higher than before, and not that points have faded."""
    told = event.fact
    better = not told.was_grade or any(now < was for now, was in zip(told.grade, told.was_grade, strict=False))
    return told.delta > 0 or (bool(told.grade) and better)

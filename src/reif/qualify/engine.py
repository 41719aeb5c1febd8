"""A scoring model made ready: which rules hear which kind, who may earn, and what the caps leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

from reif.log.event import Event
from reif.playbook.current import current, revision
from reif.qualify.behaviour import KINDS
from reif.qualify.caps import Caps
from reif.qualify.deeds import IDENTIFIED
from reif.qualify.ledger import Row
from reif.qualify.models import Axis
from reif.qualify.ways import Model, Rule
from reif.rules.memory import Reader, reader
from reif.rules.record import Record, records

Matches = Callable[[str], bool]


class Listening(NamedTuple):
    """A rule with its tests compiled."""

    rule: Rule
    matches: Matches
    reader: Reader | None


class Engine:
    """Scoring of one model, in one revision. `fit` readers say what a person is worth without doing anything."""

    def __init__(self, model: Model, revision: int) -> None:
        self.model, self.revision = model, revision
        self.by_kind: dict[str, list[Listening]] = defaultdict(list)
        for rule in model.rules:
            ready = Listening(rule, _matcher(rule.topics), reader(rule.when) if rule.when else None)
            for kind in rule.kinds:
                self.by_kind[kind].append(ready)
        self.fit = [(rule, reader(rule.when)) for rule in model.fit]
        self.kinds = KINDS & frozenset(self.by_kind)

    def earned(self, deeds: Iterable[Event[Any]]) -> list[Row]:
        """The rows that these deeds earn, in order, after conditions and caps."""
        found = [(deed, ready) for deed in deeds for ready in self.by_kind[deed.kind] if ready.matches(deed.topic)]
        found = self._allowed(found)
        days = {deed.at: local_day(deed.at) for deed, _ready in found}
        caps = Caps(self.model, [(d.person or 0, r.rule, days[d.at]) for d, r in found])
        rows = []
        for deed, ready in found:
            points, note = caps.grant(deed.person or 0, ready.rule, days[deed.at])
            if points:
                rows.append(self._row(deed, ready.rule, points, days[deed.at], note))
        return rows

    def worth(self, record: Record, at: datetime) -> dict[str, int]:
        """Points by fit rule for who this person is."""
        return {rule.key: rule.points for rule, holds in self.fit if holds(record, at)}

    def _allowed(self, found: list[tuple[Event[Any], Listening]]) -> list[tuple[Event[Any], Listening]]:
        asked = {ready.rule.key: ready.rule.when for _deed, ready in found if ready.rule.when}
        if not asked:
            return found
        people = records((d.person for d, r in found if r.reader and d.person), *asked.values())
        return [
            (d, r) for d, r in found if r.reader is None or (d.person in people and r.reader(people[d.person], d.at))
        ]

    def _row(self, deed: Event[Any], rule: Rule, points: int, day: date, note: str) -> Row:
        return Row(
            deed.person or 0, self.model.key, rule.key, rule.axis, deed.id, points, deed.at, day, self.revision, note
        )

    def fit_row(self, person: int, rule: str, points: int, event: int, at: datetime) -> Row:
        """A row of a fit rule, because of what `event` made known."""
        day = local_day(at)
        return Row(person, self.model.key, rule, Axis.FIT, event, points, at, day, self.revision)


_ready: Engine | None = None


def engine() -> Engine:
    """The engine of the scoring in force, compiled once for each revision."""
    global _ready
    model = current("scoring").main
    if _ready is None or _ready.model is not model:
        _ready = Engine(model, revision())
    return _ready


def local_day(at: datetime) -> date:
    """The day of a moment at the company's place."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def _matcher(topics: Sequence[str]) -> Matches:
    """Exact topics and beginnings with a star; no topic, or an empty one, means any."""
    exact = frozenset(t for t in topics if not t.endswith("*"))
    begins = tuple(t[:-1] for t in topics if t.endswith("*"))
    if not topics or "" in exact:
        return lambda topic: True
    if not begins:
        return exact.__contains__
    return lambda topic: topic in exact or topic.startswith(begins)


__all__ = ["IDENTIFIED", "Engine", "engine", "local_day"]

"""A scoring model made ready: which rules hear which kind, who may earn, and how points fade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from reif.qualify.derived import fields_asked
from reif.qualify.models import Axis
from reif.qualify.scoring.as_of import holding
from reif.qualify.scoring.behaviour import KINDS
from reif.qualify.scoring.deeds import Deed
from reif.qualify.scoring.ledger import Row
from reif.qualify.scoring.limits import Limits
from reif.qualify.scoring.worth import Fading, fading_of
from reif.qualify.segments.order import asked
from reif.qualify.ways import Exclude, Fit, Model, Rule
from reif.rules.memory import reader
from reif.rules.predicates import Predicate
from reif.rules.record import Record

Matches = Callable[[str], bool]


class Listening(NamedTuple):
    """A rule with its test of topics compiled."""

    rule: Rule
    matches: Matches


class Engine:
    """Scoring of one model, in one revision."""

    def __init__(self, model: Model, revision: int) -> None:
        self.model, self.revision = model, revision
        self.by_kind: dict[str, list[Listening]] = defaultdict(list)
        for rule in model.rules:
            for kind in rule.kinds:
                self.by_kind[kind].append(Listening(rule, _matcher(rule.topics)))
        self.kinds = KINDS & frozenset(self.by_kind)
        self.fit = [(rule, reader(rule.when)) for rule in model.fit]
        self.excludes = [(one.key, reader(one.when)) for one in model.exclude]
        parts: list[Rule | Fit] = [*model.rules, *model.fit]
        self.fading: dict[str, Fading] = {part.key: fading_of(part) for part in parts}
        self.groups: dict[str, str] = {part.key: part.group for part in parts if part.group}
        self.axes: dict[str, str] = {r.key: r.axis for r in model.rules} | {f.key: Axis.FIT.value for f in model.fit}
        self.group_axes = {group: self.axes[part] for part, group in self.groups.items()}
        self.caps: dict[str, int] = {
            group.key: group.cap * 100 for group in model.groups if group.key in self.group_axes
        }
        self.fade_after = max((f.life or 0 for f in self.fading.values()), default=0)
        known: list[Fit | Exclude] = [*model.fit, *model.exclude]
        self.profile: tuple[Predicate, ...] = tuple(one.when for one in known)
        self.segments = frozenset(key for when in self.profile for key in asked(when))
        self.asked = fields_asked(self.profile)

    def earned(self, deeds: Iterable[Deed], build: int) -> list[Row]:
        """The rows that these deeds earn, in order, after conditions and limits."""
        deeds = list(deeds)
        told = {key: self._told(*key) for key in {(d.kind, d.topic) for d in deeds}}
        found = [(d, rule) for d in deeds for rule in told[d.kind, d.topic]]
        if any(rule.when for _deed, rule in found):
            found = holding(found)
        days = {deed.at: local_day(deed.at) for deed, _rule in found}
        limits = Limits(self.model, build, [(d.person, rule, days[d.at]) for d, rule in found])
        return [
            self.row(deed, rule, days[deed.at], build)
            for deed, rule in found
            if limits.allow(deed.person, rule, days[deed.at])
        ]

    def _told(self, kind: str, topic: str) -> list[Rule]:
        return [one.rule for one in self.by_kind.get(kind, ()) if one.matches(topic)]

    def worth(self, record: Record, at: datetime) -> dict[str, int]:
        """Points by fit rule for who this person is."""
        return {rule.key: rule.points for rule, holds in self.fit if holds(record, at)}

    def left_out(self, record: Record, at: datetime) -> str:
        """The rule that leaves this person out of the score; empty when none does."""
        return next((key for key, holds in self.excludes if holds(record, at)), "")

    def row(self, deed: Deed, rule: Rule, day: date, build: int) -> Row:
        """A row of a rule of behaviour."""
        return Row(
            deed.person, self.model.key, rule.key, rule.axis, deed.id, rule.points, deed.at, day, self.revision, build
        )

    def fit_row(self, person: int, rule: str, points: int, event: int, at: datetime, build: int) -> Row:
        """A row of a fit rule, because of what `event` made known."""
        return Row(person, self.model.key, rule, Axis.FIT, event, points, at, local_day(at), self.revision, build)


def local_day(at: datetime) -> date:
    """The day of a moment at the company's place."""
    return at.astimezone(timezone.get_default_timezone()).date()


def _matcher(topics: Sequence[str]) -> Matches:
    """Exact topics and beginnings with a star; no topic, or an empty one, means any."""
    exact = frozenset(t for t in topics if not t.endswith("*"))
    begins = tuple(t[:-1] for t in topics if t.endswith("*"))
    if not topics or "" in exact:
        return lambda topic: True
    if not begins:
        return exact.__contains__
    return lambda topic: topic in exact or topic.startswith(begins)

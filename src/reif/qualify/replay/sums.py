"""Everybody's sums at a moment, in cents: rows at their age, under the ceilings of their groups, and the profile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from reif.qualify.replay.matching import fill
from reif.qualify.replay.rows import rows, span
from reif.qualify.replay.worth import worth
from reif.qualify.ways import Model
from reif.rules.columns import condition, literal
from reif.rules.did_columns import happened
from reif.rules.export import people
from reif.rules.predicates import Predicate

if TYPE_CHECKING:
    import duckdb

DAY = 86_400_000_000  # microseconds


class Sum(NamedTuple):
    """One person: fit and engagement after ceilings, what these took away (cap), and the place of the reason for exclusion."""

    person: int
    fit: int
    engagement: int
    cap: int
    excluded: int | None

    @property
    def score(self) -> int:
        """Cents; an excluded person has none."""
        return 0 if self.excluded is not None else self.fit + self.engagement


def sums(lake: duckdb.DuckDBPyConnection, model: Model, moment: datetime) -> list[Sum]:
    """For everybody who is not erased."""
    people(lake, predicates(model))
    return [Sum(*row) for row in lake.execute(sums_sql(lake, model, moment)).fetchall()]


def predicates(model: Model) -> Iterator[Predicate]:
    """All conditions of a model."""
    yield from (rule.when for rule in model.rules if rule.when is not None)
    yield from (one.when for one in model.fit)
    yield from (one.when for one in model.exclude)


def sums_sql(lake: duckdb.DuckDBPyConnection, model: Model, moment: datetime) -> str:
    """SQL of person, fit, engagement, cap, excluded. Makes the small tables that it needs; `people` must be there."""
    at = literal(moment)
    slots = Slots(model)
    first, _last = span(lake)
    oldest = max(0, (moment.astimezone(UTC) - first) // timedelta(days=1))
    _worths(lake, model, oldest, slots)
    earned = f"""SELECT r.person, {slots.sums("w.cents", "w.slot")} FROM ({rows(lake, model.rules)}) r
  JOIN worths w ON w.key = r.rule * {oldest + 1} + (epoch_us({at}) - epoch_us(r."at")) // {DAY}
  WHERE r."at" <= {at} AND r.known_at <= {at} GROUP BY r.person"""
    profile = slots.profile(at)
    return f"""SELECT p.id AS person, {slots.total("fit")}::BIGINT AS fit, {slots.total("engagement")}::BIGINT AS engagement,
  {slots.cut()}::BIGINT AS cap, {_excluded(model, at)} AS excluded
FROM (SELECT p.*{profile} FROM people p) p LEFT JOIN ({earned}) e ON e.person = p.id"""


class Slots:
    """Where cents are added up: one sum for each axis, and one for what each group's rows above zero give."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.groups = {g.key: n for n, g in enumerate(model.groups)}
        self.axis = {r.group: r.axis for r in model.rules if r.group} | {f.group: "fit" for f in model.fit if f.group}

    def of(self, group: str, axis: str, points: int) -> str:
        """The name of the sum that a row of these adds to."""
        return f"g{self.groups[group]}" if group in self.groups and points > 0 else axis

    def names(self) -> list[str]:
        return ["fit", "engagement", *(f"g{n}" for n in self.groups.values())]

    def sums(self, cents: str, slot: str) -> str:
        """Numbered slots, so that the sums of a line are one comparison each."""
        return ", ".join(
            f"sum(CASE WHEN {slot} = {n} THEN {cents} ELSE 0 END) AS {name}" for n, name in enumerate(self.names())
        )

    def profile(self, now: str) -> str:
        """What each fit rule gives somebody now, added up by slot."""
        given: dict[str, list[str]] = {name: [] for name in self.names()}
        for one in self.model.fit:
            holds = condition(one.when, now, lambda leaf: happened(leaf, now))
            given[self.of(one.group, "fit", one.points)].append(f"CASE WHEN {holds} THEN {one.points * 100} ELSE 0 END")
        return "".join(f", {' + '.join(parts) or '0'} AS f_{name}" for name, parts in given.items())

    def total(self, axis: str) -> str:
        """SQL of an axis: what is in no group, and of each group no more than its ceiling."""
        mine = [(n, g.cap) for g in self.model.groups if self.axis.get(g.key) == axis for n in [self.groups[g.key]]]
        capped = "".join(f" + least({self._in(f'g{n}')}, {cap * 100})" for n, cap in mine)
        return f"({self._in(axis)}{capped})"

    def cut(self) -> str:
        """SQL of what the ceilings took away."""
        over = [f"greatest({self._in(f'g{self.groups[g.key]}')} - {g.cap * 100}, 0)" for g in self.model.groups]
        return f"({' + '.join(over) or '0'})"

    @staticmethod
    def _in(name: str) -> str:
        return f"(COALESCE(e.{name}, 0) + p.f_{name})"


def _worths(lake: duckdb.DuckDBPyConnection, model: Model, oldest: int, slots: Slots) -> None:
    lake.execute("CREATE OR REPLACE TEMP TABLE worths (key INTEGER, slot TINYINT, cents BIGINT)")
    names, lines = slots.names(), []
    for n, rule in enumerate(model.rules):
        slot = names.index(slots.of(rule.group, rule.axis, rule.points))
        left = worth(rule, oldest).tolist()
        lines += [(n * (oldest + 1) + age, slot, cents) for age, cents in enumerate(left) if cents]
    fill(lake, "worths", lines)


def _excluded(model: Model, now: str) -> str:
    cases = " ".join(
        f"WHEN {condition(one.when, now, lambda leaf: happened(leaf, now))} THEN {n}"
        for n, one in enumerate(model.exclude)
    )
    return f"CASE {cases} END" if cases else "NULL::INTEGER"

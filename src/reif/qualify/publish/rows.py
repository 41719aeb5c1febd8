"""The rows of the ledger that some people's history earns under a model, and those of who they are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reif.qualify.publish.pour import day, moment
from reif.qualify.replay.local_days import local
from reif.qualify.replay.rows import rows, span
from reif.qualify.scoring.engine import Engine
from reif.qualify.ways import Model, Rule
from reif.rules.columns import condition, literal
from reif.rules.predicates import Did, leaves

if TYPE_CHECKING:
    import duckdb

COLUMNS = "person_id, model, rule, axis, event_id, points, given_at, day, revision, build"


def asks_before(rule: Rule) -> bool:
    """Whether its condition asks what somebody had done by then, which is told event by event."""
    return rule.when is not None and any(isinstance(leaf, Did) for leaf in leaves(rule.when))


def earn(lake: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Makes `earned` of person, rule (its place in the model), event and at: all rules but those that ask before."""
    fast = [n for n, rule in enumerate(model.rules) if not asks_before(rule)]
    found = rows(lake, [model.rules[n] for n in fast])
    place = " ".join(f"WHEN {n} THEN {rule}" for n, rule in enumerate(fast))
    number = f"CASE r.rule {place} END" if fast else "r.rule"
    lake.execute(
        f'CREATE OR REPLACE TABLE earned AS SELECT r.person, {number}::INTEGER AS rule, r.event, r."at"'
        f" FROM ({found}) r SEMI JOIN people p ON p.id = r.person"
    )


def earned(lake: duckdb.DuckDBPyConnection, engine: Engine) -> str:
    """SQL of the ledger's rows of `earned`, without their build."""
    rules = engine.model.rules
    columns = [_case("rule", [literal(value) for value in values]) for values in (
        [r.key for r in rules], [r.axis for r in rules])]  # fmt: skip
    points = _case("rule", [str(r.points) for r in rules])
    here = local('"at"', *span(lake))
    return f"""SELECT person, {literal(engine.model.key)}, {columns[0]}, {columns[1]}, event,
  {points}, {moment('"at"')}, {day(here)}, {engine.revision} FROM earned"""


def profile(lake: duckdb.DuckDBPyConnection, engine: Engine) -> list[str]:
    """SQL of a row for every fit rule that holds, because of the last that became known; without their build."""
    last = lake.execute('SELECT min("at"), max("at") FROM told').fetchone()
    if last is None or last[0] is None:
        return []
    here = local('k."at"', *map(_utc, last))
    return [
        f"""SELECT p.id AS person, {literal(engine.model.key)}, {literal(fit.key)}, 'fit', k.event, {fit.points}, {moment('k."at"')},
  {day(here)}, {engine.revision} FROM people p JOIN told k ON k.person = p.id
WHERE {condition(fit.when, 'k."at"', _never)}"""
        for fit in engine.model.fit
    ]


def _case(column: str, values: list[str]) -> str:
    cases = " ".join(f"WHEN {n} THEN {value}" for n, value in enumerate(values))
    return f"CASE {column} {cases} END" if cases else "NULL"


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _never(leaf: Did) -> str:
    raise AssertionError(leaf)

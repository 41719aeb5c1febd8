"""The rows of the ledger by columns: what every deed earned, after conditions and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reif.qualify.replay.local_days import local
from reif.qualify.replay.matching import match
from reif.qualify.ways import Rule

if TYPE_CHECKING:
    import duckdb

NONE = 'SELECT 0 AS person, 0 AS rule, 0 AS event, now()::TIMESTAMP AS "at", now()::TIMESTAMP AS known_at WHERE false'
PERIODS = ("day", "week", "month")


def rows(lake: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> str:
    """SQL of person, rule (its place in the list), event, at, known_at. `people` must be there with what is asked.

    Rules are taken by what limits them, since only those that are limited need the order of deeds.
    """
    sorts: dict[tuple[bool, bool], list[int]] = {}
    for n, rule in enumerate(rules):
        sorts.setdefault((rule.per_day is not None, rule.most is not None), []).append(n)
    here = local('"at"', *span(lake)) if any(daily or counted for daily, counted in sorts) else ""
    parts = []
    for (daily, counted), chosen in sorts.items():
        found = match(lake, rules, chosen, "_".join(["few", *["day"] * daily, *["ever"] * counted]))
        if daily:
            place = f"date_trunc('day', {here})"
            found = _first(found, place, {n: rules[n].per_day for n in chosen})
        if counted:
            found = _first(found, _period(here, rules, chosen), {n: rules[n].most for n in chosen})
        parts.append(f'SELECT person, rule, id AS event, "at", known_at FROM ({found})')
    return " UNION ALL ".join(parts) or NONE


def _first(found: str, period: str, limits: Mapping[int, int | None]) -> str:
    """The first so many of a person, a rule and a period, in the order in which deeds became known."""
    cases = " ".join(f"WHEN {n} THEN {limit}" for n, limit in limits.items())
    rank = f"row_number() OVER (PARTITION BY person, rule, {period} ORDER BY known, id)"
    return f"SELECT * FROM ({found}) QUALIFY {rank} <= CASE rule {cases} END"


def _period(here: str, rules: Sequence[Rule], chosen: Sequence[int]) -> str:
    """SQL of when the period began that a deed counts in; nothing for those that are limited for ever."""
    periods = {n: rules[n].per for n in chosen if rules[n].per in PERIODS}
    if not periods:
        return "0"
    cases = " ".join(f"WHEN {n} THEN date_trunc('{period}', {here})" for n, period in periods.items())
    return f"CASE rule {cases} END"


def span(lake: duckdb.DuckDBPyConnection) -> tuple[datetime, datetime]:
    """The moments of the first and the last event; now for an empty lake."""
    first, last = lake.execute('SELECT min("at"), max("at") FROM events').fetchone() or (None, None)
    none = datetime(2000, 1, 1)
    return (first or none).replace(tzinfo=UTC), (last or none).replace(tzinfo=UTC)

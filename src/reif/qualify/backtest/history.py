"""What a back-test reads from the lake about people: who they are, since when there is history, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from reif.qualify.backtest.series import DAY, Ints, Truths
from reif.qualify.replay.rows import span
from reif.rules.columns import condition, literal
from reif.rules.predicates import Did, Predicate

if TYPE_CHECKING:
    import duckdb

ACCEPTED, WON = "assignment.accepted", "deal.won"
NEVER = DAY - 1


@dataclass(frozen=True)
class History:
    """One opened lake, prepared: `people` is there with a place for everybody, and `ended` with who was taken over when.

    ids: of the people, by place. origin: the first day; days are counted from there. accepted, won: the day on which sales
    took somebody, and on which a deal was won; NEVER when not. Deeds after the take-over do not count. known, days_of: what
    was read once for all models.
    """

    lake: duckdb.DuckDBPyConnection
    ids: Ints
    origin: datetime
    days: int
    accepted: Ints
    won: Ints
    known: dict[str, Truths] = field(default_factory=dict)
    days_of: dict[str, Ints] = field(default_factory=dict)

    def day(self, moment: datetime) -> int:
        """Days from the origin."""
        return (moment.astimezone(UTC) - self.origin) // timedelta(days=1)

    def moment(self, day: int) -> datetime:
        """Midnight of a day."""
        return self.origin + timedelta(days=day)

    def sql_day(self, column: str) -> str:
        start = literal(self.origin)
        return f"greatest(0, (epoch_us({column}) - epoch_us({start})) // 86400000000)"

    def know(self, asked: Iterable[Predicate]) -> None:
        """Whom these conditions without deeds mean, as far as is known now; read once, for `holds_now`."""
        for predicate in asked:
            if repr(predicate) not in self.known:
                holds = condition(predicate, literal(self.moment(self.days + 1)), _no_deeds)
                read = f"SELECT ({holds}) IS TRUE AS holds FROM people p JOIN places q ON q.id = p.id ORDER BY q.place"
                found = self.lake.execute(read).fetchnumpy()["holds"]
                self.known[repr(predicate)] = np.ascontiguousarray(found, dtype=bool)

    def holds_now(self, predicate: Predicate) -> Truths:
        """One truth for everybody, by place."""
        return self.known[repr(predicate)]


def history(lake: duckdb.DuckDBPyConnection, until: datetime) -> History:
    """Prepare an opened lake in which `people` is a table already; nothing after `until` is looked at."""
    first, _last = span(lake)
    origin = first.replace(hour=0, minute=0, second=0, microsecond=0)
    origin = max(origin, until - timedelta(days=DAY - 400))
    lake.execute(f"""CREATE OR REPLACE TABLE ended AS SELECT person,
  min(CASE WHEN kind = '{ACCEPTED}' THEN "at" END) AS accepted, min(CASE WHEN kind = '{WON}' THEN "at" END) AS won
FROM deeds WHERE kind IN ('{ACCEPTED}', '{WON}') GROUP BY person""")
    lake.execute(f"""CREATE OR REPLACE TABLE places AS SELECT p.id, (row_number() OVER (ORDER BY p.id) - 1)::INTEGER
  AS place, accepted, won, least(COALESCE(accepted, won), COALESCE(won, accepted), {literal(until)}) AS until
FROM people p LEFT JOIN ended e ON e.person = p.id""")
    none = np.zeros(0, dtype=np.int64)
    told = History(lake, none, origin, max(0, (until - origin) // timedelta(days=1)), none, none)
    accepted, won = (
        f"CASE WHEN {name} IS NULL THEN {NEVER} ELSE {told.sql_day(name)} END" for name in ("accepted", "won")
    )
    got = lake.execute(f"SELECT id, {accepted} AS a, {won} AS w FROM places ORDER BY place").fetchnumpy()
    ids, taken, bought = (np.ascontiguousarray(got[name], dtype=np.int64) for name in ("id", "a", "w"))
    return replace(told, ids=ids, accepted=taken, won=bought)


def _no_deeds(leaf: Did) -> str:
    raise AssertionError(leaf)

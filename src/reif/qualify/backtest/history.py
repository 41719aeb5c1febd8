"""What a back-test reads from the lake: people, what they earned by day, what they did by day, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from reif.qualify.backtest.series import DAY, Given, Ints, pack
from reif.qualify.replay.rows import rows, span
from reif.qualify.ways import Model
from reif.rules.columns import condition, literal
from reif.rules.did_columns import matches
from reif.rules.predicates import Did, Predicate

if TYPE_CHECKING:
    import duckdb

ACCEPTED, WON = "assignment.accepted", "deal.won"
NEVER = DAY - 1


@dataclass(frozen=True)
class History:
    """One opened lake, prepared: `people` is there with a place for everybody, and `ended` with who was taken over when.

    ids: of the people, by place. origin: the first day; days are counted from there. accepted, won: the day on which sales
    took somebody, and on which a deal was won; NEVER when not. Deeds after the take-over do not count.
    """

    lake: duckdb.DuckDBPyConnection
    ids: Ints
    origin: datetime
    days: int
    accepted: Ints
    won: Ints
    asked: dict[str, Ints] = field(default_factory=dict)

    def again(self) -> History:
        """The same in a connection of its own, for another thread; what was asked once is shared."""
        return replace(self, lake=self.lake.cursor())

    def day(self, moment: datetime) -> int:
        """Days from the origin."""
        return (moment.astimezone(UTC) - self.origin) // timedelta(days=1)

    def moment(self, day: int) -> datetime:
        """Midnight of a day."""
        return self.origin + timedelta(days=day)

    def sql_day(self, column: str) -> str:
        start = literal(self.origin)
        return f"greatest(0, (epoch_us({column}) - epoch_us({start})) // 86400000000)"

    def given(self, model: Model) -> Given:
        """The rows of a model, by day."""
        found = pack("p.place", self.sql_day("r.known_at"), self.sql_day('r."at"'), "r.rule")
        asked = f"""SELECT {found} AS packed FROM ({rows(self.lake, model.rules)}) r JOIN places p ON p.id = r.person
WHERE r.known_at < p.until"""
        return Given.of(self._numbers(asked))

    def did(self, leaf: Did) -> Ints:
        """person * DAY + day of every deed that a condition asks about, sorted, each as often as it was done."""
        return self._did(matches(leaf.kind, leaf.topic))

    def holds_now(self, predicate: Predicate) -> Ints:
        """1 for everybody whom a condition without deeds means, as far as is known now."""
        holds = condition(predicate, literal(self.moment(self.days + 1)), _no_deeds)
        asked = f"SELECT ({holds})::BIGINT AS packed FROM people p JOIN places q ON q.id = p.id ORDER BY q.place"
        return self._once(asked)

    def _did(self, matching: str) -> Ints:
        return self._once(
            f"SELECT p.place::BIGINT * {DAY} + {self.sql_day('d.known_at')} AS packed"
            f" FROM deeds d JOIN places p ON p.id = d.person WHERE {matching} AND d.known_at < p.until",
            in_order=True,
        )

    def _once(self, asked: str, in_order: bool = False) -> Ints:
        if asked not in self.asked:
            found = self._numbers(asked)
            if in_order:
                found.sort()
            self.asked[asked] = found
        return self.asked[asked]

    def _numbers(self, asked: str) -> Ints:
        return np.ascontiguousarray(self.lake.execute(asked).fetchnumpy()["packed"], dtype=np.int64)


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

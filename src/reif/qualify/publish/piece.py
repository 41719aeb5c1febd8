"""A piece of a build: the ledger and the places of some thousand people, from all their history up to an event.

Reckoned beside the database, where it is in nobody's way, and then poured into it in small parts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from reif.crm.models import Person
from reif.kit.clock import now
from reif.qualify.publish.part import Span, earned_by_hand, grades_so_far, opened
from reif.qualify.publish.places import COLUMNS as PLACES
from reif.qualify.publish.places import stand
from reif.qualify.publish.pour import read, write
from reif.qualify.publish.rows import COLUMNS as ROWS
from reif.qualify.publish.rows import asks_before, earn, earned, profile
from reif.qualify.publish.worths import worths
from reif.qualify.replay.sums import predicates
from reif.qualify.scoring.engine import Engine
from reif.qualify.scoring.in_force import Reckoning
from reif.qualify.scoring.score import TOLD

if TYPE_CHECKING:
    import duckdb

Poured = tuple[str, str, list[Any]]
"""A table, its columns, and pieces of rows as the database takes them."""
AT_ONCE, FEWEST, MOST = 2000, 50, 1000
"""About so many rows in one transaction, of so many people."""


class Piece:
    """What was reckoned: a schema for each model, and queries of its rows."""

    def __init__(self, lake: duckdb.DuckDBPyConnection, build: int, asked: list[list[str]]) -> None:
        self._lake, self._build, self._asked = lake, build, asked
        self._people = [int(row[0]) for row in lake.execute("SELECT id FROM people ORDER BY id").fetchall()]

    def parts(self, after: int, last: int) -> Iterator[tuple[int, int]]:
        """Everybody above `after` up to `last`, so few at a time that nobody waits for long."""
        rows = sum(self._count(n) for n in range(len(self._asked)))
        room = min(MOST, max(FEWEST, AT_ONCE * len(self._people) // max(rows, 1)))
        for end in [p for p in self._people[room - 1 :: room] if p < last] + [last]:
            yield after, end
            after = end

    def part(self, after: int, last: int, gone: Iterable[int] = ()) -> list[Poured]:
        """Everything of these people but of those who are gone, read before anybody has to wait for it."""
        whom, left = f"person > {after} AND person <= {last}", ", ".join(map(str, gone))
        whom += f" AND person NOT IN ({left})" if left else ""
        found = []
        for n, rows in enumerate(self._asked):
            _turn_to(self._lake, n)
            kinds = [*(("qualify_point", ROWS, f"({asked})") for asked in rows), ("crm_standing", PLACES, "places")]
            for table, columns, asked in kinds:
                pieces = list(read(self._lake, f"SELECT *, {self._build} FROM {asked} WHERE {whom}"))
                found.append((table, columns, pieces))
        return found

    def pour(self, after: int, last: int, part: list[Poured]) -> None:
        """A part into the database, but for those who were forgotten meanwhile. Call it `alone`, once for each."""
        there = set(Person.objects.living().filter(id__gt=after, id__lte=last).values_list("id", flat=True))
        mine = self._people[bisect_right(self._people, after) : bisect_right(self._people, last)]
        gone = [p for p in mine if p not in there]
        for table, columns, pieces in self.part(after, last, gone) if gone else part:
            write(table, columns, pieces)

    def _count(self, n: int) -> int:
        row = self._lake.execute(f"SELECT count(*) FROM {_schema(n)}.earned").fetchone()
        return int(row[0]) if row else 0


@contextmanager
def reckoned(r: Reckoning, span: Span) -> Iterator[Piece]:
    """Everything but what is told event by event; that has to be in the ledger already. Nothing is written."""
    moment, profiles = now(), any(engine.profile for engine in r.engines)
    kinds = frozenset().union(*(engine.kinds for engine in r.engines))
    predicates_ = [predicate for engine in r.engines for predicate in predicates(engine.model)]
    with opened(span, kinds, TOLD, predicates_) as lake:
        asked = []
        for n, engine in enumerate(r.engines):
            lake.execute(f"CREATE SCHEMA {_schema(n)}")
            _turn_to(lake, n)
            slow = {rule.key: place for place, rule in enumerate(engine.model.rules) if asks_before(rule)}
            worths(lake, engine.model)
            grades_so_far(lake, span, engine.model.key)
            earned_by_hand(lake, span, r.number, engine.model.key, slow)
            earn(lake, engine.model)
            stand(lake, engine, moment, profiles)
            asked.append([earned(lake, engine), *profile(lake, engine)])
        yield Piece(lake, r.number, asked)


def one_by_one(r: Reckoning) -> Reckoning:
    """Only the rules that are told event by event."""
    models = [(e.revision, replace(e.model, rules=tuple(filter(asks_before, e.model.rules)), fit=(), exclude=()))
              for e in r.engines]  # fmt: skip
    return r._replace(engines=tuple(Engine(model, revision) for revision, model in models if model.rules))


def _schema(n: int) -> str:
    return f"model_{n}"


def _turn_to(lake: duckdb.DuckDBPyConnection, n: int) -> None:
    lake.execute(f"SET search_path = '{_schema(n)},main'")

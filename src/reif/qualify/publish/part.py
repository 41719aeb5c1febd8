"""The history of some people, opened by columns: their deeds, who they are, and how what is known about them came to be known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reif.crm.models import Standing
from reif.lake.open import open_lake
from reif.lake.partitions import partitions
from reif.lake.sync import sync
from reif.qualify.models import Point
from reif.rules.columns import literal
from reif.rules.export import people as export
from reif.rules.predicates import Predicate

if TYPE_CHECKING:
    import duckdb

AT_ONCE = 500_000  # events of the log that the lake takes in at a time


@dataclass(frozen=True)
class Span:
    """People from `first` to `last`, and the log up to an event."""

    first: int
    last: int
    until: int

    @property
    def sql(self) -> str:
        return f"person BETWEEN {self.first} AND {self.last} AND"


def reach(until: int) -> bool:
    """Bring the lake up some way; whether it has come to this event."""
    sync(AT_ONCE)
    known = partitions()
    return bool(known) and known[-1].last >= until


@contextmanager
def opened(span: Span, kinds: Iterable[str], knowledge: Iterable[str], asked: Iterable[Predicate]) -> Iterator[
        duckdb.DuckDBPyConnection]:  # fmt: skip
    """DuckDB with `events` and `deeds` of these people and kinds alone, `people`, and `told`: by person, the last event of
    the kinds `knowledge`.
    """
    with open_lake() as lake:
        lake.execute(
            f"CREATE TABLE part AS SELECT * FROM deeds WHERE {span.sql} known <= {span.until} AND kind IN ({_in(kinds)})"
        )
        lake.execute(
            'CREATE TABLE told AS SELECT person, max(id) AS event, arg_max("at", id) AS "at" FROM events'
            f" WHERE {span.sql} id <= {span.until} AND kind IN ({_in(knowledge)}) GROUP BY person"
        )
        lake.execute("CREATE OR REPLACE VIEW events AS SELECT * FROM part")
        lake.execute("CREATE OR REPLACE VIEW deeds AS SELECT * FROM part")
        export(lake, asked, only=(span.first, span.last))
        yield lake


def grades_so_far(lake: duckdb.DuckDBPyConnection, span: Span, model: str) -> None:
    """Makes `graded` of person and grade, as they are now, for the margin."""
    rows = (
        Standing.objects.counting().filter(model=model, person__gte=span.first, person__lte=span.last).exclude(grade="")
    )
    _fill(lake, "graded (person BIGINT, grade VARCHAR)", list(rows.values_list("person_id", "grade")))


def earned_by_hand(lake: duckdb.DuckDBPyConnection, span: Span, build: int, model: str, rules: dict[str, int]) -> None:
    """Makes `slow` of person, rule and at: rows that are in the ledger already. rules: the number of each."""
    rows = Point.objects.filter(build=build, model=model, rule__in=rules, person__gte=span.first, person__lte=span.last)
    told = [(p, rules[rule], at.isoformat()) for p, rule, at in rows.values_list("person_id", "rule", "given_at")]
    _fill(lake, "slow (person BIGINT, rule INTEGER, given VARCHAR)", told)


def _fill(lake: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    lake.execute(f"CREATE OR REPLACE TABLE {table}")
    if rows:
        columns = [np.array(c, dtype=object if isinstance(c[0], str) else np.int64) for c in zip(*rows, strict=True)]
        lake.register("block", {f"c{n}": column for n, column in enumerate(columns)})
        lake.execute(f"INSERT INTO {table.partition(' ')[0]} SELECT * FROM block")
        lake.unregister("block")


def _in(kinds: Iterable[str]) -> str:
    return ", ".join(map(literal, sorted(kinds))) or "''"

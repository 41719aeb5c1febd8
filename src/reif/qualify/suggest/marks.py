"""What people did before sales took over, who they are, and what their deeds earned: each with how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reif.qualify.replay.rows import rows
from reif.qualify.scoring.behaviour import KINDS
from reif.qualify.suggest.association import Mark
from reif.qualify.ways import Rule
from reif.rules.columns import column_of, literal
from reif.rules.fields import field_of
from reif.rules.predicates import Is

if TYPE_CHECKING:
    import duckdb

PROFILE = ("country", "region", "language", "source", "company.industry", "company.country", "job_title")
SIZES = ((0, 10), (10, 50), (50, 250), (250, 1000), (1000, None))
ASKED = [*(Is(name, "is set") for name in PROFILE), Is("company.size", "is set")]
MOST = 400  # of each sort
Marks = list[tuple[Mark, int, int]]
_OWN = frozenset({"assignment.rejected", "activity.done", "deal.lost", "page.left"})  # of sellers, or said already


def counted(lake: duckdb.DuckDBPyConnection, outcome: str) -> tuple[int, int]:
    """How many people there are to learn from, and how many had the outcome. Makes `judged` (place, hit)."""
    lake.execute(
        f"CREATE OR REPLACE TABLE judged AS SELECT id, place, until, {_HIT[outcome]} AS hit FROM places {_ACTIVE}"
    )
    people, hits = lake.execute("SELECT count(*), COALESCE(sum(hit::INT), 0) FROM judged").fetchone() or (0, 0)
    return int(people), int(hits)


_ACTIVE = "WHERE id IN (SELECT DISTINCT person FROM deeds)"
_HIT = {
    "won": "won IS NOT NULL",
    "accepted": "accepted IS NOT NULL",
    "rejected": "id IN (SELECT person FROM deeds WHERE kind = 'assignment.rejected' AND topic NOT IN"
    " ('bad_timing', 'unable_to_reach'))",
}


def deeds(lake: duckdb.DuckDBPyConnection) -> Marks:
    """Every kind, and every kind with topic, that people did before sales took over."""
    kinds = ", ".join(map(literal, sorted(KINDS - _OWN)))
    before = f"FROM deeds d JOIN judged j ON j.id = d.person WHERE d.kind IN ({kinds}) AND d.known_at < j.until"
    found = lake.execute(
        f"SELECT kind, topic, count(*), sum(hit::INT) FROM (SELECT DISTINCT kind, topic, place, hit {before})"
        f" GROUP BY GROUPING SETS ((kind, topic)) ORDER BY count(*) DESC LIMIT {MOST}"
    ).fetchall()
    whole = lake.execute(
        f"SELECT kind, count(*), sum(hit::INT) FROM (SELECT DISTINCT kind, place, hit {before}) GROUP BY kind"
    ).fetchall()
    marks = [(Mark("deed", (kind, topic)), n, int(won)) for kind, topic, n, won in found if topic]
    return [*marks, *((Mark("deed", (kind, "")), n, int(won)) for kind, n, won in whole)]


def profile(lake: duckdb.DuckDBPyConnection) -> Marks:
    """Each value of a column of `people`, and sizes of companies in bands. As people are known now."""
    marks: Marks = []
    for name in PROFILE:
        marks += [(Mark("profile", (name, str(v))), n, w) for v, n, w in _values(lake, _column(name))]
    size = _column("company.size")
    cases = " ".join(
        f"WHEN {size} >= {low}{f' AND {size} < {high}' if high else ''} THEN '{low}-{high or ''}'"
        for low, high in SIZES
    )
    return marks + [(Mark("size", (band,)), n, w) for band, n, w in _values(lake, f"CASE {cases} END")]


def earned(lake: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> Marks:
    """Whoever earned each rule before sales took over; rules that nobody earned are there with nobody."""
    got = lake.execute(
        f"SELECT rule, count(*), sum(hit::INT) FROM (SELECT DISTINCT r.rule, j.place, j.hit FROM ({rows(lake, rules)}) r"
        " JOIN judged j ON j.id = r.person WHERE r.known_at < j.until) GROUP BY rule"
    ).fetchall()
    by_rule = {rule: (n, int(won)) for rule, n, won in got}
    return [(Mark("rule", (rule.key,)), *by_rule.get(n, (0, 0))) for n, rule in enumerate(rules)]


def reasons(lake: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Why sellers sent people back, the most frequent reason first."""
    asked = "SELECT topic, count(*) FROM deeds WHERE kind = 'assignment.rejected' GROUP BY topic ORDER BY count(*) DESC"
    return [(topic, n) for topic, n in lake.execute(asked).fetchall()]


def _values(lake: duckdb.DuckDBPyConnection, column: str) -> Iterator[tuple[str, int, int]]:
    asked = (
        f"SELECT v, count(*), sum(hit::INT) FROM (SELECT {column} AS v, j.hit FROM people p JOIN judged j ON j.id = p.id)"
        f" WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC LIMIT {MOST}"
    )
    yield from ((str(v), n, int(won)) for v, n, won in lake.execute(asked).fetchall())


def _column(name: str) -> str:
    field = field_of(name)
    assert field
    return f"p.{column_of(field)}"

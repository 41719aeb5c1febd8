"""Which deeds a model's rules hear: by kind and topic, and for whom by their conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reif.qualify.ways import Rule
from reif.rules.columns import condition, literal
from reif.rules.did_columns import matches
from reif.rules.predicates import EVERYBODY, Did, Is, Predicate, leaves

if TYPE_CHECKING:
    import duckdb

COLUMNS = 'd.person, d.id, d."at", d.known, d.known_at'


def match(lake: duckdb.DuckDBPyConnection, rules: Sequence[Rule], chosen: Sequence[int], name: str = "all") -> str:
    """SQL of person, rule (its place in the list), id, at, known, known_at: a line for every deed and rule that hears it.

    chosen: only these rules. name: of the tables that it makes, one name for each call.
    """
    plain = [n for n in chosen if rules[n].when is None]
    masked = [n for n in chosen if n not in plain and not of_the_deed(rules[n].when or EVERYBODY)]
    parts = []
    if plain:
        _hearing(lake, f"hears_{name}", rules, plain)
        parts.append(f"SELECT {COLUMNS}, r.rule FROM deeds d JOIN hears_{name} r USING (kind, topic)")
    if masked:
        _hearing(lake, f"hears_if_{name}", rules, masked)
        _allow(lake, f"allowed_{name}", rules, masked)
        parts.append(
            f"SELECT {COLUMNS}, r.rule FROM deeds d JOIN hears_if_{name} r USING (kind, topic)"
            f" JOIN allowed_{name} a ON a.id = d.person AND (a.mask >> r.bit) & 1 = 1"
        )
    parts += [looking(n, rules[n]) for n in chosen if n not in plain and n not in masked]
    return " UNION ALL ".join(parts)


def of_the_deed(predicate: Predicate) -> bool:
    """Whether it may read differently at each deed of the same person."""
    return any(isinstance(leaf, Did) or leaf.op == "within" for leaf in leaves(predicate))


def _hearing(lake: duckdb.DuckDBPyConnection, table: str, rules: Sequence[Rule], chosen: Sequence[int]) -> None:
    """A small table of kind, topic, rule: every pair there is, asked once, so that events need one look-up."""
    kinds = ", ".join(literal(kind) for kind in sorted({kind for n in chosen for kind in rules[n].kinds}))
    lake.execute("CREATE TEMP TABLE IF NOT EXISTS pairs AS SELECT DISTINCT kind, topic FROM events")
    pairs = lake.execute(f"SELECT kind, topic FROM pairs WHERE kind IN ({kinds})").fetchall()
    tests = {n: matcher(rules[n].topics) for n in chosen}
    heard = [
        (kind, topic, n, bit)
        for kind, topic in pairs
        for bit, n in enumerate(chosen)
        if kind in rules[n].kinds and tests[n](topic)
    ]
    lake.execute(f"CREATE OR REPLACE TEMP TABLE {table} (kind VARCHAR, topic VARCHAR, rule SMALLINT, bit SMALLINT)")
    fill(lake, table, heard)


def matcher(topics: Sequence[str]) -> Callable[[str], bool]:
    """Exact topics and beginnings with a star; no topic, or an empty one, means any."""
    begins = tuple(t[:-1] for t in topics if t.endswith("*"))
    if not topics or "" in topics:
        return lambda topic: True
    return lambda topic: topic in topics or topic.startswith(begins)


def fill(lake: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of texts and numbers, thousands in one statement."""
    for start in range(0, len(rows), 2000):
        values = ", ".join(f"({', '.join(map(_bare, row))})" for row in rows[start : start + 2000])
        lake.execute(f"INSERT INTO {table} VALUES {values}")


def _bare(value: Any) -> str:
    return str(value) if type(value) is int else literal(value)


def _allow(lake: duckdb.DuckDBPyConnection, table: str, rules: Sequence[Rule], masked: Sequence[int]) -> None:
    """Whom each condition on the person means, a bit a rule."""
    bits = " | ".join(
        f"CASE WHEN {condition(rules[n].when or EVERYBODY, 'NULL', _never)} THEN {1 << bit}::HUGEINT ELSE 0::HUGEINT END"
        for bit, n in enumerate(masked)
    )
    lake.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT id, {bits} AS mask FROM people")


def _never(leaf: Did) -> str:
    raise AssertionError(leaf)


def looking(number: int, rule: Rule) -> str:
    """A rule whose condition looks at what was done before: its deeds among those that the condition asks about."""
    dids = list(dict.fromkeys(leaf for leaf in leaves(rule.when or EVERYBODY) if isinstance(leaf, Did)))
    heard = "(" + " OR ".join(matches(kind, *rule.topics) for kind in rule.kinds) + ")"
    asked = [matches(leaf.kind, leaf.topic) for leaf in dids]
    flags = "".join(f", ({test})::INT AS f{i}" for i, test in enumerate(asked))
    counts = "".join(f", {_count(leaf, i)} AS n{i}" for i, leaf in enumerate(dids))
    done = {leaf: f"d.n{i} >= {leaf.at_least}" for i, leaf in enumerate(dids)}
    holds = condition(rule.when or EVERYBODY, 'd."at"', done.__getitem__)
    fields = any(isinstance(leaf, Is) for leaf in leaves(rule.when or EVERYBODY))
    return f"""SELECT {COLUMNS}, {number} AS rule FROM (
  SELECT d.*{counts} FROM (
    SELECT {COLUMNS}, {heard} AS mine{flags} FROM deeds d WHERE {" OR ".join([heard, *asked])}) d) d
{"JOIN people p ON p.id = d.person" if fields else ""} WHERE d.mine AND {holds}"""


def _count(leaf: Did, number: int) -> str:
    since = f"INTERVAL {leaf.within_days} DAY" if leaf.within_days is not None else "UNBOUNDED"
    return (
        f'sum(d.f{number}) OVER (PARTITION BY d.person ORDER BY d."at" RANGE BETWEEN {since} PRECEDING AND CURRENT ROW)'
    )

"""Open the lake: DuckDB in memory, two threads, and a view in which every deed has its doer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reif.lake.partitions import folder, partitions, text
from reif.lake.readout import COLUMNS

if TYPE_CHECKING:
    import duckdb

THREADS = 2
_DEEDS = """CREATE VIEW deeds AS
SELECT e.id, e.kind, e."at", COALESCE(e.person, i.person) AS person, e.visitor, e.company, e.deal, e.topic,
  CASE WHEN e.person IS NULL THEN greatest(e.id, i.since) ELSE e.id END AS known,
  CASE WHEN e.person IS NULL THEN greatest(e."at", i.since_at) ELSE e."at" END AS known_at
FROM events e LEFT JOIN identified i ON e.person IS NULL AND e.visitor = i.visitor
WHERE NOT e.machine AND (e.person IS NOT NULL OR i.person IS NOT NULL)"""


def connect() -> duckdb.DuckDBPyConnection:
    """DuckDB without the lake. What does not fit into memory goes to disk, beside the lake."""
    import duckdb  # here alone: most processes never ask the lake

    lake = duckdb.connect(config={"threads": THREADS, "memory_limit": os.environ.get("REIF_LAKE_MEMORY", "2GB")})
    lake.execute(f"SET temp_directory = {text(folder() / 'spill')}")
    return lake


def open_lake() -> duckdb.DuckDBPyConnection:
    """DuckDB with three views. Close it, or use it with `with`.

    events: the log as it is. identified: visitor, person, since (the event that said so; the first one counts).
    deeds: events of known people that no machine caused; `known` is the event from which on it was known whose it was, `known_at` its moment.
    """
    lake = connect()
    files = ", ".join(text(p.file) for p in partitions())
    source = f"read_parquet([{files}])" if files else f"(SELECT {_nothing()} WHERE false)"
    lake.execute(f"CREATE VIEW events AS SELECT * FROM {source}")
    lake.execute(
        "CREATE TABLE identified AS SELECT visitor, arg_min(person, id) AS person, min(id) AS since,"
        ' arg_min("at", id) AS since_at FROM events'
        " WHERE kind = 'visitor.identified' AND visitor IS NOT NULL AND person IS NOT NULL GROUP BY visitor"
    )
    lake.execute(_DEEDS)
    return lake


def _nothing() -> str:
    return ", ".join(f"NULL::{type_} AS {name}" for name, type_ in COLUMNS.items())

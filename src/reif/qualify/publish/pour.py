"""Pour what DuckDB answers into a table of the database, without holding it in memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from django.db import connection

from reif.lake.partitions import folder, text

if TYPE_CHECKING:
    import duckdb

ROWS, BYTES = 20_000, 1 << 20


def pour(lake: duckdb.DuckDBPyConnection, table: str, columns: str, asked: str) -> None:
    """asked: a query with these columns, in this order. Rows that are there already are a mistake."""
    if connection.vendor == "postgresql":
        _copied(lake, f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)", asked)
    else:
        marks = ", ".join("?" * len(columns.split(",")))
        _inserted(lake, f"INSERT INTO {table} ({columns}) VALUES ({marks})", asked)


def moment(column: str) -> str:
    """SQL of a timestamp in UTC as Django stores it: PostgreSQL gets the zone, SQLite a fraction only where there is one."""
    if connection.vendor == "postgresql":
        return f"({column})::VARCHAR || '+00'"
    whole, parts = (f"strftime({column}, '%Y-%m-%d %H:%M:%S{f}')" for f in ("", ".%f"))
    return f"CASE WHEN epoch_us({column}) % 1000000 = 0 THEN {whole} ELSE {parts} END"


def day(column: str) -> str:
    """SQL of a date as Django stores it."""
    return f"strftime({column}, '%Y-%m-%d')"


def _copied(lake: duckdb.DuckDBPyConnection, copy: str, asked: str) -> None:
    lines = folder() / f".pour.{os.getpid()}"
    try:
        lake.execute(f"COPY ({asked}) TO {text(lines)} (FORMAT csv, HEADER false)")
        with open(lines, "rb") as read, connection.cursor() as cursor, cursor.copy(copy) as to:
            while piece := read.read(BYTES):
                to.write(piece)
    finally:
        lines.unlink(missing_ok=True)


def _inserted(lake: duckdb.DuckDBPyConnection, insert: str, asked: str) -> None:
    connection.ensure_connection()
    into: Any = connection.connection.cursor()
    found = lake.execute(asked)
    while rows := found.fetchmany(ROWS):
        into.executemany(insert, rows)
    into.close()

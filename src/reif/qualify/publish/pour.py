"""Pour what DuckDB answers into a table of the database, without holding it in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import connection

from reif.lake.partitions import folder, text

if TYPE_CHECKING:
    import duckdb

ROWS, BYTES = 20_000, 1 << 20


def pour(lake: duckdb.DuckDBPyConnection, table: str, columns: str, asked: str) -> None:
    """asked: a query with these columns, in this order. Rows that are there already are a mistake."""
    write(table, columns, read(lake, asked))


def read(lake: duckdb.DuckDBPyConnection, asked: str) -> Iterator[Any]:
    """The answer in pieces, as the database takes them."""
    return _lines(lake, asked) if connection.vendor == "postgresql" else _rows(lake, asked)


def write(table: str, columns: str, pieces: Iterable[Any]) -> None:
    """What was read, into these columns."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)") as to:
            for piece in pieces:
                to.write(piece)
    else:
        connection.ensure_connection()
        into: Any = connection.connection.cursor()
        marks = ", ".join("?" * len(columns.split(",")))
        for piece in pieces:
            into.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", piece)
        into.close()


def moment(column: str) -> str:
    """SQL of a timestamp in UTC as Django stores it: PostgreSQL gets the zone, SQLite a fraction only where there is one."""
    if connection.vendor == "postgresql":
        return f"({column})::VARCHAR || '+00'"
    whole, parts = (f"strftime({column}, '%Y-%m-%d %H:%M:%S{f}')" for f in ("", ".%f"))
    return f"CASE WHEN epoch_us({column}) % 1000000 = 0 THEN {whole} ELSE {parts} END"


def day(column: str) -> str:
    """SQL of a date as Django stores it."""
    return f"strftime({column}, '%Y-%m-%d')"


def _lines(lake: duckdb.DuckDBPyConnection, asked: str) -> Iterator[bytes]:
    lines = folder() / f".pour.{os.getpid()}"
    try:
        lake.execute(f"COPY ({asked}) TO {text(lines)} (FORMAT csv, HEADER false)")
        with open(lines, "rb") as file:
            while piece := file.read(BYTES):
                yield piece
    finally:
        lines.unlink(missing_ok=True)


def _rows(lake: duckdb.DuckDBPyConnection, asked: str) -> Iterator[list[Any]]:
    found = lake.execute(asked)
    while rows := found.fetchmany(ROWS):
        yield rows

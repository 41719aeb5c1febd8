"""Thousands of new rows as both databases take them fastest: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from django.db import connection, models

from reif.kit.clock import now

Row = list[Any]


@dataclass(frozen=True)
class Shape:
    """The columns of a table, and the row of a record about which nothing is known, as it is stored."""

    table: str
    columns: tuple[str, ...]
    usual: tuple[Any, ...]
    place: dict[str, int]

    def blank(self, moment: datetime) -> Row:
        """A row to fill; its stamps are the moment."""
        row = list(self.usual)
        for column in ("created_at", "updated_at"):
            row[self.place[column]] = stored_moment(moment)
        return row


def shape_of(model: type[models.Model]) -> Shape:
    """The shape of a model's table on the engine in use."""
    return _shape(model, connection.vendor)


@cache
def _shape(model: type[models.Model], _engine: str) -> Shape:
    fields = model._meta.concrete_fields
    nobody = model(created_at=now())
    usual = tuple(_plain(f.get_db_prep_save(getattr(nobody, f.attname), connection)) for f in fields)
    columns = tuple(str(f.column) for f in fields)
    return Shape(model._meta.db_table, columns, usual, {c: n for n, c in enumerate(columns)})


def _plain(value: Any) -> Any:
    """psycopg's wrapper of JSON as the text it stands for."""
    return as_json(value.obj) if hasattr(value, "obj") else value


def stored_moment(moment: datetime) -> Any:
    """A moment as the engine keeps it."""
    return connection.ops.adapt_datetimefield_value(moment)


def as_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def next_ids(table: str, count: int) -> Sequence[int]:
    """Ids for new rows. On SQLite the transaction must hold the write lock, as every one of ours does."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT array_agg(nextval(%s::regclass)) FROM generate_series(1, %s)", [_sequence(table), count]
            )
            return list(cursor.fetchone()[0] or ())
        cursor.execute("SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = %s", [table])
        start = int(cursor.fetchone()[0])
        return range(start, start + count)


@cache
def _sequence(table: str) -> str:
    """Where the ids of a table come from; asked for once, not once for each of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        return str(cursor.fetchone()[0])


def write_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert them, in the transaction that is open."""
    into = f"{table} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(columns))})", rows)
            return
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def write_new_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], key: str) -> None:
    """Insert those whose key nobody else has taken in the meantime."""
    if connection.vendor != "postgresql":
        write_rows(table, columns, rows)
        return
    names = ", ".join(columns)
    with staged(table, columns, rows) as stage, connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {stage} ON CONFLICT ({key}) DO NOTHING")


class staged:  # noqa: N801 - used as a verb: `with staged(…)`
    """Rows in a table of this transaction alone, for statements about all of them. PostgreSQL."""

    def __init__(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        self._table, self._columns, self._rows = table, columns, rows

    def __enter__(self) -> str:
        stage = f"stage_{self._table}"
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE {stage} ON COMMIT DROP AS SELECT {', '.join(self._columns)} FROM {self._table} LIMIT 0"
            )
        write_rows(stage, self._columns, self._rows)
        self._stage = stage
        return stage

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE {self._stage}")


def rewrite_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Set these columns; the last value of each row is its id."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            sets = ", ".join(f"{c} = %s" for c in columns)
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE id = %s", rows)
        return
    with staged(table, (*columns, "id"), rows) as stage, connection.cursor() as cursor:
        sets = ", ".join(f"{c} = new.{c}" for c in columns)
        cursor.execute(f"UPDATE {table} old SET {sets} FROM {stage} new WHERE old.id = new.id")

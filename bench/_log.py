"""Many people with their companies in the records, and the events of a lake in the log as well, on either engine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench._lake import END

COMPANIES = 50_000
_NUMBERS = {
    "sqlite": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < {many}) ",
    "postgresql": "WITH t AS (SELECT generate_series(1, {many}) AS n) ",
}
_COLUMNS = "id, kind, at, recorded_at, person_id, visitor_id, depth, topic, body"
_ROWS = """SELECT id, kind, strftime("at", '%Y-%m-%d %H:%M:%S.%f'), strftime("at", '%Y-%m-%d %H:%M:%S.%f'), person, visitor, 0, topic,
  CASE WHEN machine THEN '{{"machine": true}}' ELSE '{{}}' END FROM {file} ORDER BY id"""


def fill_people(people: int) -> None:
    """People 1 to `people` of three countries, in companies of up to 400."""
    from reif.crm.models import Company, Person

    size = {"id": "n", "name": "'Firma ' || n", "size": "(n * 7919) % 400"}
    _numbered(Company, size | {"domain": "'firma' || n || '.example'"}, COMPANIES)
    _numbered(
        Person,
        {"id": "n", "email": "'p' || n || '@firma' || (n % 50000) || '.example'", "last_name": "'Name' || n",
         "company_id": f"1 + (n * 31) % {COMPANIES}",
         "country": "CASE n % 3 WHEN 0 THEN 'CH' WHEN 1 THEN 'DE' ELSE 'AT' END"},
        people,
    )  # fmt: skip


def fill_log() -> None:
    """What the lake has, in the log; indexes are made afterwards, as a restore makes them."""
    from django.db import connection

    from reif.lake.open import open_lake
    from reif.lake.partitions import partitions, text

    with open_lake() as lake, without_indexes():
        for one in partitions():
            rows = _ROWS.format(file=text(one.file))
            if connection.vendor == "postgresql":
                _copy(lake, rows)
            else:
                _insert(lake, rows)
        visitors = lake.execute("SELECT visitor, person FROM identified WHERE person = visitor").fetchall()
    _visitors(visitors)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def without_indexes() -> Iterator[None]:
    """The log without its indexes, but for that of ids."""
    from django.db import connection

    from reif.log.models import Event

    with connection.schema_editor() as editor:
        for index in Event._meta.indexes:
            editor.remove_index(Event, index)
    yield
    with connection.schema_editor() as editor:
        for index in Event._meta.indexes:
            editor.add_index(Event, index)


def _numbered(model: Any, said: dict[str, str], many: int) -> None:
    from django.db import connection

    columns = {f.column: said.get(f.column, _blank(f)) for f in model._meta.concrete_fields}
    columns = {column: value for column, value in columns.items() if value}
    numbers = _NUMBERS[connection.vendor].format(many=many)
    insert = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
    select = f"SELECT {', '.join(columns.values())} FROM t"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{insert} {numbers}{select}" if connection.vendor == "sqlite" else f"{numbers}{insert} {select}"
        )


def _blank(field: Any) -> str:
    if field.null:
        return ""
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return f"'{END:%Y-%m-%d} 00:00:00'"
    return "'{}'" if kind == "JSONField" else "0" if "Integer" in kind else "''"


def _copy(lake: Any, rows: str) -> None:
    from django.db import connection

    with tempfile.TemporaryDirectory(dir=os.environ["REIF_HOME"]) as folder:
        lake.execute(f"COPY ({rows}) TO '{folder}/log.csv' (FORMAT csv, HEADER false)")
        with connection.cursor() as cursor, open(f"{folder}/log.csv", "rb") as file:
            cursor.execute("SET timezone = 'UTC'")
            with cursor.copy(f"COPY log_event ({_COLUMNS}) FROM STDIN (FORMAT csv)") as copy:
                while piece := file.read(1 << 20):
                    copy.write(piece)


def _insert(lake: Any, rows: str) -> None:
    from django.db import connection, transaction

    found = lake.execute(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        raw = cursor.connection
        while some := found.fetchmany(100_000):
            raw.executemany(f"INSERT INTO log_event ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", some)


def _visitors(visitors: list[tuple[int, int]]) -> None:
    from reif.crm.models import Visitor

    rows = (Visitor(id=v, key=f"v{v}", person_id=p, first_seen=END, identified_at=END) for v, p in visitors)
    Visitor.objects.bulk_create(rows, batch_size=5000)

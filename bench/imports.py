"""How many rows of a file a second become people, with one event each?

A million rows of realistic people: names, 150,000 companies of uneven size, numbers and places, 3 % of them wrong in one of
eight ways. The whole way is timed: reading, checking, normalising, upsert, event. The limit, measured in the same run: the
driver inserts the same finished rows and events into tables of the same shape, in as many transactions. Then the same file
again. At last 200,000 companies, twice too.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from bench._engines import line, on_both, set_up
from bench._people_file import write_file

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
TARGET, MEMORY = 10_000, 500
COMPANIES = int(os.environ.get("BENCH_COMPANIES", "200000"))
TARGET_COMPANIES = 5_000
_PAGE = resource.getpagesize() / (1 << 20)


def bench(engine: str) -> None:
    set_up()
    from reif.capture.models import Import

    path = Path(os.environ["REIF_HOME"]) / "people.csv"
    write_file(path, ROWS)
    before = resident()
    with watched() as seen:
        seconds, first = run(path)
        again, second = run(path)
    memory = max(seen)
    assert first.created + first.same + first.changed + first.skipped == ROWS, vars(first)
    assert (second.created, second.skipped) == (0, first.skipped)
    assert Import.objects.count() == 2
    limit = by_hand()
    speed, speed_again, ceiling = ROWS / seconds, ROWS / again, ROWS / limit
    line(f"import, {engine}: rows to people", f"{speed:,.0f} rows/s", f"{ceiling:,.0f} rows/s", speed / ceiling,
         f"{TARGET:,}/s", speed >= TARGET)  # fmt: skip
    line(f"import, {engine}: the same file again", f"{speed_again:,.0f} rows/s", f"{speed:,.0f} rows/s",
         speed_again / speed, "0.50", speed_again >= speed / 2)  # fmt: skip
    line(f"import, {engine}: memory", f"{memory:,.0f} MB", f"{before:,.0f} MB", memory / before, f"< {MEMORY} MB",
         memory < MEMORY)  # fmt: skip
    companies(engine)
    print(f"  {first.created:,} new, {first.changed:,} changed, {first.same:,} same, {first.skipped:,} skipped,"
          f" {first.left_out:,} values left out", flush=True)  # fmt: skip


def companies(engine: str) -> None:
    """Half of them by domain, half by name and country, a tenth with a parent; then the same file again."""
    path = Path(os.environ["REIF_HOME"]) / "companies.csv"
    lines = ["Firma;Domain;Branche;Mitarbeitende;Umsatz;Land;Ort;Muttergesellschaft"]
    for n in range(COMPANIES):
        domain, parent = (
            f"firma-{n}.example" if n % 2 else "",
            f"Firma {n // 100} AG" if n % 10 == 0 and n > 100 else "",
        )
        lines.append(
            f"Firma {n} AG;{domain};Branche {n % 40};{n % 5000 + 1};{n % 90 + 1},5 Mio.;CH;Ort {n % 300};{parent}"
        )
    path.write_text("\n".join(lines))
    seconds, first = run(path, "companies")
    again, second = run(path, "companies")
    assert (first.skipped, second.created, second.changed) == (0, 0, 0), (vars(first), vars(second))
    for what, took in (("companies", seconds), ("the same companies again", again)):
        speed = COMPANIES / took
        line(f"import, {engine}: {what}", f"{speed:,.0f} rows/s", f"{TARGET_COMPANIES:,} rows/s", speed / TARGET_COMPANIES,
             f"{TARGET_COMPANIES:,}/s", speed >= TARGET_COMPANIES)  # fmt: skip


def run(path: Path, kind: str = "people") -> tuple[float, Any]:
    """Seconds from the file to the last commit."""
    from reif.capture.imports.receive import receive
    from reif.capture.imports.run import run_to_the_end, start

    with path.open("rb") as file:
        draft = receive(iter(lambda: file.read(1 << 20), b""), path.name, None, kind=kind)
    start(draft)
    started = time.perf_counter()
    done = run_to_the_end(draft.pk)
    seconds = time.perf_counter() - started
    assert done.state == "done", done.trouble
    return seconds, done


@contextmanager
def watched() -> Iterator[list[float]]:
    """MB of this process and those that it has started, five times a second."""
    seen, over = [resident()], Event()

    def look() -> None:
        while not over.wait(0.2):
            seen.append(resident())

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def resident() -> float:
    """MB in memory now, of this process and its children."""
    me = os.getpid()
    children = [pid for task in Path(f"/proc/{me}/task").iterdir() for pid in _read(task / "children", "").split()]
    return sum(int(_read(Path(f"/proc/{pid}/statm")).split()[1:2][0]) for pid in (me, *children)) * _PAGE


def _read(path: Path, nothing: str = "0 0") -> str:
    """What stands there; of a process that has just ended, nothing of it is in memory."""
    try:
        return path.read_text()
    except OSError:
        return nothing


def by_hand() -> float:
    """Seconds for the finished rows of the first import, inserted again by the driver alone, indexes and all."""
    from django.db import connection, transaction

    seconds = 0.0
    for table, where in (
        ("crm_person", ""),
        ("log_event", "WHERE kind = 'person.imported' AND body LIKE '%%\"created\":true%%'"),
    ):
        if connection.vendor == "postgresql":
            where = where.replace("body LIKE '%%\"created\":true%%'", "(body->>'created')::boolean")
        with connection.cursor() as cursor:
            twin = f"bench_{table}"
            shape(cursor, connection.vendor, table, twin)
            cursor.execute(f"SELECT COUNT(*), COALESCE(MAX(id), 0) FROM {table}")
            last = cursor.fetchone()[1]
            columns = [c.name for c in connection.introspection.get_table_description(cursor, table)]
            low = 0
            while low <= last:
                more = f"{where} {'AND' if where else 'WHERE'} id > {low} AND id <= {low + 20_000}"
                cursor.execute(f"SELECT {', '.join(columns)} FROM {table} {more}")
                rows = [_plain(r) for r in cursor.fetchall()]
                low += 20_000
                started = time.perf_counter()
                with transaction.atomic():
                    if connection.vendor == "postgresql":
                        with cursor.copy(f"COPY {twin} ({', '.join(columns)}) FROM STDIN") as copy:
                            for r in rows:
                                copy.write_row(r)
                    elif rows:
                        cursor.executemany(f"INSERT INTO {twin} VALUES ({', '.join(['%s'] * len(columns))})", rows)
                seconds += time.perf_counter() - started
    return seconds


def shape(cursor: Any, engine: str, table: str, twin: str) -> None:
    """An empty table with the same columns and indexes."""
    if engine == "postgresql":
        cursor.execute(f"CREATE TABLE {twin} (LIKE {table} INCLUDING ALL)")
        return
    cursor.execute(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL ORDER BY type DESC", [table]
    )
    for kind, sql in cursor.fetchall():
        if kind == "table":
            cursor.execute(sql.replace(f'"{table}"', f'"{twin}"'))
        else:
            name = sql.split('INDEX "', 1)[1].split('"', 1)[0]
            cursor.execute(sql.replace(f'"{name}"', f'"bench_{name}"').replace(f'ON "{table}"', f'ON "{twin}"'))


def _plain(row: tuple[Any, ...]) -> list[Any]:
    from psycopg.types.json import Jsonb

    return [Jsonb(value) if isinstance(value, dict) else value for value in row]


if __name__ == "__main__":
    on_both(__file__, bench)

"""A lake of many events, made by DuckDB itself: people who read, click, download and register, over a year."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

END = datetime(2026, 11, 1, tzinfo=UTC)
PART = 1_000_000
_EVENTS = """COPY (
SELECT id, kind, ts AS "at", CASE WHEN anonymous THEN NULL ELSE who END AS person,
  CASE WHEN anonymous OR kind = 'visitor.identified' THEN who END AS visitor, NULL::BIGINT AS company, NULL::BIGINT AS deal,
  CASE kind WHEN 'page.viewed' THEN path WHEN 'form.submitted' THEN form WHEN 'visitor.identified' THEN 'form' ELSE asset END
    AS topic, h4 % 50 = 0 AND kind = 'page.viewed' AS machine
FROM (SELECT *, 1 + (h1 % {people})::BIGINT AS who, id <= {events} - {people} // 20 AND h2 % 25 = 0 AS anonymous,
  CASE WHEN id > {events} - {people} // 20 THEN 'visitor.identified' ELSE [{kinds}][1 + (h2 % 100)::INT] END AS kind,
  [{paths}][1 + (h3 % 40)::INT] AS path, ['demo', 'kontakt', 'newsletter', 'rueckruf'][1 + (h3 % 4)::INT] AS form,
  'stueck-' || (h3 % 25)::VARCHAR AS asset, TIMESTAMP '2025-11-01' + to_seconds(id * 31536000 // {events}) AS ts
  FROM (SELECT id, hash(id * 7 + 1) AS h1, hash(id * 11 + 2) AS h2, hash(id * 13 + 3) AS h3, hash(id * 17 + 4) AS h4
    FROM range({first}, {last} + 1) t(id)))
ORDER BY id) TO '{file}' (FORMAT parquet)"""
_SHARES = {"page.viewed": 48, "mail.opened": 25, "mail.clicked": 14, "content.downloaded": 6, "form.submitted": 3,
           "webinar.registered": 2, "mail.unsubscribed": 2}  # fmt: skip
_PATHS = ["/preise", "/demo", "/kontakt", "/kunden", *(f"/blog/artikel-{n}" for n in range(30)), *(f"/produkt/{n}" for n in range(6))]  # fmt: skip


def in_a_home(bench: Callable[[], int]) -> int:
    """Run it with a home folder that is thrown away. Call it before anything of Django is imported."""
    with tempfile.TemporaryDirectory(prefix="reif-bench-") as home:
        os.environ |= {"REIF_HOME": home, "DJANGO_SETTINGS_MODULE": "reif.settings", "REIF_LAKE_MEMORY": "4GB"}
        os.environ.pop("DATABASE_URL", None)
        return bench()


def fill_lake(events: int, people: int) -> None:
    """`events` of `people`, a twentieth of whom were anonymous at first; in partitions as `sync` would leave them."""
    from reif.lake.open import connect
    from reif.lake.partitions import file_for

    kinds = ", ".join(f"'{kind}'" for kind, share in _SHARES.items() for _ in range(share))
    paths = ", ".join(f"'{path}'" for path in _PATHS)
    with connect() as lake:
        for first in range(1, events + 1, PART):
            last = min(first + PART - 1, events)
            asked = {"people": people, "events": events, "kinds": kinds, "paths": paths, "first": first, "last": last}
            lake.execute(_EVENTS.format(**asked, file=file_for(first, last)))


def people_table(lake: duckdb.DuckDBPyConnection, people: int) -> None:
    """The people as `export` would leave them, without a database of a million rows."""
    lake.execute(
        "CREATE OR REPLACE TABLE people AS SELECT id, ['CH', 'DE', 'AT'][1 + (id % 3)::INT] AS country,"
        " ['leiterin hr', 'praktikum', 'einkauf', 'geschaftsfuhrung'][1 + (hash(id) % 4)::INT] AS job_title,"
        f' (hash(id * 3) % 400)::DOUBLE AS "company.size" FROM range(1, {people} + 1) t(id)'
    )


class Clock:
    """Seconds by the clock and by the processor, of a block."""

    def __enter__(self) -> Clock:
        self._began, self._cpu = time.perf_counter(), os.times()
        return self

    def __exit__(self, *_error: object) -> None:
        cpu = os.times()
        self.seconds = time.perf_counter() - self._began
        self.cpu = cpu.user + cpu.system - self._cpu.user - self._cpu.system

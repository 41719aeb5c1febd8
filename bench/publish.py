"""How long does it take to publish a new scoring for a million people with five million deeds, while the old one counts?

Everything that publishing does after the lake is there: ledger, profile, places, the switch, and telling who stands elsewhere.
The limit, measured in the same run: queries that somebody wrote by hand in DuckDB for exactly this model, poured into the same
tables by the driver. Both sums are compared. The second line is memory, the third the longest transaction, and the switch; below
stands how long somebody else waited who wrote beside it. EVENTS and PEOPLE can be set in the environment for a smaller run, BENCH_ENGINES for one engine.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench._engines import line, on_both, set_up
from bench._held import Held
from bench._lake import Clock, fill_lake
from bench._waits import Waits

EVENTS, PEOPLE = int(os.environ.get("EVENTS", 5_000_000)), int(os.environ.get("PEOPLE", 1_000_000))
TARGET, MEMORY, LONGEST = 3.0, 500, 500
BY_HAND = Path(__file__).parent / "publish_by_hand.sql"
_VIEW = "page.viewed"
MODEL: dict[str, Any] = {
    "key": "main", "group": [{"key": "reading", "cap": 15}],
    "rule": [
        {"key": "prices", "on": _VIEW, "topic": "/preise", "points": 15, "per_day": 1, "decay": {"half_life": 60}},
        {"key": "blog", "on": _VIEW, "topic": "/blog/*", "points": 1, "group": "reading", "decay": {"half_life": 30}},
        {"key": "opened", "on": "mail.opened", "points": 1, "decay": {"linear": 60}},
        {"key": "clicked", "on": "mail.clicked", "points": 3, "expires": 180},
        {"key": "download", "on": "content.downloaded", "points": 10},
        {"key": "form", "on": "form.submitted", "topic": "kontakt", "points": 20, "once": True},
        {"key": "away", "on": "mail.unsubscribed", "points": -20},
    ],
    "fit": [{"key": "swiss", "when": {"field": "country", "op": "is", "value": "CH"}, "points": 5}],
    "grades": {"fit": [30, 20, 5], "engagement": [60, 30, 10], "margin": 3},
}  # fmt: skip
_CREATED = """COPY (SELECT {events} + id AS id, 'person.created' AS kind, TIMESTAMP '2026-10-31' AS "at", id AS person,
  NULL::BIGINT AS visitor, NULL::BIGINT AS company, NULL::BIGINT AS deal, '' AS topic, false AS machine
FROM range(1, {people} + 1) t(id)) TO '{file}' (FORMAT parquet)"""


def bench(engine: str) -> None:
    os.environ.setdefault("REIF_LAKE_MEMORY", "256MB")
    set_up()
    _in_a_child(_people)
    from reif.qualify.scoring.in_force import live

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    with Waits(PEOPLE) as waits, Clock() as ours:
        held, switch = publish()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    with Clock() as limit:
        by_hand()
    ours_, theirs = _sums(live().number), _sums(999)
    assert ours_[1:] == theirs[1:], (ours_, theirs)
    assert abs(ours_[0] - theirs[0]) <= 2, (ours_, theirs)
    clock = engine == "postgresql"  # its own processes do most of the work there
    ratio = ours.seconds / limit.seconds if clock else ours.cpu / limit.cpu
    line(f"publish, {engine}: {PEOPLE:,} people, {EVENTS:,} deeds", f"{ours.seconds:.1f} s", f"{limit.seconds:.1f} s",
         ratio, f"{TARGET:.0f} x", ratio <= TARGET)  # fmt: skip
    line(f"publish, {engine}: memory", f"{memory:,} MB", f"{before:,} MB", memory / max(before, 1), f"< {MEMORY} MB",
         memory < MEMORY)  # fmt: skip
    kind = "the clock" if clock else "processor seconds"
    line(f"publish, {engine}: the longest transaction", f"{1000 * max(held):,.0f} ms", f"switch {1000 * switch:,.0f} ms",
         1000 * max(held) / LONGEST, f"< {LONGEST} ms", 1000 * max(held) < LONGEST)  # fmt: skip
    usual = sorted(held)[len(held) * 95 // 100]
    rest = sorted(one for one in held if one != switch)[-1]
    print(f"  the ratio is that of {kind} ({ours.cpu:.1f} and {limit.cpu:.1f} processor seconds); {len(held):,} transactions,"
          f" 95 of 100 under {1000 * usual:,.0f} ms, all but the switch under"
          f" {1000 * rest:,.0f} ms; all sums are equal", flush=True)  # fmt: skip
    print(f"  whoever writes beside it waits by the clock: {waits.line()}", flush=True)


def publish() -> tuple[list[float], float]:
    """Piece by piece, as the worker does; seconds of each transaction, and of the one that switched."""
    from reif.log.append import writing
    from reif.playbook.apply import apply
    from reif.playbook.draft import read_plain
    from reif.qualify.models import Build
    from reif.qualify.publish import build as module
    from reif.qualify.publish.build import begin_anew, go_on
    from reif.qualify.scoring.in_force import live

    module.LARGE = 0  # by columns, also in a smaller run
    live()
    revision = apply(read_plain({"scoring": {"model": [MODEL]}}))
    with writing():
        build = begin_anew(revision.id, revision.hash)
    Build.objects.filter(pk=build.pk).update(until=EVENTS + PEOPLE)
    switch = 0.0
    with Held() as held:
        while Build.objects.filter(state__in=("deeds", "people", "telling")).exists():
            go_on()
            if not switch and Build.objects.filter(pk=build.pk, state="live").exists():
                switch = held.seconds[-1]
    return held.seconds, switch


def by_hand() -> None:
    """The same rows and sums, as somebody would write them who has only this model, under the number 999."""
    from django.db import connection, transaction

    from reif.lake.open import open_lake
    from reif.qualify.publish.pour import pour
    from reif.qualify.publish.rows import COLUMNS as POINT

    rows, sums = BY_HAND.read_text().split(";")[:2]
    with transaction.atomic(), open_lake() as lake:
        lake.execute("CREATE TABLE swiss AS SELECT id FROM range(1, $1 + 1) t(id) WHERE id % 3 = 0", [PEOPLE])
        lake.execute(f"CREATE TABLE ledger AS {rows}")
        pour(lake, "qualify_point", POINT, "SELECT * FROM ledger")
        pour(lake, "crm_standing", "person_id, model, build, fit_cents, engagement_cents, cap_cents, score, fit,"
             " engagement, grade, excluded", sums)  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("UPDATE crm_person SET score = n.score, fit = n.fit, engagement = n.engagement, grade = n.grade"
                           " FROM crm_standing n WHERE n.build = 999 AND n.person_id = crm_person.id")  # fmt: skip


def _in_a_child(work: Callable[[], None]) -> None:
    """So that its memory is not ours."""
    from django.db import connection

    connection.close()
    if not (child := os.fork()):
        work()
        connection.close()  # what was written goes into the file, or the first commit after it would have to
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def _people() -> None:
    """Everybody with a year of deeds in the lake; of the log, the last event alone."""
    from django.db import connection

    from reif.crm.models import Person
    from reif.lake.open import connect
    from reif.lake.partitions import file_for
    from reif.log.models import Event

    fill_lake(EVENTS, PEOPLE)
    file = file_for(EVENTS + 1, EVENTS + PEOPLE)
    with connect() as lake:
        lake.execute(_CREATED.format(events=EVENTS, people=PEOPLE, file=file))
    at = datetime(2026, 10, 31, tzinfo=UTC)
    Event.objects.create(id=EVENTS + PEOPLE, kind="person.created", at=at, recorded_at=at, person_id=PEOPLE)
    Person.objects.create(id=1, email="p1@bench.example", country="DE", created_at=at)
    own = {"id": "n", "email": "'p' || n || '@bench.example'", "country": "CASE WHEN n % 3 = 0 THEN 'CH' ELSE 'DE' END"}
    columns = [str(field.column) for field in Person._meta.concrete_fields]
    numbers = f"WITH RECURSIVE t(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM t WHERE n < {PEOPLE})"
    picked = ", ".join(own.get(column, f"p.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"{numbers} INSERT INTO crm_person ({', '.join(columns)}) SELECT {picked} FROM crm_person p, t"
                       " WHERE p.id = 1")  # fmt: skip


def _sums(build: int) -> tuple[Any, ...]:
    """Cents of engagement a person, of which some fades while it is measured; cents of fit, rows and points."""
    from django.db.models import Count, Sum

    from reif.crm.models import Standing
    from reif.qualify.models import Point
    from reif.qualify.scoring.in_force import live

    told = Standing.objects.filter(build=build).aggregate(
        n=Count("id"), fit=Sum("fit_cents"), e=Sum("engagement_cents")
    )
    rows = Point.objects.filter(build=build or live().number).aggregate(n=Count("id"), points=Sum("points"))
    return round(told["e"] / PEOPLE), told["fit"], rows["n"], rows["points"]


if __name__ == "__main__":
    on_both(__file__, bench)

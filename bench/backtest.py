"""How long does a back-test of ten million events take, a draft beside the model in force?

The models are those of rebuild.py and a variant of it, with definitions of MQL and SQL that ask for scores and deeds; once
stages stay, and once both are lost again in the draft, by points that fade and by silence. The limit, measured in the same run: DuckDB reads the
same lake and adds up one number for each person and day, twice. EVENTS and PEOPLE can be set in the environment for a
smaller run.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from bench._engines import line
from bench._lake import END, Clock, fill_lake, in_a_home, people_table
from bench.rebuild import MODEL, RULES

if TYPE_CHECKING:
    import duckdb

    from reif.qualify.backtest.comparison import Comparison

EVENTS, PEOPLE, TARGET = int(os.environ.get("EVENTS", 10_000_000)), int(os.environ.get("PEOPLE", 500_000)), 15.0
_PRICE = {"did": "page.viewed", "topic": "/preise", "within": "30d"}
STAGES = {
    "mql": {"when": {"all": [{"field": "score", "op": ">=", "value": 40}, {"any": [
        {"did": "content.downloaded"}, {"did": "webinar.registered"}]}]}},
    "sql": {"when": {"all": [{"field": "score", "op": ">=", "value": 70}, {"did": "webinar.registered", "within": "90d"}, _PRICE]}},
}  # fmt: skip
LASTING = {
    "mql": {**STAGES["mql"], "keep": {"field": "score", "op": ">=", "value": 25}, "drop_after": 7, "silence_days": 180},
    "sql": {**STAGES["sql"], "keep": {"field": "score", "op": ">=", "value": 50}, "silence_days": 60},
}  # fmt: skip
_OUTCOMES = """COPY (SELECT {events} + row_number() OVER () AS id, kind, ts AS "at", who AS person, NULL::BIGINT AS visitor,
  NULL::BIGINT AS company, NULL::BIGINT AS deal, 'x' AS topic, false AS machine
FROM (SELECT who, unnest(['assignment.accepted', 'deal.won', 'person.staged'][1:1 + (hash(who) % 3)::INT]) AS kind,
  TIMESTAMP '2026-03-01' + to_days((hash(who * 5) % 200)::INT) AS ts FROM range(1, {people} + 1, 20) t(who)))
TO '{file}' (FORMAT parquet)"""


def bench() -> int:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from reif.lake.open import connect, open_lake
    from reif.lake.partitions import file_for
    from reif.playbook.draft import read_plain
    from reif.qualify.backtest.compare import replayed

    fill_lake(EVENTS, PEOPLE)
    file = file_for(EVENTS + 1, EVENTS + PEOPLE)
    with connect() as lake:
        lake.execute(_OUTCOMES.format(events=EVENTS, people=PEOPLE, file=file))
    changed = {**MODEL, "rule": [{**rule, "points": rule["points"] + 1} for rule in RULES]}
    first, last = (END - timedelta(days=300)).date(), END.date()
    met = True
    with open_lake() as lake:
        people_table(lake, PEOPLE)
        for what, stages in (("stages stay", STAGES), ("stages are lost", LASTING)):
            now, then = ({"scoring": {"model": [m]}, "stages": s} for m, s in ((MODEL, STAGES), (changed, stages)))
            with Clock() as ours:
                told = replayed(lake, read_plain(now), read_plain(then), first, last)
            met &= _told(what, told, ours, _limit(lake))
    return 0 if met else 1


def _limit(lake: duckdb.DuckDBPyConnection) -> Clock:
    with Clock() as limit:
        for _turn in range(2):
            lake.execute("SELECT count(*), sum(n) FROM (SELECT person, \"at\"::DATE AS day, count(*) AS n FROM deeds"
                         " GROUP BY ALL)").fetchall()  # fmt: skip
    return limit


def _told(what: str, told: Comparison, ours: Clock, limit: Clock) -> bool:
    assert told.people > PEOPLE * 0.9
    assert told.current.total("mql") > 1000
    assert (told.draft.total("mql_lost") > 1000) is (what == "stages are lost")
    met = min(ours.seconds, ours.cpu) < TARGET  # a busy machine makes the clock go on while nothing is done
    line(f"back-test: {EVENTS:,} events, {what}", f"{ours.seconds:.1f} s", f"{limit.seconds:.1f} s",
         ours.cpu / limit.cpu, f"{TARGET:.0f} s", met)  # fmt: skip
    print(f"  processor seconds: {ours.cpu:.1f}, limit {limit.cpu:.1f}; {told.people:,} people judged, "
          f"{told.current.total('mql'):,} and {told.draft.total('mql'):,} MQL, "
          f"of which {told.draft.total('mql_lost'):,} were lost again", flush=True)  # fmt: skip
    return met


if __name__ == "__main__":
    sys.exit(in_a_home(bench))

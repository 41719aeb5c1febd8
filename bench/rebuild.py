"""How long does it take to score a million people anew, from twenty million events?

Twenty rules with decay, limits and ceilings, a profile, and somebody who is left out, compiled from the playbook. The limit,
measured in the same run on the same lake: a query that somebody wrote by hand in DuckDB for exactly this model. Both answers
are compared, every person and every cent. EVENTS and PEOPLE can be set in the environment for a smaller run.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench._engines import line
from bench._lake import END, Clock, fill_lake, in_a_home, people_table

if TYPE_CHECKING:
    import duckdb

EVENTS, PEOPLE, TARGET, ROUNDS = (
    int(os.environ.get("EVENTS", 20_000_000)),
    int(os.environ.get("PEOPLE", 1_000_000)),
    2.0,
    2,
)
BY_HAND = Path(__file__).parent / "rebuild_by_hand.sql"
_VIEW, _CLICK, _FILE = "page.viewed", "mail.clicked", "content.downloaded"
_CH = {"field": "country", "op": "is", "value": "CH"}
RULES: list[dict[str, Any]] = [
    {"key": "prices", "on": _VIEW, "topic": "/preise", "points": 15, "per_day": 1, "times": 3, "decay": {"half_life": 60}},
    {"key": "demo", "on": _VIEW, "topic": "/demo", "points": 12, "times": 2, "decay": {"half_life": 60}},
    {"key": "contact", "on": _VIEW, "topic": "/kontakt", "points": 8, "decay": {"half_life": 30}},
    {"key": "customers", "on": _VIEW, "topic": "/kunden", "points": 3, "decay": {"linear": 90}},
    {"key": "blog", "on": _VIEW, "topic": "/blog/*", "points": 1, "group": "reading", "decay": {"half_life": 30}},
    {"key": "product", "on": _VIEW, "topic": "/produkt/*", "points": 2, "group": "reading", "decay": {"half_life": 45}},
    {"key": "swiss", "on": _VIEW, "topic": "/preise", "points": 5, "once": True, "when": _CH},
    {"key": "opened", "on": "mail.opened", "points": 1, "group": "mail", "decay": {"linear": 60}},
    {"key": "clicked", "on": _CLICK, "points": 3, "per_day": 1, "group": "mail", "decay": {"half_life": 40}},
    {"key": "click_1", "on": _CLICK, "topic": "stueck-1", "points": 4, "expires": 180},
    {"key": "click_2", "on": _CLICK, "topic": "stueck-2", "points": 4, "expires": 180},
    {"key": "click_3", "on": _CLICK, "topic": "stueck-3", "points": 4, "times": 2, "per": "month", "expires": 90},
    {"key": "download", "on": _FILE, "points": 10, "decay": {"half_life": 90}},
    {"key": "first_file", "on": _FILE, "points": 5, "once": True},
    {"key": "form", "on": "form.submitted", "topic": "kontakt", "points": 20, "decay": {"half_life": 120}},
    {"key": "wants_demo", "on": "form.submitted", "topic": "demo", "points": 40, "once": True},
    {"key": "call_back", "on": "form.submitted", "topic": "rueckruf", "points": 30, "decay": {"linear": 30}},
    {"key": "letter", "on": "form.submitted", "topic": "newsletter", "points": 5},
    {"key": "webinar", "on": "webinar.registered", "points": 25, "times": 1, "per": "month", "decay": {"half_life": 90}},
    {"key": "away", "on": "mail.unsubscribed", "points": -20, "decay": {"linear": 365}},
]  # fmt: skip
MODEL = {
    "key": "main", "rule": RULES, "group": [{"key": "reading", "cap": 15}, {"key": "mail", "cap": 25}],
    "fit": [
        {"key": "size", "when": {"field": "company.size", "op": ">=", "value": 50}, "points": 20},
        {"key": "hr", "when": {"field": "job_title", "op": "contains", "value": "hr"}, "points": 10},
        {"key": "swiss_firm", "when": _CH, "points": 5},
    ],
    "exclude": [{"key": "trainee", "when": {"field": "job_title", "op": "is", "value": "praktikum"}}],
}  # fmt: skip


def bench() -> int:
    import django

    django.setup()
    from reif.lake.open import open_lake

    fill_lake(EVENTS, PEOPLE)
    with open_lake() as lake:
        people_table(lake, PEOPLE)
        taken = [(compiled(lake), by_hand(lake)) for _ in range(ROUNDS)]
        differing = lake.execute("SELECT count(*) FROM (FROM ours EXCEPT FROM theirs)").fetchone()
        counts = lake.execute("SELECT (SELECT count(*) FROM ours), (SELECT count(*) FROM theirs)").fetchone()
    ours, theirs = min((a for a, _b in taken), key=lambda c: c.cpu), min((b for _a, b in taken), key=lambda c: c.cpu)
    assert differing == (0,), f"{differing} people differ"
    assert counts == (PEOPLE, PEOPLE), counts
    ratio = ours.cpu / theirs.cpu
    line(f"rebuild: {PEOPLE:,} people, {EVENTS:,} events", f"{ours.seconds:.1f} s", f"{theirs.seconds:.1f} s", ratio,
         f"{TARGET:.0f} x", ratio <= TARGET)  # fmt: skip
    print(
        f"  the ratio is that of processor seconds, {ours.cpu:.1f} and {theirs.cpu:.1f}; all sums are equal", flush=True
    )
    return 0 if ratio <= TARGET else 1


def compiled(lake: duckdb.DuckDBPyConnection) -> Clock:
    """From the playbook's model to everybody's sums."""
    from reif.playbook.draft import read_plain
    from reif.qualify.replay.sums import sums_sql

    with Clock() as clock:
        model = read_plain({"scoring": {"model": [MODEL]}})["scoring"].main
        lake.execute(f"CREATE OR REPLACE TEMP TABLE ours AS {sums_sql(lake, model, END)}")
    return clock


def by_hand(lake: duckdb.DuckDBPyConnection) -> Clock:
    """The same numbers, as somebody would ask for them who has only this model."""
    with Clock() as clock:
        lake.execute(f"CREATE OR REPLACE TEMP TABLE theirs AS {BY_HAND.read_text()}")
    return clock


if __name__ == "__main__":
    sys.exit(in_a_home(bench))

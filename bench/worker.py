"""How many queued events a second go through the worker to committed scores?

100,000 page views and clicks of 20,000 people, 20 scoring rules with caps and a condition, MQL and SQL definitions, two
segments, and every listener of the house at work. A second line has two models whose points fade and expire, grades,
a condition on a segment, and stages and segments that ask for grades. The limit, measured in the same run: the driver inserts the same ledger
rows and updates the same sums with executemany, in as many transactions.
"""

from __future__ import annotations

import os
import random
import time
from datetime import timedelta
from typing import Any

from bench._engines import line, on_both, set_up

EVENTS, PEOPLE, BATCH = 100_000, 20_000, 2000
TARGETS = {"": 6000, "fading": 3000}
PATHS = [
    "/preise",
    "/start",
    "/demo",
    "/kontakt",
    *(f"/blog/artikel-{n}" for n in range(30)),
    *(f"/produkt/{n}" for n in range(9)),
]
MAILS = ["hr-tools", "webinar-invitation", "demo-invitation"]
_WEB = [
    {"key": "price", "on": "page.viewed", "topic": "/preise", "points": 10, "per_day": 1},
    {"key": "demo", "on": "page.viewed", "topic": "/demo", "points": 12, "times": 3},
    {"key": "contact", "on": "page.viewed", "topic": "/kontakt", "points": 8, "times": 5},
    {"key": "blog", "on": "page.viewed", "topic": "/blog/*", "points": 1, "group": "reading"},
    {"key": "product", "on": "page.viewed", "topic": "/produkt/*", "points": 2, "group": "reading"},
    {"key": "swiss", "on": "page.viewed", "topic": "/preise", "points": 5, "once": True,
     "when": {"field": "country", "op": "is", "value": "CH"}},
    *({"key": f"article-{n}", "on": "page.viewed", "topic": f"/blog/artikel-{n}", "points": 1, "once": True} for n in range(6)),
]  # fmt: skip
_MAIL = [
    {"key": "click", "on": "mail.clicked", "points": 3, "group": "mail"},
    *({"key": f"click-{m}", "on": "mail.clicked", "topic": m, "points": 4, "times": 2} for m in MAILS),
    {"key": "open", "on": "mail.opened", "points": 1, "per_day": 1, "group": "mail"},
    {"key": "webinar", "on": "webinar.registered", "points": 25, "once": True},
    {"key": "form", "on": "form.submitted", "points": 20},
    {"key": "away", "on": "mail.unsubscribed", "points": -20},
]
_GROUPS = [{"key": "reading", "cap": 20}, {"key": "mail", "cap": 30}]
SCORING = {"model": [{"group": _GROUPS, "rule": [*_WEB, *_MAIL]}]}
_PRICE: dict[str, Any] = {"did": "page.viewed", "topic": "/preise", "within": "30d"}
_SQL = [{"field": "score", "op": ">=", "value": 60}, {"did": "webinar.registered"}, _PRICE]
STAGES = {"mql": {"when": {"field": "score", "op": ">=", "value": 30}}, "sql": {"when": {"all": _SQL}}}
SEGMENTS = {"segment": [
    {"key": "swiss", "when": {"field": "country", "op": "is", "value": "CH"}},
    {"key": "warm", "when": {"all": [{"field": "score", "op": ">=", "value": 50}, _PRICE]}},
]}  # fmt: skip
_DECAYS: list[dict[str, Any]] = [
    {"decay": {"half_life": 30}}, {"decay": {"linear": 60}}, {"decay": {"half_life": 14}, "expires": 60}, {"expires": 90},
]  # fmt: skip
_FADING = [rule | _DECAYS[n % 4] for n, rule in enumerate([*_WEB, *_MAIL])]
_CROSS = [
    {"key": "mail", "on": "mail.clicked", "points": 5, "decay": {"half_life": 30}},
    {"key": "home", "on": "page.viewed", "topic": "/produkt/*", "points": 4, "decay": {"linear": 45},
     "when": {"field": "segment", "op": "is", "value": "swiss"}},
]  # fmt: skip
_FIT = [{"key": "dach", "points": 20, "when": {"field": "country", "op": "one of", "value": ["CH", "AT"]}}]
_GRADED: dict[str, Any] = {"field": "grade", "op": "one of", "value": ["A1", "A2", "B1", "B2"]}
FADING = {
    "scoring": {"model": [
        {"key": "main", "group": _GROUPS, "rule": _FADING, "fit": _FIT, "grades": {"margin": 3}, "company": {"take": "max"}},
        {"key": "cross", "rule": _CROSS, "grades": {"engagement": [30, 20, 10]}},
    ]},
    "stages": {"mql": {"when": _GRADED}, "sql": {"when": {"all": [*_SQL, _GRADED]}}},
    "segments": {"segment": [
        SEGMENTS["segment"][0],
        {"key": "graded", "when": {"all": [_GRADED, _PRICE]}},
        {"key": "cross", "when": {"field": "score.cross", "op": ">=", "value": 15}},
    ]},
}  # fmt: skip
PLAYBOOKS: dict[str, dict[str, Any]] = {
    "": {"scoring": SCORING, "stages": STAGES, "segments": SEGMENTS},
    "fading": FADING,
}


def bench(engine: str) -> None:
    variant = os.environ.get("BENCH_VARIANT", "")
    set_up()
    queue_up(PLAYBOOKS[variant])
    seconds, quiet = work_off()
    limit = by_hand()
    speed, ceiling = EVENTS / seconds, EVENTS / limit
    target = TARGETS[variant]
    line(
        f"worker, {engine}: to committed scores{variant and ', ' + variant}",
        f"{speed:,.0f} events/s",
        f"{ceiling:,.0f} events/s",
        speed / ceiling,
        f"{target:,}/s",
        speed >= target,
    )
    print(
        f"  all listeners quiet after {quiet:.1f} s ({EVENTS / quiet:,.0f} events/s); by hand {limit:.1f} s", flush=True
    )


def queue_up(playbook: dict[str, Any]) -> None:
    """People, ways of working in force, and the events, with every listener waiting just before them."""
    from reif.crm.models import Person
    from reif.kit.clock import now
    from reif.log.append import append, writing
    from reif.log.catalogue.mail import MailClicked
    from reif.log.catalogue.web import PageViewed
    from reif.log.worker import settle
    from reif.playbook.apply import apply
    from reif.playbook.draft import read_plain

    chance, moment = random.Random(7), now()
    made = [
        Person(
            email=f"p{n}@firma{n % 5000}.example",
            country=chance.choice(["CH", "DE", "AT"]),
            stage="lead",
            created_at=moment,
        )
        for n in range(PEOPLE)
    ]
    ids = [p.pk for p in Person.objects.bulk_create(made, batch_size=1000)]
    apply(read_plain(playbook))
    settle()
    for start in range(0, EVENTS, 5000):
        with writing():
            for n in range(start, start + 5000):
                person, at = chance.choice(ids), moment - timedelta(seconds=(EVENTS - n) * 20)
                if chance.random() < 0.8:
                    append(PageViewed(person=person, topic=chance.choice(PATHS), at=at))
                else:
                    append(MailClicked(person=person, topic=chance.choice(MAILS), link="/", at=at))


def work_off() -> tuple[float, float]:
    """Seconds until the last of the events is scored, and until nothing moves any more."""
    from reif.log.hear import load
    from reif.log.models import Cursor, Event
    from reif.log.worker import turn

    listener, last = load()["qualify.scoring.score.score"], Event.objects.latest("id").pk
    started, scored = time.perf_counter(), 0.0
    while turn():
        if not scored and listener.seen >= last:
            scored = time.perf_counter() - started
    quiet = time.perf_counter() - started
    assert Cursor.objects.get(name="qualify.scoring.score.score").position >= last
    return scored or quiet, quiet


def by_hand() -> float:
    """Seconds for the same rows and sums, written by the driver into an empty table of the same shape."""
    from django.db import connection, transaction

    from reif.qualify.models import Point

    points = list(
        Point.objects.order_by("id").values_list(
            "person_id", "model", "rule", "axis", "event_id", "points", "given_at", "day", "revision", "build"
        )
    )
    adapt = connection.ops
    rows = [(*r[:6], adapt.adapt_datetimefield_value(r[6]), adapt.adapt_datefield_value(r[7]), *r[8:]) for r in points]
    size = max(1, len(rows) * BATCH // EVENTS)
    marks = ", ".join(["%s"] * 10)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM qualify_point")
        started = time.perf_counter()
        for i in range(0, len(rows), size):
            part = rows[i : i + size]
            with transaction.atomic():
                cursor.executemany(
                    "INSERT INTO qualify_point (person_id, model, rule, axis, event_id, points, given_at, day, revision, build) "
                    f"VALUES ({marks})", part)  # fmt: skip
                sums: dict[int, int] = {}
                for row in part:
                    sums[row[0]] = sums.get(row[0], 0) + row[5]
                cursor.executemany(
                    "UPDATE crm_person SET engagement = engagement + %s, score = score + %s WHERE id = %s",
                    [(s, s, p) for p, s in sums.items()])  # fmt: skip
        return time.perf_counter() - started


if __name__ == "__main__":
    on_both(__file__, bench, tuple(PLAYBOOKS))

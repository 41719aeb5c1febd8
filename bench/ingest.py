"""How many spooled events a second come into the log?

100,000 page views and clicks of 20,000 browsers, half of them known people, in rows of twenty as the door writes them.
Two hundred browsers are on the site at a time, each for about five events, which makes a visit. The limit, measured in the
same run: the driver inserts the same rows into the log, in as many transactions.
"""

from __future__ import annotations

import random
import time
import uuid
from datetime import timedelta
from typing import Any

from bench._engines import line, on_both, set_up

EVENTS, BROWSERS, ROW, TARGET = 100_000, 20_000, 20, 12_500
AT_ONCE, STAYS = 200, 5
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"


def bench(engine: str) -> None:
    set_up()
    fill_spool()
    from reif.capture.web.ingest import pull

    started = time.perf_counter()
    while pull():
        pass
    seconds = time.perf_counter() - started
    speed, ceiling = EVENTS / seconds, EVENTS / by_hand()
    met = speed >= TARGET
    line(f"ingest, {engine}: from spool to log", f"{speed:,.0f} events/s", f"{ceiling:,.0f} events/s",
         speed / ceiling, f"{TARGET:,}/s", met)  # fmt: skip


def fill_spool() -> None:
    """Events as our own script sends them."""
    from reif.capture.web.ingest import spool
    from reif.kit.clock import now

    chance, moment = random.Random(3), now()
    keys = browsers(chance)
    here = keys[:AT_ONCE]
    lines = [event(chance, here, keys, moment - timedelta(seconds=EVENTS - n)) for n in range(EVENTS)]
    for start in range(0, EVENTS, ROW):
        spool()._store.write(b"\n".join(lines[start : start + ROW]), moment.timestamp())


def browsers(chance: random.Random) -> list[str]:
    """Keys; the first half belong to people that are known, the second was never seen."""
    from reif.crm.models import Person, Visitor
    from reif.kit.clock import now

    moment = now()
    people = [Person(email=f"p{n}@firma{n % 5000}.example", created_at=moment) for n in range(BROWSERS // 2)]
    Person.objects.bulk_create(people, batch_size=1000)
    keys = [str(uuid.UUID(int=chance.getrandbits(128))) for _ in range(BROWSERS)]
    known = [Visitor(key=k, person=p, first_seen=moment, landing_path="/") for k, p in zip(keys, people, strict=False)]
    Visitor.objects.bulk_create(known, batch_size=1000)
    return keys


def event(chance: random.Random, here: list[str], keys: list[str], at: object) -> bytes:
    from reif.door.canonical import Canonical, Context, encode

    who = chance.randrange(len(here))
    if chance.random() < 1 / STAYS:
        here[who] = chance.choice(keys)
    view = chance.random() < 0.8
    query = "?utm_source=letter&utm_medium=email" if chance.random() < 0.1 else ""
    around = Context(
        url=f"https://www.example.com/blog/artikel-{chance.randrange(40)}{query}", title="Artikel", ip="192.0.2.1",
        referrer=chance.choice([None, "https://www.google.com/", "https://www.example.com/"]), consent="personal",
        user_agent=AGENT.format(chance.randrange(100, 140)), library="t.js",
    )  # fmt: skip
    return encode(
        Canonical(
            message_id=str(uuid.UUID(int=chance.getrandbits(128))), type="beacon", at=at, received_at=at,  # type: ignore[arg-type]
            site="default", anonymous_id=here[who], event="view" if view else "click", context=around,
            properties={} if view else {"href": "https://other.example/liste.pdf", "kind": "download"},
        )
    )  # fmt: skip


def by_hand() -> float:
    """Seconds for the same rows of the log by the driver alone."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM log_event ORDER BY id")
        rows = cursor.fetchall()
        marks = ", ".join(["%s"] * len(rows[0]))
        cursor.execute("CREATE TABLE bench_log AS SELECT * FROM log_event WHERE 1 = 0")
        started = time.perf_counter()
        for start in range(0, len(rows), 5000):
            with transaction.atomic():
                cursor.executemany(
                    f"INSERT INTO bench_log VALUES ({marks})", [_plain(r) for r in rows[start : start + 5000]]
                )
    return time.perf_counter() - started


def _plain(row: tuple[Any, ...]) -> list[Any]:
    from psycopg.types.json import Jsonb

    return [Jsonb(value) if isinstance(value, dict) else value for value in row]


if __name__ == "__main__":
    on_both(__file__, bench)

"""How soon after its last event does a ripe lead reach the seller? From the 200 of the door to the mail in the outbox.

The demo's playbook and sellers, a running `reif up`, 50 page views a second, and in every 25 of them one of a person who
looks at the prices as the last thing that was missing. The limit, measured in the same run: the same way as far as the log,
where the event has only been read in.
"""

from __future__ import annotations

import base64
import json
import os
import threading
import time
import urllib.request
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench._engines import line, on_both
from tests.walks.house import House

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reif.log.models import Event

PEOPLE, RATE, AMONG, TARGET = 60, 50, 25, 1.0


def bench(engine: str) -> None:
    house = House(Path(os.environ["REIF_HOME"]), os.environ.get("DATABASE_URL", ""), None)
    house.run("demo", "--no-serve", "--people", "0")
    import django

    django.setup()
    ripe = almost_ripe()
    try:
        house.start()
        accepted, seen, told = drive(house.base, ripe)
    finally:
        house.stop()
    assert len(told) == PEOPLE, f"{len(told)} of {PEOPLE} reached a seller"
    mails = quantiles(told[p] - accepted[p] for p in accepted)
    logged = quantiles(seen[p] - accepted[p] for p in accepted)
    line(f"reaction, {engine}: event to seller's mail, p95", f"{mails[95] * 1000:,.0f} ms", f"{logged[95] * 1000:,.0f} ms",
         mails[95] / max(logged[95], 1e-4), f"{TARGET:.0f} s", mails[95] < TARGET)  # fmt: skip
    print(
        f"  median {mails[50] * 1000:,.0f} ms, slowest {mails[100] * 1000:,.0f} ms; the limit is the event in the log"
    )


def almost_ripe() -> dict[str, int]:
    """People that lack nothing but the prices, by the key of their browser."""
    from reif.crm.attach_visitor import attach
    from reif.crm.upsert import Draft, upsert_people
    from reif.crm.visitors import visitors_for
    from reif.kit.clock import now
    from reif.log.append import append, writing
    from reif.log.catalogue.web import ContentDownloaded, WebinarRegistered
    from reif.log.worker import settle
    from reif.staff.models import User

    User.objects.update(capacity=10 * PEOPLE)
    drafts = [Draft(f"p{n}@firma{n}.example", first_name="Vera", last_name=f"Muster {n}", job_title="Leiterin HR",
                    country="CH", language="de") for n in range(PEOPLE)]  # fmt: skip
    with writing():
        people = [u.person.pk for u in upsert_people(drafts, via="form")]
        for person in people:
            append(ContentDownloaded(person=person, topic="mitarbeiterbindung"))
            append(WebinarRegistered(person=person, topic="recruiting-trends"))
    keys = [str(uuid.uuid4()) for _ in people]
    visitors = visitors_for({key: {"first_seen": now(), "language": "de"} for key in keys})
    attach([(visitors[key].pk, person) for key, person in zip(keys, people, strict=True)])
    settle()
    return dict(zip(keys, people, strict=True))


def drive(base: str, ripe: dict[str, int]) -> tuple[dict[int, float], dict[int, float], dict[int, float]]:
    """When each person's event was accepted, was in the log, and led to a mail, in seconds of one clock."""
    from reif.door.keys import default_key

    key = base64.b64encode(f"{default_key()}:".encode()).decode()
    watch = Watch(set(ripe.values()))
    watch.start()
    accepted: dict[int, float] = {}
    started, waiting = time.perf_counter(), list(ripe.items())
    for n in range(PEOPLE * AMONG):
        time.sleep(max(0.0, started + n / RATE - time.perf_counter()))  # the pace of the load, not a wait
        browser, person = waiting[n // AMONG] if n % AMONG == AMONG - 1 else (str(uuid.uuid4()), 0)
        view(base, key, browser, "/preise" if person else "/blog/neue-hr-tools-2026")
        if person:
            accepted[person] = time.perf_counter()
    watch.join(60)
    return accepted, watch.seen, watch.told


class Watch(threading.Thread):
    """Looks into the database every few milliseconds, as somebody outside."""

    def __init__(self, people: set[int]) -> None:
        super().__init__(daemon=True)
        self.people = people
        self.seen: dict[int, float] = {}
        self.told: dict[int, float] = {}

    def run(self) -> None:
        from reif.channels.models import Message
        from reif.log.models import Event

        views = Event.objects.filter(kind="page.viewed", topic="/preise")
        while len(self.told) < len(self.people):
            for person in people_of(views) & self.people - set(self.seen):
                self.seen[person] = time.perf_counter()
            causes = list(Message.objects.filter(user_id__isnull=False).values_list("id", flat=True))
            for person in assigned(causes) & self.people - set(self.told):
                self.told[person] = time.perf_counter()
            time.sleep(0.004)  # a sampling interval


def assigned(messages: list[int]) -> set[int]:
    """The people whose hand-over these mails tell."""
    from reif.log.models import Effect, Event

    causes = Effect.objects.filter(id__in=messages, cause_id__isnull=False).values("cause_id")
    return people_of(Event.objects.filter(id__in=causes, kind="person.assigned"))


def people_of(events: QuerySet[Event]) -> set[int]:
    return {person for person in events.values_list("person_id", flat=True) if person}


def view(base: str, key: str, browser: str, path: str) -> None:
    body = {
        "anonymousId": browser,
        "messageId": str(uuid.uuid4()),
        "properties": {"url": f"{base}{path}", "path": path},
    }
    head = {"Authorization": f"Basic {key}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{base}/v1/page", json.dumps(body).encode(), head)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert answer.status == 200


def quantiles(values: Any) -> list[float]:
    """The values at 0 to 100 per cent."""
    sorted_ = sorted(values)
    return [sorted_[min(len(sorted_) - 1, int(len(sorted_) * p / 100))] for p in range(101)]


if __name__ == "__main__":
    on_both(__file__, bench)

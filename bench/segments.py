"""How long does it take to find who is in a new segment, of a million people who did twenty million things?

A segment that asks who somebody is, where they work and what they did and did not do, published in a running system: first
build, going through everybody again when nothing changed, and one event more. Everything that hears of it is at work. The
limit, in the same run on the same tables: a query that somebody wrote by hand for this segment alone. Both answers are
compared. EVENTS and PEOPLE can be set in the environment for a smaller run.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from typing import Any

from bench._engines import line, on_both, set_up
from bench._lake import END, Clock, fill_lake
from bench._log import fill_log, fill_people
from bench._segments_by_hand import by_hand

EVENTS, PEOPLE = int(os.environ.get("EVENTS", 20_000_000)), int(os.environ.get("PEOPLE", 1_000_000))
BUILD, DELTA, OTHERS, ROUNDS = 10.0, 50.0, 20, 30
WHEN: dict[str, Any] = {"all": [
    {"field": "country", "op": "one of", "value": ["CH", "DE"]},
    {"field": "company.size", "op": ">=", "value": 50},
    {"did": "mail.opened", "at_least": 2, "within": "180d"},
    {"any": [{"did": "page.viewed", "topic": "/produkt/*", "within": "90d"}, {"did": "content.downloaded"}]},
    {"not": {"did": "mail.unsubscribed"}},
]}  # fmt: skip


def bench(engine: str) -> None:
    os.environ["REIF_LAKE_MEMORY"] = "4GB"
    set_up()
    from reif.kit.clock import travel
    from reif.log.listen import forget_positions
    from reif.log.worker import settle

    with Clock() as filling:
        fill_lake(EVENTS, PEOPLE)
        fill_people(PEOPLE)
        fill_log()
    print(f"  {PEOPLE:,} people and {EVENTS:,} events filled in in {filling.seconds:.0f} s", flush=True)
    with travel(END):
        at_the_end_of_the_log()
        hand = by_hand(engine)
        built = first_build(engine, hand)
        again(engine, hand)
        forget_positions()
        settle()
        one_event(engine)
    sys.exit(0 if built else 1)


def at_the_end_of_the_log() -> None:
    """Everybody who listens has heard all of it."""
    from reif.log.hear import load
    from reif.log.listen import forget_positions
    from reif.log.models import Cursor

    Cursor.objects.bulk_create([Cursor(name=name, position=EVENTS) for name in load()])
    forget_positions()


def first_build(engine: str, hand: tuple[Clock, set[int]]) -> bool:
    """From the publication to the last member, with a worker that does everything else too; then until all have heard."""
    from reif.crm.models import Member
    from reif.log.worker import turn
    from reif.playbook.apply import apply
    from reif.playbook.draft import read_plain

    with Clock() as clock:
        apply(read_plain({"segments": {"segment": [{"key": "warm", "when": WHEN}]}}))
        until_sorted(turn)
    with Clock() as heard:
        while turn():
            pass
    limit, there = hand
    members = set(Member.objects.filter(segment="warm").values_list("person_id", flat=True))
    assert members == there, (len(members), len(there), len(members ^ there))
    met = clock.seconds <= BUILD
    line(f"first build, {engine}", f"{clock.seconds:.1f} s", f"{limit.seconds:.1f} s", clock.seconds / limit.seconds,
         f"{BUILD:.0f} s", met)  # fmt: skip
    print(
        f"  {len(members):,} entered; {clock.cpu:.1f} s of the processor here; after {heard.seconds:.1f} s more, everybody had heard of them",
        flush=True,
    )
    return met


def again(engine: str, hand: tuple[Clock, set[int]]) -> None:
    """Everybody gone through when nothing has changed."""
    from reif.kit.clock import now
    from reif.log.clock import wake
    from reif.log.worker import turn
    from reif.qualify.models import Sorting
    from reif.qualify.segments.keep import TIMER

    with Clock() as clock:
        wake(TIMER, at=now())
        while Sorting.objects.filter(state="done").exists():
            turn()
        until_sorted(turn)
    one = Sorting.objects.get()
    moved = one.entered + one.left  # the clock goes on: what somebody did is 180 days ago by now
    assert moved <= max(PEOPLE // 20_000, 5), (one.entered, one.left)
    limit = hand[0]
    line(f"reconciled, nothing changed, {engine}", f"{clock.seconds:.1f} s", f"{limit.seconds:.1f} s",
         clock.seconds / limit.seconds, f"{BUILD:.0f} s", clock.seconds <= BUILD)  # fmt: skip


def until_sorted(turn: Any) -> None:
    from reif.qualify.models import Sorting

    while not Sorting.objects.filter(state="done").exists() or Sorting.objects.exclude(state="done").exists():
        turn()


def one_event(engine: str) -> None:
    """Among twenty further segments that nobody is in: from the event in the log to the change of its person."""
    from reif.crm.models import Member
    from reif.log.append import append, handling, writing
    from reif.log.catalogue.mail import MailUnsubscribed
    from reif.log.fetch import fetch
    from reif.log.models import Event
    from reif.log.worker import settle
    from reif.playbook.apply import apply
    from reif.playbook.draft import read_plain
    from reif.qualify.segments.keep import refresh

    swiss = {"field": "country", "op": "is", "value": "CH"}
    more = [
        {"key": f"s{n}", "when": {"all": [{"did": "mail.unsubscribed", "at_least": 50 + n}, swiss]}}
        for n in range(OTHERS)
    ]
    apply(read_plain({"segments": {"segment": [{"key": "warm", "when": WHEN}, *more]}}))
    settle()
    people = list(Member.objects.filter(segment="warm").order_by("?").values_list("person_id", flat=True)[:ROUNDS])
    times, cpu = [], []
    for person in people:
        with writing():
            append(MailUnsubscribed(person=person))
        event = Event.objects.latest("id")
        began, busy = time.perf_counter(), time.process_time()
        with handling({event.id: 0}):
            refresh(fetch([event.id], {}))
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - busy) * 1000)
        assert not Member.objects.filter(segment="warm", person=person).exists()
    floor = statistics.median(_floor(person) for person in people)
    took = statistics.median(times)
    line(f"one event, {engine}", f"{took:.1f} ms", f"{floor:.1f} ms", took / floor, f"{DELTA:.0f} ms", took <= DELTA)
    print(
        f"  with {OTHERS} further segments that ask for the same; {statistics.median(cpu):.1f} ms of the processor here;"
        f" the slowest took {max(times):.1f} ms",
        flush=True,
    )


def _floor(person: int) -> float:
    """The row of one person changed in a transaction of its own."""
    from django.db import transaction

    from reif.crm.models import Member
    from reif.kit.clock import now

    began = time.perf_counter()
    with transaction.atomic():
        Member.objects.create(segment="floor", person_id=person, since=now())
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    on_both(__file__, bench)

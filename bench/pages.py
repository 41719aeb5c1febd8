"""How long does the server take for the people list and a person page with 100,000 people?

The limit, measured in the same run: the same client and session asking for the smallest page of the desk (the palette
without letters), which has the frame of every request and nothing else. The target is 100 ms (median).
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench._engines import line, on_both, set_up

PEOPLE, COMPANIES, ROUNDS, TARGET = 100_000, 8_000, 40, 100.0


def bench(engine: str) -> None:
    set_up()
    people = fill()
    get = browser()
    floor = median(lambda: get("/palette?q="))
    cases = {
        "people list": lambda: get("/people"),
        "people list, searched": lambda: get("/people?q=mei"),
        "people list, filtered": lambda: get("/people?g0.r0.field=score&g0.r0.op=>=&g0.r0.value=60"),
        "people list, counted": lambda: get("/people/count"),
        "source tree, 90 days": lambda: get("/sources?days=90"),
        "source tree, 365 days, open": lambda: get("/sources?days=365&open=REFERRALS"),
        "funnel, 90 days": lambda: get("/funnel?days=90"),
        "person page": lambda: get(f"/people/{random.choice(people)}"),
    }
    for name, ask in cases.items():
        took = median(ask)
        line(f"{name}, {engine}", f"{took:.1f} ms", f"{floor:.1f} ms", took / floor, f"{TARGET:.0f} ms", took < TARGET)


def fill() -> list[int]:
    """100,000 people in 8,000 companies, and forty events for each of 500 of them; returns those."""
    from django.db import connection

    from reif.crm.models import Company, Person, Visitor
    from reif.kit.clock import now
    from reif.log.append import append, writing
    from reif.log.catalogue.mail import MailOpened
    from reif.log.catalogue.web import PageViewed

    draw, moment = random.Random(1), now()
    names = ["Meier", "Müller", "Schmid", "Keller", "Weber", "Huber", "Brunner", "Fischer", "Steiner", "Gerber"]
    companies = [Company(name=f"Firma {n} AG", domain=f"firma{n}.example", created_at=moment) for n in range(COMPANIES)]
    Company.objects.bulk_create(companies, batch_size=5000)
    ids = list(Company.objects.values_list("id", flat=True))
    stages = ["lead", "lead", "lead", "mql", "sql", "customer"]
    rows = [
        Person(
            email=f"p{n}@firma{n % COMPANIES}.example", first_name=f"Vorname{n % 700}", last_name=draw.choice(names),
            company_id=ids[n % COMPANIES], score=draw.randint(0, 120), stage=draw.choice(stages), country="CH",
            created_at=moment - timedelta(minutes=n),
        )
        for n in range(PEOPLE)
    ]  # fmt: skip
    Person.objects.bulk_create(rows, batch_size=5000)
    known = list(Person.objects.order_by("id").values_list("id", flat=True)[:500])
    Visitor.objects.bulk_create([Visitor(key=f"v{p}", person_id=p, first_seen=moment) for p in known])
    with writing():
        append(
            *(PageViewed(person=p, topic=f"/blog/{n % 7}", title=f"Artikel {n % 7}") for p in known for n in range(25))
        )
        append(*(MailOpened(person=p, topic="hr-tools") for p in known for n in range(15)))
    lay_out_sources(draw)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return known


def lay_out_sources(draw: random.Random) -> None:
    """One touch of each person, within the last 400 days, and the stages up to the present one."""
    from reif.crm.models import SOURCES, Origin, Person, StageSpell, Touch
    from reif.crm.reached import reach
    from reif.crm.sourced import lay_out_all
    from reif.kit.clock import now

    moment = now()
    people = list(Person.objects.order_by("id").only("id", "stage"))
    touches = [
        Touch(
            person=person, kind="visit", source=draw.choice(SOURCES), detail_1=f"seite{n % 400}.example",
            detail_2=f"/artikel/{n % 3000}", at=moment - timedelta(minutes=draw.randrange(400 * 24 * 60)),
        )
        for n, person in enumerate(people)
    ]  # fmt: skip
    made = Touch.objects.bulk_create(touches, batch_size=5000)
    origins: list[Any] = [Origin(person=t.person, first=t, last=t, lead=t, lead_at=t.at) for t in made]
    Origin.objects.bulk_create(origins, batch_size=5000)
    spells = [StageSpell(person=p, stage=p.stage, entered_at=t.at) for p, t in zip(people, made, strict=True)]
    StageSpell.objects.bulk_create(spells, batch_size=5000)
    reach({p.pk: "" for p in people}, (), spells)
    lay_out_all()


def browser() -> Callable[[str], None]:
    """A signed-in client of the marketing role."""
    from django.test import Client

    from reif.staff.models import User

    client = Client(headers={"host": "localhost"})
    user = User.objects.create_user("bench@desk.example", "bench-pass-1", role="marketing")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def get(path: str) -> None:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    return get


def median(ask: Callable[[], None]) -> float:
    """Milliseconds; the first three are not counted."""
    took = []
    for n in range(ROUNDS + 3):
        start = time.perf_counter()
        ask()
        if n >= 3:
            took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


if __name__ == "__main__":
    on_both(__file__, bench)

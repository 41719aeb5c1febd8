"""People with a history whose truth is known: who reads prices and comes from webinars becomes SQL, others rarely."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from reif.crm.models import Company, Person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonStaged
from reif.log.catalogue.web import PageViewed, WebinarRegistered
from reif.log.fact import Fact

DAY = timedelta(days=1)


def a_town(
    people: int = 700, seed: int = 5, days: int = 300, end: datetime | None = None, wave: str = "", turned: bool = False
) -> list[Person]:
    """With a log: page views, webinars, and SQL some days after prices were read by those at larger companies.

    wave: a word that sets these people apart. turned: a world in which who is keen at a large company hardly ever buys.
    """
    draw, end = random.Random(seed), end or now()
    firms = Company.objects.bulk_create(
        [Company(name=f"Firma {wave}{n}", domain=f"f{wave}{n}.example", created_at=end - 400 * DAY, size=draw.choice([8, 40, 300]),
                 industry=draw.choice(["Software", "Handel"])) for n in range(40)]
    )  # fmt: skip
    folk = Person.objects.bulk_create([_somebody(n, draw, firms, end, days, wave) for n in range(people)])
    facts: list[Fact] = []
    for person in folk:
        facts += _life(person, draw, end, turned)
    with writing():
        append(*sorted(facts, key=lambda f: f.at or end))
    return list(folk)


def _somebody(n: int, draw: random.Random, firms: list[Company], end: datetime, days: int, wave: str) -> Person:
    return Person(
        email=f"p{wave}{n}@f{n % 40}.example", created_at=end - draw.uniform(1, days) * DAY, company=draw.choice(firms),
        source=draw.choice(["webinar", "organic_search", "paid_search"]), country=draw.choice(["CH", "DE"]),
        job_title=draw.choice(["Leiterin HR", "Head of IT", "Praktikant", ""]), stage="lead", stage_at=end - days * DAY,
    )  # fmt: skip


def _life(person: Person, draw: random.Random, end: datetime, turned: bool) -> list[Fact]:
    keen = draw.random() < (0.5 if person.source == "webinar" else 0.15)
    facts: list[Fact] = []
    at = person.created_at + draw.uniform(0, 3) * DAY
    for _n in range(draw.randrange(1, 9)):
        path = "/preise" if keen and draw.random() < 0.6 else f"/blog/{draw.randrange(5)}"
        facts.append(PageViewed(person=person.pk, topic=path, at=at))
        at += draw.expovariate(1 / 4) * DAY
    if keen:
        facts.append(WebinarRegistered(person=person.pk, topic="demo", at=at))
    likely = keen and ((person.company and person.company.size) or 0) > 20
    if draw.random() < (0.04 if likely else 0.4) if turned else draw.random() < (0.75 if likely else 0.04):
        facts.append(PersonStaged(person=person.pk, topic="sql", came_from="lead", at=at + draw.uniform(1, 12) * DAY))
    return [fact for fact in facts if fact.at and fact.at <= end]

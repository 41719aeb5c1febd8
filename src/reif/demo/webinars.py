"""The webinar of last month: who had a seat, who came and for how long, who missed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from reif.attract.models import Webinar
from reif.demo.history import History
from reif.demo.people import Someone
from reif.log.append import append, writing
from reif.log.catalogue.web import WebinarAttended, WebinarMissed, WebinarRegistered

SLUG = "bleibegespraeche"
STAYS = (4, 9, 17, 24, 31, 38, 41, 43, 44, 45, 45, 45, 45)


def plan_webinar(history: History, random: Random, known: Mapping[int, Someone]) -> None:
    """Seats in the fortnight before, in three heaps; afterwards the list of the meeting tool is taken over."""
    webinar = Webinar.objects.get(slug=SLUG)
    seated: list[int] = []
    for days in (14, 8, 2):
        history.plan(webinar.starts_at - timedelta(days=days, hours=3), _register, random, known, seated)
    history.plan(webinar.ends_at + timedelta(hours=4), _end, random, seated)


def _register(random: Random, known: Mapping[int, Someone], seated: list[int]) -> None:
    people = [person for person in sorted(known) if person not in seated]
    chosen = random.sample(people, min(len(people), max(4, len(known) // 40)))
    with writing():
        append(*(WebinarRegistered(person=person, topic=SLUG) for person in chosen))
    seated += chosen


def _end(random: Random, seated: list[int]) -> None:
    with writing():
        for person in seated:
            if random.random() < 0.58:
                append(WebinarAttended(person=person, topic=SLUG, minutes=random.choice(STAYS)))
            else:
                append(WebinarMissed(person=person, topic=SLUG))

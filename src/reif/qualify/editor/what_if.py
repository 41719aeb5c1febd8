"""What people would have under a model that is not in force: their real deeds, scored by it, and nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from reif.crm.models import Person, Standing, Visitor
from reif.crm.set_score import Place
from reif.kit.clock import now
from reif.log.event import Event, event_of
from reif.log.models import Event as Stored
from reif.qualify.scoring.deeds import IDENTIFIED, deeds
from reif.qualify.scoring.engine import Engine
from reif.qualify.scoring.places import Purse, over
from reif.qualify.scoring.worth import age, worth
from reif.qualify.ways import Model
from reif.rules.record import records

NO_BUILD = -1
SAMPLE, EVENTS = 200, 30_000


@dataclass
class Found:
    """places: by person. fired: by rule, how many of them have it. events: by rule, what earned it. taken: by group,
    the cents that its ceiling takes, of so many (`up`)."""

    places: dict[int, Place]
    fired: Counter[str] = field(default_factory=Counter)
    events: dict[str, set[int]] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    up: Counter[str] = field(default_factory=Counter)


def what_if(model: Model, people: Iterable[int]) -> Found:
    """Reckon these people, whatever the number of them in few queries."""
    engine, moment, ids = Engine(model, 0), now(), list(people)
    purses = {person: Purse(engine) for person in ids}
    found, has = Found({}), {person: set[str]() for person in ids}
    for row in engine.earned(deeds(_events(engine, ids), engine.kinds), NO_BUILD):
        if row.person in purses:
            cents = worth(row.points, engine.fading[row.rule], age(row.given_at, moment))
            purses[row.person].add(row.rule, cents, max(cents, 0))
            has[row.person].add(row.rule)
            found.events.setdefault(row.rule, set()).add(row.event)
    out = dict.fromkeys(ids, "")
    for person, record in (records(ids, *engine.profile) if engine.profile else {}).items():
        out[person] = engine.left_out(record, moment)
        for rule, points in engine.worth(record, moment).items():
            purses[person].add(rule, points * 100, max(points, 0) * 100)
            has[person].add(rule)
    for person, purse in purses.items():
        found.places[person] = purse.place((person, model.key), "", out[person])
        found.fired.update(has[person])
        found.taken.update(over(engine, purse.up))
        found.up.update(purse.up)
    return found


def sample(model: str, size: int) -> list[int]:
    """Real people from the whole range: the best, and the latest."""
    places = Standing.objects.counting().filter(model=model, person__erased_at=None)
    best = list(places.order_by("-score", "-person_id").values_list("person_id", flat=True)[: size // 2])
    rest = Person.objects.living().exclude(id__in=best).order_by("-id").values_list("id", flat=True)
    return best + list(rest[: size - len(best)])


def _events(engine: Engine, people: list[int]) -> list[Event[Any]]:
    """What they did, and the events that say whose browser it was; the latest when there are very many."""
    visitors = list(Visitor.objects.filter(person__in=people).values_list("id", flat=True))
    mine = Q(person_id__in=people, kind__in=engine.kinds) | Q(kind=IDENTIFIED, visitor_id__in=visitors)
    later = Q(person_id=None, visitor_id__in=visitors, kind__in=engine.kinds)
    rows = Stored.objects.filter(mine | later).order_by("-id")[:EVENTS]
    return [event_of(row) for row in reversed(rows)]

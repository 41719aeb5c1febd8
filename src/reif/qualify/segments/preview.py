"""How many people a condition means: at once an estimate from a sample, then everybody counted, with a few names."""

from __future__ import annotations

from math import isqrt
from typing import NamedTuple

from django.db.models import F, Max, Min, Q, Value
from django.db.models.functions import Mod

from reif.crm.models import Person
from reif.kit.clock import now
from reif.lake.sync import sync
from reif.qualify.segments.answers import READ, ask
from reif.rules.predicates import Did, Predicate, leaves
from reif.rules.sql import where
from reif.staff.models import User

SAMPLE, SMALL, NAMES = 5_000, 20_000, 10


class Preview(NamedTuple):
    """exact: everybody was counted. whole: of how many, when so. people: some of them, the best score first."""

    number: int
    exact: bool
    people: list[Person]


def preview(predicate: Predicate, user: User, exact: bool) -> Preview:
    """An estimate for many people unless exact is wanted; two or three queries."""
    living = Person.objects.living().visible_to(user)
    ends = Person.objects.aggregate(first=Min("id"), last=Max("id"))
    span = (ends["last"] or 0) - (ends["first"] or 0) + 1
    holds = _by_the_lake(predicate) if exact and span > SMALL else None
    meant = living.filter(where(predicate, now()) if holds is None else holds)
    if exact or span <= SMALL:
        return Preview(meant.order_by().count(), True, list(meant.order_by("-score", "-id")[:NAMES]))
    every = _prime(span // SAMPLE)
    sampled = meant.annotate(slot=Mod(F("id"), Value(every))).filter(slot=every // 2)
    return Preview(sampled.order_by().count() * every, False, [])


def _prime(least: int) -> int:
    """The next prime number, so that no cycle in the order of people falls in with the sample."""
    number = max(2, least)
    while any(number % n == 0 for n in range(2, isqrt(number) + 1)):
        number += 1
    return number


def _by_the_lake(predicate: Predicate) -> Q | None:
    """The condition with what people did asked of the lake; None when it asks for nothing, or the lake is far behind."""
    did = tuple(dict.fromkeys(leaf for leaf in leaves(predicate) if isinstance(leaf, Did)))
    if not did or sync(READ) == READ:
        return None
    asked = ask(did)
    return where(predicate, asked.at, asked.did(0, None))

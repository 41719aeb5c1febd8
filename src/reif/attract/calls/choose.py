"""Which calls are shown here, to this visitor, in which order?"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from hashlib import blake2b

from reif.attract.calls.showing import Asked, Showing, holds, read
from reif.attract.models import Call
from reif.crm.models import Person
from reif.kit.clock import now
from reif.rules.predicates import EVERYBODY, All, Is, Predicate
from reif.rules.sql import where

MOST = 20


def choose(calls: Iterable[Call], asked: Asked) -> list[tuple[Call, Showing]]:
    """Those whose rules hold, the most important first; of a group one, for a known visitor always the same."""
    fitting = [(call, rules) for call in calls if holds(rules := read(call.rules), asked)]
    fitting = [(call, rules) for call, rules in fitting if _knows(rules, asked.who.person)]
    return [(call, rules) for call, rules in fitting if call.pk in _drawn(fitting, asked)][:MOST]


def condition(rules: Showing) -> Predicate:
    """Stages and segments as one predicate; a segment that is gone, or archived, has nobody in it."""
    parts: list[Predicate] = []
    if rules.stages:
        parts.append(Is("stage", "one of", rules.stages))
    if rules.segments:
        parts.append(Is("segment", "one of", tuple(rules.segments)))
    return All(tuple(parts)) if parts else EVERYBODY


def _knows(rules: Showing, person: int | None) -> bool:
    if not rules.stages and not rules.segments:
        return True
    if person is None:
        return False
    return Person.objects.filter(where(condition(rules), now()), pk=person).exists()


def _drawn(fitting: list[tuple[Call, Showing]], asked: Asked) -> set[int]:
    groups: dict[str, list[Call]] = {}
    for call, _rules in fitting:
        groups.setdefault(call.group or f"#{call.pk}", []).append(call)
    return {_one(group, calls, asked.who.visitor).pk for group, calls in groups.items()}


def _one(group: str, calls: list[Call], visitor: int | None) -> Call:
    """By weight: a known visitor by a number that is theirs, anybody else by chance."""
    whole = sum(call.weight for call in calls)
    if len(calls) == 1 or not whole:
        return calls[0]
    share = (
        int.from_bytes(blake2b(f"{group}\0{visitor}".encode(), digest_size=8).digest())
        if visitor
        else secrets.randbits(64)
    )
    place = share % whole
    for call in sorted(calls, key=lambda one: one.pk):
        place -= call.weight
        if place < 0:
            return call
    return calls[-1]

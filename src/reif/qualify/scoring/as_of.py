"""Conditions of rules as of a deed: who somebody is now, what somebody had done by then.

A deed knows of those that are not after it in the order (known, id); so a replay reads what was read when it happened.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from reif.crm.models import Visitor
from reif.log.models import Event as Stored
from reif.qualify.scoring.deeds import IDENTIFIED, Deed
from reif.qualify.ways import Rule
from reif.rules.did import UNKNOWN, matching
from reif.rules.memory import reader
from reif.rules.predicates import Did, Is, Predicate, leaves
from reif.rules.record import Key, Record, belongs, records


class Done(NamedTuple):
    """Something that somebody had done, in the order of deeds."""

    known: int
    id: int
    kind: str
    topic: str
    at: datetime


def holding(found: Sequence[tuple[Deed, Rule]]) -> list[tuple[Deed, Rule]]:
    """Those whose rule has no condition, or one that holds."""
    asked: dict[str, Predicate] = {rule.key: rule.when for _deed, rule in found if rule.when}
    people = {deed.person for deed, rule in found if rule.when}
    dids = {(leaf.kind, leaf.topic): leaf for p in asked.values() for leaf in leaves(p) if isinstance(leaf, Did)}
    facts = records(people, *(leaf for p in asked.values() for leaf in leaves(p) if isinstance(leaf, Is)))
    past = _past(people, dids.values()) if dids else {}
    readers = {key: reader(when) for key, when in asked.items()}
    kept = []
    for deed, rule in found:
        if rule.when is None or (
            (record := facts.get(deed.person)) and readers[rule.key](_then(record, past, deed, dids), deed.at)
        ):
            kept.append((deed, rule))
    return kept


def _then(record: Record, past: dict[int, list[Done]], deed: Deed, dids: Iterable[Key]) -> Record:
    done = past.get(deed.person, [])
    done = done[: bisect_right(done, (deed.known, deed.id), key=lambda d: (d.known, d.id))]
    did = {key: sorted(d.at for d in done if belongs(key, d.kind, d.topic)) for key in dids}
    return Record(record.id, record.values, did, record.raw)


def _past(people: set[int], asked: Iterable[Did]) -> dict[int, list[Done]]:
    """All that these people did of these kinds, in order. Three queries."""
    wanted = Q(pk__in=())
    for leaf in asked:
        wanted |= matching(leaf)
    columns = ("id", "kind", "topic", "at")
    past: dict[int, list[Done]] = defaultdict(list)
    own = Stored.objects.filter(wanted, person_id__in=people)
    for person, id_, kind, topic, at in own.values_list("person_id", *columns):
        past[person or 0].append(Done(id_, id_, kind, topic, at))
    owners = dict(Visitor.objects.filter(person__in=people).values_list("id", "person_id"))
    since: dict[int, int] = {}
    said = Stored.objects.filter(visitor_id__in=owners, kind=IDENTIFIED).order_by("-id")
    for visitor, id_ in said.values_list("visitor_id", "id"):
        since[visitor or 0] = id_
    earlier = Stored.objects.filter(wanted, UNKNOWN, visitor_id__in=since)
    for visitor, id_, kind, topic, at in earlier.values_list("visitor_id", *columns):
        past[owners[visitor or 0] or 0].append(Done(max(id_, since[visitor or 0]), id_, kind, topic, at))
    return {person: sorted(done) for person, done in past.items()}

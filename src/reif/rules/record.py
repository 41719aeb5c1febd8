"""People as the memory reading sees them: only the values and behaviours that the predicates ask for."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from reif.crm.models import Member, Person, Standing, Visitor
from reif.log.models import Event
from reif.rules.did import UNKNOWN, matching
from reif.rules.fields import Field, Type, field_of
from reif.rules.predicates import Did, Is, Predicate, leaves
from reif.rules.sql import DERIVED
from reif.rules.values import domain_of

CHUNK = 5000
Key = tuple[str, str]


class Record:
    """One person. `values`: by field name, None when missing, text folded. `raw`: the same as people wrote it.

    `did`: the times of events by (kind, topic of the rule), oldest first. What was not asked for is not here, and
    reading it raises KeyError.
    """

    __slots__ = ("did", "id", "raw", "values")

    def __init__(self, id: int, values: dict[str, Any], did: dict[Key, list[datetime]], raw: dict[str, Any]) -> None:
        self.id, self.values, self.did, self.raw = id, values, did, raw

    def saw(self, kind: str, topic: str, at: datetime) -> None:
        """One more event of this person, by no machine; kept under every key that it belongs to."""
        for key, times in self.did.items():
            if belongs(key, kind, topic):
                insort(times, at)


def belongs(key: Key, kind: str, topic: str) -> bool:
    """Whether an event of this kind and topic counts for a (kind, topic) of a rule."""
    if key[0] != kind:
        return False
    asked = key[1]
    return not asked or topic == asked or (asked.endswith("*") and topic.startswith(asked[:-1]))


def records(people: Iterable[int], *predicates: Predicate) -> dict[int, Record]:
    """The records of these people, with all that the predicates ask for, in at most four queries for 5,000 people."""
    parts = [leaf for p in predicates for leaf in leaves(p)]
    fields = {leaf.field: field_of(leaf.field) for leaf in parts if isinstance(leaf, Is)}
    dids = {(leaf.kind, leaf.topic): leaf for leaf in parts if isinstance(leaf, Did)}
    found: dict[int, Record] = {}
    for ids in _chunks(people):
        found |= _load(ids, [f for f in fields.values() if f], dids)
    return found


def _chunks(people: Iterable[int]) -> Iterator[list[int]]:
    ids = list(dict.fromkeys(people))
    return (ids[i : i + CHUNK] for i in range(0, len(ids), CHUNK))


def _load(ids: list[int], fields: list[Field], dids: dict[Key, Did]) -> dict[int, Record]:
    plain = [f for f in fields if f.path and not f.model]
    columns = list(dict.fromkeys(c for f in plain for c in (stored_column(f), f.raw)))
    derived = {f.name: _holding(f.name, ids) for f in fields if f.name in DERIVED}
    asks_segment = any(f.name == "segment" for f in fields)
    inside = _segments(ids) if asks_segment else {}
    found: dict[int, Record] = {}
    for row in Person.objects.filter(id__in=ids).values("id", *columns):
        values = {f.name: read_value(f, row[stored_column(f)]) for f in plain}
        raw = {f.name: _raw(f, row[f.raw]) for f in plain}
        for name, holding in derived.items():
            values[name] = raw[name] = row["id"] in holding
        if asks_segment:
            values["segment"] = raw["segment"] = inside.get(row["id"], frozenset())
        found[row["id"]] = Record(row["id"], values, {key: [] for key in dids}, raw)
    _stand(found, [f for f in fields if f.model])
    if dids and found:
        _fill(found, dids)
    return found


def _stand(found: dict[int, Record], fields: list[Field]) -> None:
    """Scores in models that are not the main one."""
    if not fields:
        return
    models, places = {f.model for f in fields}, {}
    for place in Standing.objects.counting().filter(model__in=models, person__in=found):
        places[place.person_id, place.model] = place
    for person, record in found.items():
        for field in fields:
            record.values[field.name] = record.raw[field.name] = _stands(field, places.get((person, field.model)))


def _stands(field: Field, place: Standing | None) -> Any:
    name = field.name.partition(".")[0]
    stored = getattr(place, name) if place else None
    if field.type is Type.TRUTH:
        return bool(stored)
    return (stored or None) if field.missing else (stored or 0)


def stored_column(field: Field) -> str:
    """The column of a person from which a field is read."""
    return field.path.removesuffix("__mail_domain")


def read_value(field: Field, stored: Any) -> Any:
    """A field's value from what is stored; None when it is missing."""
    match field.type:
        case Type.TRAIT:
            return _trait(stored.get(field.key)) if stored else None
        case Type.TRUTH:
            return stored is not None
        case Type.KEYS:
            return frozenset((stored or "").split())
        case _ if field.name == "email_domain":
            return (domain_of(stored) or None) if stored else None
    return None if stored == "" else stored


def _raw(field: Field, stored: Any) -> Any:
    return read_value(field, stored)


def _trait(stored: Any) -> Any:
    return None if stored == "" else stored


def _holding(name: str, ids: list[int]) -> set[int]:
    return set(Person.objects.filter(DERIVED[name](), id__in=ids).values_list("id", flat=True))


def _segments(ids: list[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for person, segment in Member.objects.filter(person__in=ids).values_list("person_id", "segment"):
        found[person].add(segment)
    return {person: frozenset(keys) for person, keys in found.items()}


def _fill(found: dict[int, Record], dids: dict[Key, Did]) -> None:
    for person, kind, topic, at in _events(list(found), dids):
        found[person].saw(kind, topic, at)


def _events(ids: list[int], dids: dict[Key, Did]) -> Iterator[tuple[int, str, str, datetime]]:
    """Own events, then those of their visitors; of the kinds asked for, without machines."""
    asked = Q()
    for leaf in _widest(dids):
        asked |= matching(leaf)
    columns = ("kind", "topic", "at")
    yield from Event.objects.filter(asked, person_id__in=ids).order_by("at").values_list("person_id", *columns)
    owners = dict(Visitor.objects.filter(person__in=ids).values_list("id", "person_id"))
    visitors = list(owners)
    for start in range(0, len(visitors), CHUNK):
        mine = Event.objects.filter(asked, UNKNOWN, visitor_id__in=visitors[start : start + CHUNK])
        for visitor, kind, topic, at in mine.order_by("at").values_list("visitor_id", *columns):
            yield owners[visitor] or 0, kind, topic, at


def _widest(dids: dict[Key, Did]) -> list[Did]:
    """One leaf a query has to match; a kind asked for without topic covers the same kind with one."""
    whole = {kind for kind, topic in dids if not topic}
    return [leaf for (kind, topic), leaf in dids.items() if not topic or kind not in whole]

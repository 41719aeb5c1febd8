"""What people had done by then: out of the lake for many, out of the log for a few. Both give the same rows.

An anonymous deed counts from the moment at which it was known whose it was; a machine's never.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from reif.crm.models import Visitor
from reif.lake.open import open_lake
from reif.log.models import Event
from reif.qualify.predict.shape import KINDS, PAST, WINDOWS, Floats, Shape
from reif.rules.did import UNKNOWN, may_be_machine
from reif.rules.trait_sql import NotTrue

DAY = 86_400_000_000  # microseconds
Ints = NDArray[np.int64]


class Asked(NamedTuple):
    """People and the moments at which one asks about them (microseconds since 1970), one row each."""

    people: Ints
    at: Ints


class Done(NamedTuple):
    """One row for each deed and sort: which question, which sort, how many days before."""

    row: Ints
    code: Ints
    age: NDArray[np.float64]


def micros(at: datetime) -> int:
    """A moment as the lake counts it."""
    return int(at.timestamp() * 1_000_000)


def done_in_lake(asked: Asked, shape: Shape) -> Done:
    """For any number of questions, in one pass."""
    pairs = {"i": np.arange(len(asked.people)), "person": asked.people, "at": asked.at}
    with open_lake() as lake:
        kinds = sorted(shape.kinds)
        told = lake.execute(
            "SELECT DISTINCT kind, topic FROM deeds WHERE kind IN (SELECT unnest(?::VARCHAR[]))", [kinds]
        ).fetchall()
        coded = [(kind, topic, code) for kind, topic in told for code in shape.codes_of(kind, topic)]
        if not coded or not len(asked.people):
            return _nothing()
        codes = {
            "kind": np.array([c[0] for c in coded], dtype=object), "topic": np.array([c[1] for c in coded], dtype=object),
            "code": np.array([c[2] for c in coded], dtype=np.int64),
        }  # fmt: skip
        lake.register("pairs", pairs)
        lake.register("codes", codes)
        found = lake.execute(_IN_LAKE).fetchnumpy()
    return Done(*(np.asarray(found[name]) for name in ("i", "code", "age")))


_IN_LAKE = f"""WITH since AS (SELECT i.visitor, epoch_us(e."at") AS us FROM identified i JOIN events e ON e.id = i.since),
asked AS (SELECT DISTINCT person FROM pairs),
mine AS (SELECT d.person, c.code, epoch_us(d."at") AS us,
    CASE WHEN d.known > d.id THEN greatest(epoch_us(d."at"), s.us) ELSE epoch_us(d."at") END AS known
  FROM deeds d JOIN asked a ON a.person = d.person JOIN codes c ON c.kind = d.kind AND c.topic = d.topic
  LEFT JOIN since s ON s.visitor = d.visitor)
SELECT p.i, m.code, (p."at" - m.us) / {DAY}.0 AS age FROM pairs p JOIN mine m ON m.person = p.person
WHERE m.known <= p."at" AND m.us <= p."at" AND m.us > p."at" - {PAST} * {DAY}::BIGINT"""


class Deed(NamedTuple):
    """place: of the person among those asked about. age: in days."""

    place: int
    kind: str
    topic: str
    age: float


def deeds_in_log(people: list[int], at: datetime, kinds: frozenset[str]) -> list[Deed]:
    """For a few people at one moment, now or close to it; three queries."""
    places = {person: row for row, person in enumerate(people)}
    owners = dict(Visitor.objects.filter(person__in=people).values_list("id", "person_id"))
    lately = _of(kinds) & Q(at__lte=at, at__gt=at - timedelta(days=PAST))
    columns = ("kind", "topic", "at")
    own = Event.objects.filter(lately, person_id__in=people).values_list("person_id", *columns)
    found = [_deed(places[person], kind, topic, then, at) for person, kind, topic, then in own if person]
    if owners:
        theirs = Event.objects.filter(lately, UNKNOWN, visitor_id__in=list(owners)).values_list("visitor_id", *columns)
        found += [
            _deed(places[owners[visitor] or 0], kind, topic, then, at)
            for visitor, kind, topic, then in theirs
            if visitor
        ]
    return found


def coded(deeds: list[Deed], shape: Shape) -> Done:
    """The same as sorts of a shape."""
    known: dict[tuple[str, str], list[int]] = {}
    found: list[tuple[int, int, float]] = []
    for place, kind, topic, age in deeds:
        if (kind, topic) not in known:
            known[kind, topic] = shape.codes_of(kind, topic)
        found += [(place, code, age) for code in known[kind, topic]]
    if not found:
        return _nothing()
    rows, codes, ages = zip(*found, strict=True)
    return Done(np.array(rows), np.array(codes), np.array(ages, dtype=float))


def _deed(place: int, kind: str, topic: str, then: datetime, at: datetime) -> Deed:
    return Deed(place, kind, topic, (at - then).total_seconds() / 86400)


def _of(kinds: frozenset[str]) -> Q:
    machines = [kind for kind in kinds if may_be_machine(kind)]
    return Q(kind__in=sorted(kinds)) & (~Q(kind__in=machines) | Q(NotTrue("body", "machine")))


def counted(done: Done, rows: int, shape: Shape) -> tuple[Floats, Floats]:
    """Days since the last deed and days with deeds; and counts by window and sort of deed."""
    width = shape.codes
    counts = []
    for days in WINDOWS:
        lately = done.age <= days
        flat = done.row[lately] * width + done.code[lately]
        counts.append(np.bincount(flat, minlength=rows * width).reshape(rows, width))
    plain = (done.code < len(KINDS)) & (done.age <= PAST)
    last = np.full(rows, np.nan)
    order = np.argsort(-done.age[plain], kind="stable")
    last[done.row[plain][order]] = done.age[plain][order]
    days_of = np.unique(done.row[plain] * 1000 + np.floor(done.age[plain]).astype(np.int64))
    active = np.bincount(days_of[days_of % 1000 < 90] // 1000, minlength=rows)
    return np.column_stack([last, active]).astype(np.float32), np.hstack(counts).astype(np.float32)


def _nothing() -> Done:
    return Done(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))

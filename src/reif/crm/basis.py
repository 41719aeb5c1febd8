"""Why we may process somebody's data: record it, end it. The one place that writes `Person.basis`, the strongest in force.

Says basis.recorded, basis.ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from reif.crm.deadlines import watch_deadlines
from reif.crm.models import Basis, BasisKind, Person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import BasisEnded, BasisRecorded

ORDER = list(BasisKind.values)
A_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Ground:
    """One basis of one person. came_from: `form:demo`, `deal:7`, `import:3`, `hand`. told: False for data that came from
    elsewhere: their owner must be informed within a month (GDPR Art. 14)."""

    person: int
    kind: str
    came_from: str = ""
    evidence: str = ""
    at: datetime | None = None
    until: datetime | None = None
    told: bool = True
    cause: int | None = None
    actor: int | None = None


def record(grounds: Iterable[Ground]) -> int:
    """Store those that are not in force yet. Returns how many. Raises ValueError for an unknown kind."""
    wanted = {(g.person, BasisKind(g.kind).value, g.came_from): g for g in grounds}
    people = {p for p, _kind, _from in wanted}
    with writing():
        open_ones = Basis.objects.filter(person__in=people).filter(_in_force(now()))
        there = set(open_ones.values_list("person_id", "kind", "came_from"))
        countries = dict(Person.objects.living().filter(id__in=people).values_list("id", "country"))
        fresh = {key: g for key, g in wanted.items() if key not in there and g.person in countries}
        rows = [_row(g, countries[g.person]) for g in fresh.values()]
        Basis.objects.bulk_create(rows, batch_size=500)
        append(*(_recorded(row, g) for row, g in zip(rows, fresh.values(), strict=True)))
        _set_strongest({row.person_id for row in rows})
        if any(row.valid_to for row in rows):
            watch_deadlines()
    return len(rows)


def end(people: Iterable[int], kind: str, cause: int | None = None, actor: int | None = None) -> int:
    """This basis does not hold any more for these people. Returns how many rows ended."""
    moment = now()
    with writing():
        rows = list(Basis.objects.select_for_update().filter(_in_force(moment), person__in=list(people), kind=kind))
        Basis.objects.filter(id__in=[r.pk for r in rows]).update(valid_to=moment)
        append(*(BasisEnded(person=r.person_id, topic=kind, basis=r.pk, cause=cause, actor=actor) for r in rows))
        _set_strongest({r.person_id for r in rows})
    return len(rows)


def in_force(person: Person) -> list[Basis]:
    """The strongest first."""
    rows = Basis.objects.filter(person=person).filter(_in_force(now()))
    return sorted(rows, key=lambda b: (ORDER.index(b.kind), b.valid_from))


def run_out() -> int:
    """Look again at the people whose basis ended by its date since yesterday."""
    moment = now()
    ended = Basis.objects.filter(valid_to__lte=moment, valid_to__gt=moment - timedelta(days=3))
    people = set(ended.exclude(person__basis="").values_list("person_id", flat=True))
    _set_strongest(people)
    return len(people)


def informed(people: Iterable[int], at: datetime | None = None) -> int:
    """These were told where their data come from (GDPR Art. 14)."""
    open_ones = Basis.objects.filter(person__in=list(people), inform_by__isnull=False, informed_at=None)
    return open_ones.update(informed_at=at or now())


def _in_force(moment: datetime) -> Q:
    return Q(valid_from__lte=moment) & (Q(valid_to=None) | Q(valid_to__gt=moment))


def _row(ground: Ground, country: str) -> Basis:
    at = ground.at or now()
    return Basis(
        person_id=ground.person, kind=ground.kind, jurisdiction=country, came_from=ground.came_from[:100],
        evidence=ground.evidence, valid_from=at, valid_to=ground.until, actor_id=ground.actor,
        inform_by=None if ground.told else at + A_MONTH,
    )  # fmt: skip


def _recorded(row: Basis, ground: Ground) -> BasisRecorded:
    return BasisRecorded(
        person=row.person_id, topic=row.kind, basis=row.pk, cause=ground.cause, actor=ground.actor, at=ground.at
    )


def _set_strongest(people: Iterable[int]) -> None:
    wanted = list(people)
    best: dict[int, str] = {}
    rows = Basis.objects.filter(person__in=wanted).filter(_in_force(now()))
    for person, kind in rows.values_list("person_id", "kind"):
        best[person] = min(kind, best.get(person, kind), key=ORDER.index)
    groups: dict[str, list[int]] = defaultdict(list)
    for person in wanted:
        groups[best.get(person, "")].append(person)
    for kind, some in groups.items():
        Person.objects.filter(id__in=some).exclude(basis=kind).update(basis=kind)

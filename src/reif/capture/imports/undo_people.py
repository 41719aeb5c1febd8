"""The people of an import, taken back.

Whoever was made by it and has done nothing since is forgotten. Says person.erased and person.changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from reif.capture.imports.during import during
from reif.capture.imports.put_back import put_back
from reif.capture.models import Import, ImportedChange
from reif.crm.erase import erase
from reif.crm.models import Company, Person
from reif.crm.reached import name_sources
from reif.crm.told import COLUMNS, FIRST_ONLY, FOLDED, JOB
from reif.log.append import append
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.people import PersonChanged
from reif.log.fact import kind_of
from reif.log.models import Event
from reif.log.rewrite import rewrite

IMPORTED = kind_of(PersonImported)
INERT = frozenset({
    "person.scored", "person.qualified", "person.disqualified", "person.unassigned", "segment.requested", "segment.entered", "segment.left",
    "company.joined", "basis.recorded", "basis.ended",
})  # fmt: skip
"""What happens to somebody without their doing, and without anybody working on them."""


def events_of(one: Import) -> QuerySet[Event]:
    """Events of the rows that made people, in order."""
    return during(one, IMPORTED).filter(topic=one.name, body__batch=one.pk, body__created=True)


def restore(changes: list[ImportedChange], one: Import) -> int:
    """The latest change of somebody was made last, so it goes back first; what was changed since stays."""
    people = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in={c.person_id for c in changes})}
    companies = set(Company.objects.filter(pk__in=_company_ids(changes)).values_list("pk", flat=True))
    back: dict[int, set[str]] = {}
    for change in reversed(changes):
        person = people.get(change.person_id)
        if person is None or person.erased_at:
            continue
        for column, value in change.after.items():
            if _column_back(person, column, change.before.get(column), value, companies):
                back.setdefault(person.pk, set()).add(column.removesuffix("_id"))
    rewrite([people[pk] for pk in back], _COLUMNS)
    name_sources({pk: people[pk].source for pk, columns in back.items() if "source" in columns})
    append(*(PersonChanged(person=p, fields=sorted(f), topic="undo", actor=one.by_id) for p, f in back.items()))
    return len(back)


def _column_back(person: Person, column: str, before: Any, after: Any, companies: set[int]) -> bool:
    if column == "company_id" and before and before not in companies:
        return False
    return put_back(person, column, before, after)


def _company_ids(changes: Iterable[ImportedChange]) -> set[int]:
    return {c.before["company_id"] for c in changes if c.before.get("company_id")}


def remove(one: Import, made: list[Event]) -> None:
    """Those who are still as the import left them."""
    born = {e.person_id: e.recorded_at for e in made if e.person_id}
    alive = set(Person.objects.filter(pk__in=born, erased_at=None).values_list("pk", flat=True))
    later = Event.objects.filter(person_id__in=alive, recorded_at__gte=min(born.values())).exclude(kind__in=INERT)
    undone = set(Import.objects.filter(state=Import.State.UNDONE).values_list("pk", flat=True))
    deeds = later.values_list("person_id", "recorded_at", "kind", "body")
    busy = {
        p for p, at, kind, body in deeds if p and at > born[p] and not (kind == IMPORTED and body["batch"] in undone)
    }
    one.removed += len(erase(sorted(alive - busy), reason="undo", by=one.by_id))
    one.kept += len(busy)


_COLUMNS = ["email", *COLUMNS, *FIRST_ONLY, "traits", "company", *(f"{name}_fold" for name in FOLDED), *JOB]

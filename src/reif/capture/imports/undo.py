"""Take an import back, chunk by chunk.

People whom it made and who have done nothing since are forgotten; others stay, and the report says why. Columns go back to
what they were, unless somebody changed them since. Says person.erased, person.changed and import.undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reif.capture.models import Import, ImportedChange
from reif.crm.erase import erase
from reif.crm.models import Company, Person
from reif.crm.told import COLUMNS, FIRST_ONLY, FOLDED, JOB
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.imports import ImportUndone, PersonImported
from reif.log.catalogue.people import PersonChanged
from reif.log.fact import kind_of
from reif.log.models import Event
from reif.log.rewrite import rewrite

CHUNK = 2000
State = Import.State
IMPORTED = kind_of(PersonImported)
INERT = frozenset({
    "person.scored", "person.qualified", "person.disqualified", "person.unassigned", "segment.requested", "segment.entered", "segment.left",
    "company.joined", "basis.recorded", "basis.ended",
})  # fmt: skip
"""What happens to somebody without their doing, and without anybody working on them."""


class NotPossible(ValueError):
    """The sentence says why."""


def undo(one: Import) -> None:
    """Ask for it; the worker does it. Raises NotPossible."""
    with writing():
        row = Import.objects.select_for_update().filter(pk=one.pk).first()
        if row is None or row.state not in (State.DONE, State.CANCELLED, State.FAILED) or row.undo_until is None:
            raise NotPossible(_("There is nothing to undo."))
        if row.undo_until < now():
            raise NotPossible(_("An import can be undone for 30 days; that time is over."))
        row.state, row.undo_position = State.UNDOING, 0
        row.save(update_fields=["state", "undo_position"])


def undo_to_the_end(pk: int) -> Import:
    """In one go, for the command."""
    one = Import.objects.filter(pk=pk).first()
    if one is None:
        raise NotPossible(_("There is no such import."))
    undo(one)
    while undo_step(pk):
        pass
    return Import.objects.get(pk=pk)


def undo_step(pk: int, size: int = CHUNK) -> bool:
    """The next people. False when it is done. Changed columns first, then those whom the import made."""
    with writing():
        one = Import.objects.select_for_update().get(pk=pk)
        if one.state != State.UNDOING:
            return False
        changes = list(ImportedChange.objects.filter(of=one).order_by("id")[:size])
        if changes:
            one.restored += _restore(changes, one)
            ImportedChange.objects.filter(pk__in=[c.pk for c in changes]).delete()
        else:
            made = _made_by(one, size)
            if not made:
                _finish(one)
                return False
            _remove(one, made)
            one.undo_position = made[-1].pk
        one.beat_at = now()
        one.save()
    return True


def events_of(one: Import) -> QuerySet[Event]:
    """Events of the rows that made people, in order; the index by kind and time finds them."""
    during = Event.objects.filter(kind=IMPORTED, at__gte=one.started_at or one.created_at)
    if one.finished_at:
        during = during.filter(at__lte=one.finished_at)
    return during.filter(topic=one.name, body__batch=one.pk, body__created=True).order_by("id")


def _made_by(one: Import, size: int) -> list[Event]:
    return list(events_of(one).filter(id__gt=one.undo_position)[:size])


def _restore(changes: list[ImportedChange], one: Import) -> int:
    """The latest change of somebody was made last, so it goes back first; what was changed since stays."""
    people = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in={c.person_id for c in changes})}
    companies = set(Company.objects.filter(pk__in=_company_ids(changes)).values_list("pk", flat=True))
    back: dict[int, set[str]] = {}
    for change in reversed(changes):
        person = people.get(change.person_id)
        if person is None or person.erased_at:
            continue
        for column, value in change.after.items():
            if _put_back(person, column, change.before.get(column), value, companies):
                back.setdefault(person.pk, set()).add(column.removesuffix("_id"))
    rewrite([people[pk] for pk in back], _COLUMNS)
    append(*(PersonChanged(person=p, fields=sorted(f), topic="undo", actor=one.by_id) for p, f in back.items()))
    return len(back)


def _put_back(person: Person, column: str, before: Any, after: Any, companies: set[int]) -> bool:
    if column == "traits":
        return _traits_back(person, before or {}, after or {})
    if getattr(person, column) != after or (column == "company_id" and before and before not in companies):
        return False
    setattr(person, column, before)
    return True


def _traits_back(person: Person, before: dict[str, Any], after: dict[str, Any]) -> bool:
    traits = dict(person.traits)
    for key, value in after.items():
        if traits.get(key) != value or before.get(key) == value:
            continue
        if key in before:
            traits[key] = before[key]
        else:
            del traits[key]
    changed = bool(traits != person.traits)
    person.traits = traits
    return changed


def _company_ids(changes: Iterable[ImportedChange]) -> set[int]:
    return {c.before["company_id"] for c in changes if c.before.get("company_id")}


def _remove(one: Import, made: list[Event]) -> None:
    """Those who are still as the import left them."""
    born = {e.person_id: e.recorded_at for e in made if e.person_id}
    alive = set(Person.objects.filter(pk__in=born, erased_at=None).values_list("pk", flat=True))
    later = Event.objects.filter(person_id__in=alive, recorded_at__gte=min(born.values())).exclude(kind__in=INERT)
    undone = set(Import.objects.filter(state=State.UNDONE).values_list("pk", flat=True))
    deeds = later.values_list("person_id", "recorded_at", "kind", "body")
    busy = {
        p for p, at, kind, body in deeds if p and at > born[p] and not (kind == IMPORTED and body["batch"] in undone)
    }
    one.removed += len(erase(sorted(alive - busy), reason="undo", by=one.by_id))
    one.kept += len(busy)


def _finish(one: Import) -> None:
    one.state, one.undone_at, one.undo_until = State.UNDONE, now(), None
    one.save()
    append(
        ImportUndone(
            topic=one.name, batch=one.pk, actor=one.by_id, removed=one.removed, restored=one.restored, kept=one.kept
        )
    )


_COLUMNS = ["email", *COLUMNS, *FIRST_ONLY, "traits", "company", *(f"{name}_fold" for name in FOLDED), *JOB]

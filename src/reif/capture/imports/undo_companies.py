"""The companies of an import, taken back.

Those that it made are removed, unless somebody works there, a deal or another company belongs to them, or somebody changed
them since. Says company.removed and company.changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from reif.capture.imports.during import during
from reif.capture.imports.put_back import put_back
from reif.capture.models import Import, ImportedChange
from reif.crm.models import Company, Deal, Person
from reif.crm.remove_companies import remove_companies
from reif.crm.rewrite_companies import rewrite_companies
from reif.log.among import among
from reif.log.catalogue.people import CompanyChanged, CompanyCreated
from reif.log.fact import kind_of
from reif.log.models import Event

CREATED, CHANGED = kind_of(CompanyCreated), kind_of(CompanyChanged)


def events_of(one: Import) -> QuerySet[Event]:
    """Events of the rows that made companies, in order."""
    return during(one, CREATED).filter(topic="import", body__batch=one.pk)


def restore(changes: list[ImportedChange], one: Import) -> int:
    """The latest change was made last, so it goes back first; what was changed since stays."""
    ids = {c.company_id for c in changes if c.company_id}
    parents = {c.before["parent_id"] for c in changes if c.before.get("parent_id")}
    found = Company.objects.select_for_update().filter(among("id", ids))
    companies = {c.pk: c for c in found}
    there = set(Company.objects.filter(among("id", parents)).values_list("pk", flat=True))
    back: dict[int, set[str]] = {}
    for change in reversed(changes):
        company = companies.get(change.company_id or 0)
        for column, after in change.after.items() if company else ():
            before = change.before.get(column)
            if column == "parent_id" and before and before not in there:
                continue
            if company and put_back(company, column, before, after):
                back.setdefault(company.pk, set()).add(column.removesuffix("_id"))
    rewrite_companies({companies[pk]: fields for pk, fields in back.items()}, "undo", actor=one.by_id)
    return len(back)


def remove(one: Import, made: Iterable[Event]) -> None:
    """Those that are still as the import left them."""
    born = {e.company_id: e.id for e in made if e.company_id}
    rows = Company.objects.select_for_update().filter(among("id", born))
    alive = set(rows.values_list("pk", flat=True))
    busy = _used(alive)
    undone = Import.objects.filter(state=Import.State.UNDONE).values_list("pk", flat=True)
    later = Event.objects.filter(Q(kind=CHANGED) & among("company_id", alive)).exclude(topic="undo")
    deeds = later.values_list("company_id", "id", "body")
    ours = {*undone, one.pk}
    busy |= {c for c, number, body in deeds if c and number > born[c] and body.get("batch") not in ours}
    free = sorted(alive - busy)
    remove_companies(free, "undo", actor=one.by_id)
    one.removed += len(free)
    one.kept += len(busy)


def _used(companies: set[int]) -> set[int]:
    """Those to whom somebody belongs, or a deal, or a company that stays."""
    rows = (
        Person.objects.filter(among("company", companies)),
        Deal.objects.filter(among("company", companies)),
    )
    used = {company for some in rows for company in some.values_list("company_id", flat=True).distinct()}
    children = Company.objects.filter(among("parent", companies)).values_list("pk", "parent_id")
    return {c for c in used if c} | {parent for child, parent in children if parent and child not in companies}

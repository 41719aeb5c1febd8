"""Who looks after a person already: the person's owner, the company's, or the owner of a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reif.crm.models import Person


@dataclass(frozen=True)
class Owner:
    """how: person, company, colleague."""

    user: int
    how: str


def owners(people: Iterable[Person]) -> dict[int, Owner]:
    """Owner by person id, for those who have one. One query. People come with their company."""
    people = list(people)
    found = {p.id: Owner(p.owner_id, "person") for p in people if p.owner_id}
    for p in people:
        if p.id not in found and p.company and p.company.owner_id:
            found[p.id] = Owner(p.company.owner_id, "company")
    rest = [p for p in people if p.id not in found and p.company_id]
    by_company = _of_colleagues({p.company_id for p in rest if p.company_id})
    return found | {p.id: Owner(by_company[p.company_id], "colleague") for p in rest if p.company_id in by_company}


def _of_colleagues(companies: set[int]) -> dict[int, int]:
    """By company the owner of the person who was moved last."""
    rows = Person.objects.filter(company__in=companies, owner__isnull=False).order_by("stage_at", "id")
    return {c: o for c, o in rows.values_list("company_id", "owner_id") if c is not None and o is not None}

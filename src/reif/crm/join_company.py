"""Find or make the company of a person by the domain of the mail address; free-mail domains make none.

Says company.created, company.joined, company.changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reif.crm.models import Company, Person
from reif.kit.address import domain_of, is_free_mail
from reif.log.append import append
from reif.log.catalogue.people import CompanyChanged, CompanyCreated, CompanyJoined

if TYPE_CHECKING:
    from reif.crm.upsert import Draft


def join_companies(pairs: Sequence[tuple[Person, Draft]], cause: int | None, at: datetime) -> None:
    """For each person with a draft: the company of its domain, made when new. Call inside `writing()`."""
    domains = {p.id: d for p, draft in pairs if (d := _domain(p, draft))}
    drafts = {domains[p.id]: (p, draft) for p, draft in pairs if p.id in domains}
    companies = _companies(drafts, cause, at)
    _complete(companies, drafts, cause, at)
    moved = []
    for person in {p.id: p for p, _ in pairs}.values():
        company = companies.get(domains.get(person.id, ""))
        if company and person.company_id is None:
            person.company = company
            moved.append(person)
            append(CompanyJoined(person=person.id, company=company.id, topic="domain", cause=cause, at=at))
    Person.objects.bulk_update(moved, ["company"], batch_size=500)


def _domain(person: Person, draft: Draft) -> str:
    domain = draft.company_domain.lower().strip() or domain_of(person.email or "")
    return "" if not domain or is_free_mail(domain) else domain[:253]


def _companies(drafts: dict[str, tuple[Person, Draft]], cause: int | None, at: datetime) -> dict[str, Company]:
    known = _known(drafts)
    missing = [d for d in drafts if d not in known]
    fresh = [_company(domain, drafts[domain][1], at) for domain in missing]
    Company.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    found = _known(missing)
    append(*(CompanyCreated(company=c.id, topic="domain", cause=cause, at=at) for c in found.values()))
    return known | found


def _known(domains: object) -> dict[str, Company]:
    wanted = list(domains)  # type: ignore[call-overload]
    found: dict[str, Company] = {}
    for i in range(0, len(wanted), 900):
        found |= {str(c.domain): c for c in Company.objects.filter(domain__in=wanted[i : i + 900])}
    return found


def _company(domain: str, draft: Draft, at: datetime) -> Company:
    name = draft.company_name.strip() or domain
    return Company(
        name=name[:200], domain=domain, industry=draft.industry[:100], size=draft.company_size,
        country=draft.country[:2], region=draft.region[:64], city=draft.city[:100], created_at=at,
    )  # fmt: skip


def _complete(companies: dict[str, Company], drafts: dict[str, tuple[Person, Draft]], cause: int | None,
              at: datetime) -> None:  # fmt: skip
    """Fill gaps of known companies with what was told; nothing that is there is overwritten."""
    for domain, company in companies.items():
        draft = drafts[domain][1]
        told = {"size": draft.company_size, "industry": draft.industry, "country": draft.country,
                "region": draft.region, "city": draft.city}  # fmt: skip
        gaps = {column: value for column, value in told.items() if value and not getattr(company, column)}
        if gaps:
            for column, value in gaps.items():
                setattr(company, column, value)
            company.save()
            append(CompanyChanged(company=company.id, fields=sorted(gaps), cause=cause, at=at))

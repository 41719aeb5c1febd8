"""Find or make the company of a person by the domain of the mail address; free-mail domains make none.

Says company.created, company.changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from reif.crm.models import Company
from reif.crm.told import Told
from reif.log.append import append
from reif.log.catalogue.people import CompanyChanged, CompanyCreated
from reif.log.rewrite import rewrite

TOLD = ("name", "size", "industry", "country", "region", "city")


def companies_told(new: Sequence[Told], cause: int | None, at: datetime) -> dict[str, Company]:
    """The company of each address, made when new; who was told of twice belongs to the last one. Call inside `writing()`."""
    domains = {one.email: one.domain for one in new if one.domain}
    said: dict[str, dict[str, Any]] = {domain: {} for domain in domains.values()}
    for one in new:
        if one.email in domains:
            said[domains[one.email]] |= one.company
    companies = companies_of(said, cause, at) if said else {}
    return {email: companies[domain] for email, domain in domains.items()}


def companies_of(told: dict[str, dict[str, Any]], cause: int | None, at: datetime) -> dict[str, Company]:
    """The company of each domain, made when new; what was told fills the gaps of those that were there."""
    companies = _companies(told, cause, at)
    _complete(companies, told, cause, at)
    return companies


def _companies(told: dict[str, dict[str, Any]], cause: int | None, at: datetime) -> dict[str, Company]:
    known = _known(told)
    missing = [d for d in told if d not in known]
    if not missing:
        return known
    fresh = [Company(**{"name": d, "domain": d, "created_at": at} | told[d]) for d in missing]
    Company.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    found = _known(missing)
    append(*(CompanyCreated(company=c.id, topic="domain", cause=cause, at=at) for c in found.values()))
    return known | found


def _known(domains: Iterable[str]) -> dict[str, Company]:
    wanted = list(domains)
    found: dict[str, Company] = {}
    for i in range(0, len(wanted), 900):
        found |= {str(c.domain): c for c in Company.objects.filter(domain__in=wanted[i : i + 900])}
    return found


def _complete(companies: dict[str, Company], told: dict[str, dict[str, Any]], cause: int | None, at: datetime) -> None:
    """Fill gaps of known companies; nothing that is there is overwritten. The domain counts as no name."""
    changed = []
    for domain, company in companies.items():
        new = {c: told[domain][c] for c in gaps(vars(company)) if c in told[domain]}
        for column, value in new.items():
            setattr(company, column, value)
        if new:
            changed.append(company)
            append(CompanyChanged(company=company.id, fields=sorted(new), cause=cause, at=at))
    folds = ["name_fold", "name_key", "industry_fold", "city_fold"]
    rewrite(changed, [*TOLD, *folds])


def gaps(company: Mapping[str, Any]) -> list[str]:
    """The columns about which nothing is known yet."""
    return [c for c in TOLD if company[c] in ("", None, company["domain"])]

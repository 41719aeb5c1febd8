"""Which companies are meant by a domain, or by a name within a country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reif.crm.bulk_rows import folded, select
from reif.crm.bulk_write import as_json, next_ids, shape_of, write_rows
from reif.crm.company_key import company_key
from reif.crm.models import Company
from reif.crm.told_company import COLUMNS, ToldCompany
from reif.kit.clock import now
from reif.log.among import among


class Unclear(ValueError):
    """More than one company is called that."""


class Companies:
    """Those that these rows may mean. Nothing is written before `make`, so it serves a rehearsal too."""

    def __init__(self, rows: Sequence[ToldCompany], locked: bool = True) -> None:
        self._by_domain: dict[str, Company] = {}
        self._by_key: dict[str, list[Company]] = {}
        self._fresh: list[Company] = []
        keys = {row.name_key for row in rows} | {company_key(row.parent) for row in rows}
        domains = {row.domain for row in rows} | {row.parent.lower() for row in rows}
        for company in _stored(domains - {""}, keys - {""}, locked):
            self._know(company)

    def of(self, row: ToldCompany) -> Company | None:
        """The company of a row; None when it is new. Raises Unclear."""
        if row.domain and (found := self._by_domain.get(row.domain)):
            return found
        return self._named(row.name_key, row.values.get("country", ""), bool(row.domain))

    def called(self, text: str) -> Company | None:
        """The company of a domain, or of a name alone. Raises Unclear."""
        return self._by_domain.get(text.lower()) or self._named(company_key(text), "", False)

    def add(self, values: dict[str, Any], domain: str = "", traits: dict[str, Any] | None = None) -> Company:
        """One that no row named before."""
        company = Company(**{"name": domain} | values, domain=domain or None, traits=traits or {}, created_at=now())
        self._fresh.append(company)
        self._know(company)
        return company

    def change(self, company: Company, values: dict[str, Any]) -> None:
        """New values; whoever looks for the new name finds it too."""
        for column, value in values.items():
            setattr(company, column, value)
        self._know(company)

    def make(self) -> list[Company]:
        """Store the new ones, which get their ids."""
        shape, moment = shape_of(Company), now()
        blank, place = shape.blank(moment), shape.place
        rows = []
        for company, number in zip(self._fresh, next_ids(shape.table, len(self._fresh)), strict=True):
            company.pk, company._state.adding = number, False
            row = blank.copy()
            for column, value in _columns(company):
                row[place[column]] = value
            rows.append(row)
        write_rows(shape.table, shape.columns, rows)
        return self._fresh

    def _named(self, key: str, country: str, has_domain: bool) -> Company | None:
        """Who has another domain is another company; who states no country may be in any."""
        some = [c for c in self._by_key.get(key, ()) if not (has_domain and c.domain)] if key else []
        fitting = [c for c in some if not country or c.country in ("", country)]
        exact = [c for c in fitting if country and c.country == country] or fitting
        if len(exact) > 1:
            raise Unclear
        return exact[0] if exact else None

    def _know(self, company: Company) -> None:
        if company.domain:
            self._by_domain[company.domain] = company
        named = self._by_key.setdefault(company_key(company.name), [])
        if not any(one is company for one in named):
            named.append(company)


def _columns(company: Company) -> Iterator[tuple[str, Any]]:
    """What is stored of a new one beside what is usual."""
    yield "id", company.pk
    yield "domain", company.domain
    yield "name_key", company_key(company.name)
    yield "traits", as_json(company.traits)
    for column in COLUMNS:
        yield column, getattr(company, column)
    for column in ("name", "industry", "city"):
        yield f"{column}_fold", folded(getattr(company, column))[:255]


def _stored(domains: Iterable[str], keys: Iterable[str], locked: bool) -> Iterable[Company]:
    ids = {row[0] for row in select("SELECT id FROM crm_company WHERE domain {among}", domains)}
    ids |= {row[0] for row in select("SELECT id FROM crm_company WHERE name_key {among}", keys)}
    found = Company.objects.filter(among("id", ids)).order_by("id")
    return found.select_for_update() if locked else found

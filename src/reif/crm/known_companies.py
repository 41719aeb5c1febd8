"""The companies of thousands of people, by their domains; each is looked up once in a long run.

Says company.created, and company.changed by `join_company`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from reif.crm.bulk_rows import folded, select
from reif.crm.bulk_write import next_ids, shape_of, write_new_rows
from reif.crm.company_key import company_key
from reif.crm.join_company import TOLD, companies_of, gaps
from reif.crm.models import Company
from reif.log.append import append
from reif.log.catalogue.people import CompanyCreated

_MOST = 250_000
_FOLDED = ("name", "industry", "city")
Facts = dict[str, Any]
Known = tuple[int, frozenset[str]]


class KnownCompanies:
    """Company ids by domain, with the columns that are still empty. Forget it when a transaction was rolled back."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    def ids(self, told: dict[str, Facts], at: datetime) -> dict[str, int]:
        """The company of each domain, made when new, its gaps filled with what was told. Call inside `writing()`."""
        if len(self._known) + len(told) > _MOST:
            self._known.clear()
        self._known |= _known(domain for domain in told if domain not in self._known)
        if fresh := {domain: told[domain] for domain in told if domain not in self._known}:
            self._known |= _make(fresh, at)
        open_ = {domain: said for domain, said in told.items() if not self._known[domain][1].isdisjoint(said)}
        if open_:
            found = companies_of(open_, None, at)
            self._known |= {domain: (c.pk, _gaps(vars(c))) for domain, c in found.items()}
        return {domain: self._known[domain][0] for domain in told}


def of_one_name(names: Iterable[str]) -> dict[str, int]:
    """The company of each folded name, where exactly one is called that."""
    wanted = {name for name in names if name}
    rows = select("SELECT name_fold, id FROM crm_company WHERE name_fold {among}", wanted) if wanted else []
    times = Counter(name for name, _number in rows)
    return {name: number for name, number in rows if times[name] == 1}


def _gaps(company: Facts) -> frozenset[str]:
    """One set for all companies with the same gaps: a quarter of a million of them would take room."""
    return _same(tuple(gaps(company)))


@cache
def _same(columns: tuple[str, ...]) -> frozenset[str]:
    return frozenset(columns)


def _known(domains: Iterable[str]) -> dict[str, Known]:
    columns = ("id", "domain", *TOLD)
    rows = select(f"SELECT {', '.join(columns)} FROM crm_company WHERE domain {{among}}", domains)
    return {row[1]: (row[0], _gaps(dict(zip(columns, row, strict=True)))) for row in rows}


def _make(fresh: dict[str, Facts], at: datetime) -> dict[str, Known]:
    """Sorted, so that two who make the same companies wait for each other in one direction only."""
    shape = shape_of(Company)
    blank, place = shape.blank(at), shape.place
    rows = []
    for domain, number in zip(sorted(fresh), next_ids(shape.table, len(fresh)), strict=True):
        row = blank.copy()
        facts = {"name": domain} | fresh[domain] | {"domain": domain, "id": number}
        for column, value in facts.items():
            row[place[column]] = value
        for column in _FOLDED:
            row[place[f"{column}_fold"]] = folded(facts.get(column, ""))[:255]
        row[place["name_key"]] = company_key(facts["name"])
        rows.append(row)
    write_new_rows(shape.table, shape.columns, rows, "domain")
    found = _known(fresh)
    append(*(CompanyCreated(company=number, topic="domain", at=at) for number, _gaps in found.values()))
    return found

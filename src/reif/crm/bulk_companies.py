"""Companies of thousands of rows: found by domain, else by name within a country, made when there is none.

Says company.created and company.changed, with the number of the import.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reif.crm.meant_companies import Companies, Unclear
from reif.crm.models import Company
from reif.crm.rewrite_companies import rewrite_companies
from reif.crm.told_company import ToldCompany, company_differences
from reif.log.append import append, writing
from reif.log.catalogue.people import CompanyCreated
from reif.log.take_turn import take_turn

_TURN = 0x5245_4943  # "REIC": two imports at once go chunk by chunk


@dataclass
class TakenCompany:
    """What became of a row. company: None when more than one is called that. trouble: why its parent was left out."""

    company: Company | None
    created: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    trouble: str = ""


def take_companies(
    rows: Sequence[ToldCompany], *, overwrite: bool, batch: int, actor: int | None
) -> list[TakenCompany]:
    """One result for each row, in order; all in one transaction."""
    with writing():
        take_turn(_TURN)
        companies = Companies(rows)
        taken = [compare(row, companies, overwrite) for row in rows]
        links = _links(rows, taken, companies, overwrite)
        made = companies.make()
        _belong(links)
        append(*(CompanyCreated(company=c.pk, topic="import", batch=batch, actor=actor) for c in made))
        rewrite_companies(_changed(taken, links), "import", batch=batch, actor=actor)
    return taken


def compare(row: ToldCompany, companies: Companies, overwrite: bool) -> TakenCompany:
    """What a row would do, done in memory: a row further down finds it so."""
    try:
        company = companies.of(row)
    except Unclear:
        return TakenCompany(None)
    if company is None:
        return TakenCompany(companies.add(row.values, row.domain, row.traits), created=True)
    after = company_differences(company, row, overwrite)
    before = {column: getattr(company, column) for column in after}
    companies.change(company, after)
    return TakenCompany(company, False, before, after)


def _links(
    rows: Sequence[ToldCompany], taken: Sequence[TakenCompany], companies: Companies, overwrite: bool
) -> list[tuple[TakenCompany, Company]]:
    """To whom the companies belong; a parent whom nobody knows yet is made, by its name or domain alone."""
    found = []
    for row, one in zip(rows, taken, strict=True):
        if not row.parent or one.company is None or (one.company.parent_id and not overwrite):
            continue
        try:
            parent = companies.called(row.parent) or companies.add({"name": row.parent})
        except Unclear:
            one.trouble = "parent_unclear"
            continue
        if parent is one.company or (parent.parent_id and parent.parent_id == one.company.pk):
            one.trouble = "parent_self"
        elif parent.pk is None or parent.pk != one.company.parent_id:
            found.append((one, parent))
    return found


def _belong(links: Sequence[tuple[TakenCompany, Company]]) -> None:
    for one, parent in links:
        assert one.company
        if not one.created:
            one.before["parent_id"], one.after["parent_id"] = one.company.parent_id, parent.pk
        one.company.parent = parent


def _changed(taken: Sequence[TakenCompany], links: Sequence[tuple[TakenCompany, Company]]) -> dict[Company, set[str]]:
    """The fields of each that changed; of a new one with a parent none."""
    found: dict[Company, set[str]] = {one.company: set() for one, _parent in links if one.company}
    for one in taken:
        if one.company and one.after:
            found.setdefault(one.company, set()).update(column.removesuffix("_id") for column in one.after)
    return found

"""A row of a file to what it tells about a company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reif.capture.imports.checked import Checked, Problem
from reif.capture.imports.read_cells import CellReader
from reif.capture.imports.table import Row
from reif.capture.imports.targets import TRAIT
from reif.capture.imports.values import Manner
from reif.crm.company_key import company_key
from reif.crm.told_company import ToldCompany
from reif.kit.address import domain_of, is_free_mail

_COLUMNS = {
    "company_name": "name", "company_size": "size", "revenue": "revenue", "industry": "industry", "country": "country",
    "region": "region", "city": "city", "website": "website", "phone": "phone",
}  # fmt: skip
_TRAITS = ("street", "postal_code", "note", "tags")
_DOMAINS = ("company_domain", "email", "website")


class CompanyReader:
    """Reads rows by one mapping: for each column its target, or nothing."""

    def __init__(self, mapping: Sequence[str], manner: Manner) -> None:
        self._mapping = list(mapping)
        self._cells = CellReader(mapping, manner)

    def read(self, row: Row) -> Checked:
        """The row's values, or why it cannot be taken."""
        checked = Checked(row)
        if trouble := self._cells.trouble(row):
            checked.problems.append(Problem(trouble))
            return checked
        found = self._cells.values(row, checked)
        domain = self._domain(found, checked)
        if not domain and not company_key(found.get("company_name", "")):
            checked.problems.append(Problem("nameless"))
            return checked
        if website := found.get("website"):
            found["website"] = f"https://{website}"
        values = {column: found[target] for target, column in _COLUMNS.items() if target in found}
        traits = {k.removeprefix(TRAIT): v for k, v in found.items() if k in _TRAITS or k.startswith(TRAIT)}
        checked.company = ToldCompany(values, domain, found.get("parent", ""), traits)
        return checked

    def _domain(self, found: dict[str, Any], checked: Checked) -> str:
        """The domain that was told, else that of the mailbox, else that of the website. One of a mail provider is nobody's."""
        for target in _DOMAINS:
            host = domain_of(str(found.get(target, "")))[:253]
            if host and not is_free_mail(host):
                return host
            if host and target == "company_domain":
                checked.problems.append(Problem("free_mail", self._mapping.index(target), host))
        return ""

"""A row of a file to what it tells about a person: each value checked, none taken that is not what it should be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reif.capture.imports import choices, names
from reif.capture.imports.addresses import address
from reif.capture.imports.checked import Checked, Problem
from reif.capture.imports.parts import UTM, parts_of
from reif.capture.imports.read_cells import CellReader
from reif.capture.imports.table import Row
from reif.capture.imports.values import Manner
from reif.crm.told import Told, company_domain
from reif.kit.address import BadAddress

_company_domain = lru_cache(maxsize=16_384)(company_domain)


class RowReader:
    """Reads rows by one mapping: for each column its target, or nothing."""

    def __init__(self, mapping: Sequence[str], manner: Manner) -> None:
        self._origin = {"source": "OFFLINE", "source_detail_1": "IMPORT", "source_detail_2": manner.source_name[:255]}
        self._email = mapping.index("email") if "email" in mapping else -1
        self._by_id = "external_id" in mapping
        self._cells = CellReader(mapping, manner, apart=("email",))
        self._parts = parts_of(mapping)

    def read(self, row: Row) -> Checked:
        """The row's values, or why it cannot be taken."""
        checked = Checked(row)
        cells = row.cells
        if trouble := self._cells.trouble(row):
            checked.problems.append(Problem(trouble))
            return checked
        found = self._cells.values(row, checked)
        try:
            email, others = address(cells[self._email] if -1 < self._email < len(cells) else "")
            if others:
                checked.problems.append(Problem("several", self._email, others[:100]))
        except BadAddress as error:
            if error.key != "empty" or not found.get("external_id"):
                key = "neither" if error.key == "empty" and self._by_id else f"address_{error.key}"
                checked.problems.append(Problem(key, self._email, error.address[:100]))
                return checked
            email = ""
        checked.told = self._told(email, found, checked.extras)
        return checked

    def _told(self, email: str, found: dict[str, Any], extras: dict[str, Any]) -> Told:
        parts = self._parts
        if "full_name" in found:
            _split(found)
        if "mobile" in found:
            found.setdefault("phone", found.pop("mobile"))
        values = {c: found[c] for c in parts.values if c in found}
        company = {c: found[k] for c, k in parts.company if k in found}
        for key in parts.extras:
            if key in found:
                extras[key] = found[key]
        traits = {name: found[key] for name, key in parts.traits if key in found}
        first = self._first(found) if parts.sources else self._origin
        domain = _company_domain(email, found.get("company_domain") or found.get("website") or "")
        since, outside = found.get("created_at"), found.get("external_id", "")
        return Told(email, values, first, traits, domain, company, since, outside)

    def _first(self, found: dict[str, Any]) -> dict[str, Any]:
        told = found.get("source")
        if not told and not any(k in found for k in UTM):
            return self._origin
        first = dict(self._origin)
        if told:
            category = choices.source(told)
            first["source"] = category or "OFFLINE"
            first["source_detail_1"] = found.get("source_detail_1") or ("" if category else told[:255])
            first["source_detail_2"] = found.get("source_detail_2") or (
                "" if category else self._origin["source_detail_2"]
            )
        utm = {key: found[key] for key in UTM if key in found}
        return {k: v for k, v in (first | ({"utm": utm} if utm else {})).items() if v}


def _split(found: dict[str, Any]) -> None:
    told, company = found.pop("full_name"), found.get("company_name", "")
    whole = names.split_name(told.removeprefix(f"{company}, ") if company else told)  # Odoo writes `Firma, Anna Huber`
    for column, part in (("first_name", whole.first), ("last_name", whole.last), ("salutation", whole.salutation)):
        if part:
            found.setdefault(column, part[:100])
    if whole.title:
        found.setdefault("title", whole.title)

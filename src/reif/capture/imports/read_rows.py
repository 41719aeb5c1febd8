"""A row of a file to what it tells about a person: each value checked, none taken that is not what it should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from reif.capture.imports import choices, names
from reif.capture.imports.harmless import unharmed
from reif.capture.imports.refused import Refused
from reif.capture.imports.table import Row
from reif.capture.imports.targets import TRAIT, TRAITS
from reif.capture.imports.values import Manner, cleaner
from reif.crm.told import Told, company_domain
from reif.kit.address import BadAddress, normalise

_UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_company_domain = lru_cache(maxsize=65_536)(company_domain)


class Problem(NamedTuple):
    """Why a row, or (with a column) a value of it, was not taken. key: see `words.py`."""

    key: str
    column: int = -1
    value: str = ""


@dataclass(slots=True)
class Checked:
    """told: None when the row cannot be taken. extras: what other verbs need (stage, owner, opt_out, consent_at …)."""

    row: Row
    told: Told | None = None
    problems: list[Problem] = field(default_factory=list)
    extras: dict[str, Any] = field(default_factory=dict)


class RowReader:
    """Reads rows by one mapping: for each column its target, or nothing."""

    def __init__(self, mapping: Sequence[str], manner: Manner) -> None:
        self._manner = manner
        self._width = len(mapping)
        self._origin = {"source": "OFFLINE", "source_detail_1": "IMPORT", "source_detail_2": manner.source_name[:255]}
        self._email = mapping.index("email") if "email" in mapping else -1
        order = sorted(range(len(mapping)), key=lambda n: (mapping[n] != "country", mapping[n] == "mobile", n))
        self._columns = [
            (n, mapping[n], cleaner(n, mapping[n], manner)) for n in order if mapping[n] not in ("", "email")
        ]

    def read(self, row: Row) -> Checked:
        """The row's values, or why it cannot be taken."""
        checked = Checked(row)
        cells = row.cells
        if trouble := row.broken or self._raggedness(cells):
            checked.problems.append(Problem(trouble))
            return checked
        found = self._values(row, checked)
        try:
            address = normalise(cells[self._email] if -1 < self._email < len(cells) else "")
        except BadAddress as error:
            checked.problems.append(Problem(f"address_{error.key}", self._email, error.address[:100]))
            return checked
        checked.told = self._told(address, found, checked.extras)
        return checked

    def _raggedness(self, cells: list[str]) -> str:
        return "ragged" if len(cells) > self._width and any(map(str.strip, cells[self._width :])) else ""

    def _values(self, row: Row, checked: Checked) -> dict[str, Any]:
        found: dict[str, Any] = {"country": self._manner.country}
        told_country = False
        for number, target, clean in self._columns:
            if number >= len(row.cells) or not (cell := row.cells[number]) or not (cell := cell.strip()):
                continue
            if cell[0] == "'":
                cell = unharmed(cell)
            try:
                if "\ufffd" in cell:
                    raise Refused("damaged")
                value = clean(cell, found["country"])
            except Refused as error:
                checked.problems.append(Problem(error.key, number, cell[:100]))
                continue
            if value != "":
                told_country = told_country or target == "country"
                found[target] = value
        if not told_country:
            del found["country"]
        return found

    def _told(self, email: str, found: dict[str, Any], extras: dict[str, Any]) -> Told:
        if "full_name" in found:
            _split(found)
        if "mobile" in found:
            found.setdefault("phone", found.pop("mobile"))
        values = {c: found[c] for c in _VALUES if c in found}
        company = {c: found[k] for c, k in _COMPANY if k in found}
        for key in _EXTRAS:
            if key in found:
                extras[key] = found[key]
        domain = _company_domain(email, found.get("company_domain") or found.get("website") or "")
        return Told(email, values, self._first(found), _traits(found), domain, company, found.get("created_at"))

    def _first(self, found: dict[str, Any]) -> dict[str, Any]:
        told = found.get("source")
        if not told and not any(k in found for k in _UTM):
            return self._origin
        first = dict(self._origin)
        if told:
            category = choices.source(told)
            first["source"] = category or "OFFLINE"
            first["source_detail_1"] = found.get("source_detail_1") or ("" if category else told[:255])
            first["source_detail_2"] = found.get("source_detail_2") or (
                "" if category else self._origin["source_detail_2"]
            )
        utm = {key: found[key] for key in _UTM if key in found}
        return {k: v for k, v in (first | ({"utm": utm} if utm else {})).items() if v}


_VALUES: tuple[str, ...] = (
    "first_name",
    "last_name",
    "phone",
    "job_title",
    "company_name",
    "country",
    "region",
    "city",
)
_VALUES += ("postal_code", "language", "timezone")
_COMPANY: tuple[tuple[str, str], ...] = (
    ("name", "company_name"),
    ("size", "company_size"),
    ("industry", "industry"),
    ("country", "country"),
)
_COMPANY += (("region", "region"), ("city", "city"))
_EXTRAS = ("stage", "owner", "opt_out", "consent_at", "consent_source", "external_id")


def _traits(found: dict[str, Any]) -> dict[str, Any]:
    return {k.removeprefix(TRAIT): v for k, v in found.items() if k in TRAITS or k.startswith(TRAIT)}


def _split(found: dict[str, Any]) -> None:
    whole = names.split_name(found.pop("full_name"))
    for column, part in (("first_name", whole.first), ("last_name", whole.last), ("salutation", whole.salutation)):
        if part:
            found.setdefault(column, part[:100])
    if whole.title:
        found.setdefault("title", whole.title)

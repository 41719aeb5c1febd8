"""What a row of a file tells about a company, and what it changes."""

from __future__ import annotations

from typing import Any

import msgspec

from reif.crm.company_key import company_key
from reif.crm.models import Company

COLUMNS = ("name", "size", "revenue", "industry", "country", "region", "city", "website", "phone")


class ToldCompany(msgspec.Struct, array_like=True):
    """values: columns of COLUMNS that were told; domain: empty for none; parent: the name or the domain of another one."""

    values: dict[str, Any]
    domain: str = ""
    parent: str = ""
    traits: dict[str, Any] = {}

    @property
    def name_key(self) -> str:
        return company_key(self.values.get("name", ""))

    @property
    def key(self) -> str:
        """What a row is known by within its file."""
        return self.domain or f"\0{self.name_key}\0{self.values.get('country', '')}"


def company_differences(have: Company, new: ToldCompany, overwrite: bool) -> dict[str, Any]:
    """The columns that get another value. overwrite: told values replace those that are there; otherwise they only fill
    gaps, and a name that is only the domain is one."""
    found: dict[str, Any] = {}
    if new.domain and not have.domain:
        found["domain"] = new.domain
    for column, value in new.values.items():
        before = getattr(have, column)
        if value != before and (overwrite or before in ("", None, have.domain)):
            found[column] = value
    traits = new.traits if overwrite else {k: v for k, v in new.traits.items() if k not in have.traits}
    if any(have.traits.get(k) != v for k, v in traits.items()):
        found["traits"] = {**have.traits, **traits}
    return found

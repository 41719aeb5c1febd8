"""What somebody told about a person, ready to be stored, and what it changes: the rules that every upsert shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from reif.crm.models import Person
from reif.kit.address import domain_of, is_free_mail

COLUMNS: tuple[str, ...] = (
    "first_name",
    "last_name",
    "phone",
    "job_title",
    "company_name",
    "country",
    "region",
    "city",
)
COLUMNS += ("postal_code", "language", "timezone")
FIRST_ONLY = ("source", "source_detail_1", "source_detail_2", "utm")
JOB = ("department", "level")
FOLDED = ("first_name", "last_name", "job_title", "company_name", "city")


@dataclass(frozen=True)
class Draft:
    """What somebody told about a person. Empty text means: not told; it never overwrites."""

    email: str
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    job_title: str = ""
    company_name: str = ""
    company_domain: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    postal_code: str = ""
    language: str = ""
    timezone: str = ""
    company_size: int | None = None
    industry: str = ""
    source: str = ""
    source_detail_1: str = ""
    source_detail_2: str = ""
    utm: dict[str, str] = field(default_factory=dict)
    traits: dict[str, Any] = field(default_factory=dict)


class Told(msgspec.Struct, array_like=True):
    """A draft with its address normalised, its texts cut to their columns, and nothing that was not told.

    values: columns of COLUMNS; first: columns of FIRST_ONLY; domain: the company's, empty for none; company: columns of
    the company that were told. since: when a new person became known, if not now. outside: the id of another system,
    without which there must be an address.
    """

    email: str
    values: dict[str, str]
    first: dict[str, Any]
    traits: dict[str, Any]
    domain: str
    company: dict[str, Any]
    since: datetime | None = None
    outside: str = ""

    @property
    def key(self) -> str:
        """What a row is known by: its address, else its id in the other system."""
        return self.email or f"\0{self.outside}"


def told(draft: Draft, email: str) -> Told:
    """email: the draft's address, normalised."""
    values = {c: text for c in COLUMNS if (text := getattr(draft, c).strip()[: width(c)])}
    first = {c: _cut(c, value) for c in FIRST_ONLY if (value := getattr(draft, c))}
    return Told(email, values, first, draft.traits, company_domain(email, draft.company_domain), told_company(draft))


def differences(have: Mapping[str, Any], new: Told, overwrite: bool) -> dict[str, Any]:
    """The columns that get another value, in the order of COLUMNS.

    have: every column of the person as it is. overwrite: told values replace those that are there; otherwise they only
    fill gaps. The source is kept from the first time.
    """
    found: dict[str, Any] = {
        c: value for c, value in new.values.items() if value != have[c] and (overwrite or not have[c])
    }
    for column, value in new.first.items():
        if not have[column]:
            found[column] = value
    if new.traits:
        there = have["traits"]
        traits = new.traits if overwrite else {k: v for k, v in new.traits.items() if k not in there}
        if any(there.get(k) != v for k, v in traits.items()):
            found["traits"] = {**there, **traits}
    return found


def company_domain(email: str, told: str = "") -> str:
    """The domain by which the company of somebody is known; empty when it says nothing."""
    domain = told.lower().strip() or domain_of(email)
    return "" if not domain or is_free_mail(domain) else domain[:253]


def told_company(draft: Draft) -> dict[str, Any]:
    """What the draft says about the company; nothing for what it does not say."""
    said = {
        "name": draft.company_name.strip()[:200],
        "size": draft.company_size,
        "industry": draft.industry[:100],
        "country": draft.country[:2],
        "region": draft.region[:64],
        "city": draft.city[:100],
    }
    return {column: value for column, value in said.items() if value}


@cache
def width(column: str) -> int | None:
    """How many characters a column of a person holds."""
    return Person._meta.get_field(column).max_length  # type: ignore[union-attr]


def _cut(column: str, value: Any) -> Any:
    return value[: width(column)] if isinstance(value, str) else value


def came_of(detail_1: str, detail_2: str, utm: dict[str, str]) -> dict[str, str]:
    """`came` of person.created: what is known of the source beside its category."""
    found = {"detail_1": detail_1, "detail_2": detail_2, "campaign": str(utm.get("utm_campaign", ""))}
    return {name: value for name, value in found.items() if value}

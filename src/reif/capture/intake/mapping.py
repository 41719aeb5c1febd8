"""Make a lead of what came, by the rules of its connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reif.capture.intake.path import find
from reif.capture.intake.rule import Rule
from reif.capture.intake.transform import as_text, changed, moment
from reif.crm.models import SOURCES
from reif.crm.upsert import Draft
from reif.kit.address import BadAddress, normalise

COLUMNS = (
    "first_name", "last_name", "phone", "job_title", "company_name", "company_domain", "industry", "region", "city",
    "postal_code", "source_detail_1", "source_detail_2",
)  # fmt: skip
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "gclid", "fbclid")


@dataclass(frozen=True)
class Mapped:
    """What the rules made of it. reason: a code, when nobody can be made of it. told: by target, for the page."""

    draft: Draft | None
    reason: str = ""
    told: dict[str, str] = field(default_factory=dict)
    at: datetime | None = None
    message: str = ""
    id: str = ""


def mapped(rules: Sequence[Rule], data: Any, **fallback: Any) -> Mapped:
    """fallback: fields of the Draft that hold when no rule says otherwise (source, details, utm, traits)."""
    told = values(rules, data)
    more: dict[str, Any] = {
        "at": moment(told.get("at", "")),
        "message": told.get("message", ""),
        "id": told.get("id", ""),
    }
    if not told.get("email"):
        return Mapped(None, "no_email", told, **more)
    try:
        address = normalise(told["email"])
    except BadAddress:
        return Mapped(None, "bad_email", told, **more)
    return Mapped(_draft(address, told, fallback), "", told, **more)


def values(rules: Sequence[Rule], data: Any) -> dict[str, str]:
    """The text for each target; the first rule that gives one wins."""
    told: dict[str, tuple[str, str]] = {}
    for rule in rules:
        raw = rule.constant or as_text(find(data, rule.path) if rule.path else None) or rule.default
        if raw and rule.to not in told:
            told[rule.to] = (as_text(raw), rule.transform)
    country = told.get("country", ("", ""))[0][:2].upper()
    return {target: changed(text, transform, country) for target, (text, transform) in told.items()}


def _draft(address: str, told: dict[str, str], fallback: dict[str, Any]) -> Draft:
    first, _space, last = told.get("name", "").partition(" ")
    country, source = told.get("country", ""), told.get("source", "").upper()
    fields: dict[str, Any] = {column: told[column] for column in COLUMNS if told.get(column)}
    fields |= {"first_name": told.get("first_name") or first, "last_name": told.get("last_name") or last}
    if len(country) == 2:
        fields["country"] = country.upper()
    if source in SOURCES:
        fields["source"] = source
    if told.get("company_size"):
        fields["company_size"] = _size(told["company_size"])
    if domain := told.get("company_domain"):
        fields["company_domain"] = domain.partition("//")[2].partition("/")[0] if "//" in domain else domain
    for short in ("language", "timezone"):
        fields[short] = told.get(short, "")[: 8 if short == "language" else 64]
    traits = {name[7:]: value for name, value in told.items() if name.startswith("traits.")}
    utm = {name: told[name] for name in UTM if told.get(name)}
    return Draft(
        email=address, **(fallback | fields | {
            "traits": fallback.get("traits", {}) | traits, "utm": fallback.get("utm", {}) | utm,
        })
    )  # fmt: skip


def _size(text: str) -> int | None:
    """The first number: “51-200 employees” is at least 51."""
    digits = "".join(c if c.isdigit() else " " for c in text.replace("'", "").replace("’", "").replace(",", "")).split()
    return min(int(digits[0][:9]), 10_000_000) if digits else None

"""What an identify or group call tells about a person, as a draft."""

from __future__ import annotations

from typing import Any

from reif.capture.sources.source import host_of, touch
from reif.crm.upsert import Draft
from reif.door.canonical import Canonical
from reif.kit.address import BadAddress, normalise

_KNOWN = {
    "email", "first_name", "firstname", "firstName", "last_name", "lastname", "lastName", "name", "phone", "title",
    "jobTitle", "job_title", "company", "address", "language", "locale", "timezone", "employees", "industry", "website",
    "domain", "plan", "country", "city",
}  # fmt: skip
_MOST = 50


def email_of(event: Canonical) -> str:
    """The normalised address that a call names, in its traits or as its user id; empty when it names none."""
    for told in (event.traits.get("email"), event.user_id):
        if isinstance(told, str) and "@" in told:
            try:
                return normalise(told)
            except BadAddress:
                continue
    return ""


def draft_of(event: Canonical, address: str = "") -> Draft | None:
    """None when the call names no address that can be one. A group call tells of the company of `address`."""
    email = address or email_of(event)
    if not email:
        return None
    told = event.traits
    company: dict[str, Any] = told if event.type == "group" else _company(told.get("company"))
    found = touch(event.context.url or "", event.context.referrer or "")
    return Draft(
        email=email, **({} if event.type == "group" else _person(event)),
        company_name=_text(company.get("name")) or (_text(told.get("company")) if event.type != "group" else ""),
        company_domain=_domain(company), company_size=_size(company.get("employees")),
        industry=_text(company.get("industry")), source=found.source if event.context.url else "",
        source_detail_1=found.detail_1, source_detail_2=found.detail_2, utm=found.utm,
    )  # fmt: skip


def _person(event: Canonical) -> dict[str, Any]:
    told = event.traits
    place = told["address"] if isinstance(told.get("address"), dict) else told
    first, last = _pick(told, "first_name", "firstName", "firstname"), _pick(told, "last_name", "lastName", "lastname")
    if not first and not last:
        first, _, last = _text(told.get("name")).partition(" ")
    country = _text(place.get("country"))
    return {
        "first_name": first, "last_name": last, "phone": _text(told.get("phone"))[:40],
        "job_title": _pick(told, "title", "jobTitle", "job_title"), "country": country.upper() if len(country) == 2 else "",
        "city": _text(place.get("city")), "postal_code": _pick(place, "postalCode", "postal_code", "zip")[:16],
        "region": _pick(place, "state", "region"), "timezone": event.context.timezone or _text(told.get("timezone")),
        "language": (_text(told.get("language")) or _text(told.get("locale")) or event.context.locale or "")[:2],
        "traits": _others(told),
    }  # fmt: skip


def _others(told: dict[str, Any]) -> dict[str, Any]:
    """Simple values that have no column."""
    kept = {k[:60]: v[:500] if isinstance(v, str) else v for k, v in told.items() if _simple(k, v)}
    return dict(list(kept.items())[:_MOST])


def _simple(key: str, value: Any) -> bool:
    return (key not in _KNOWN or key == "plan") and isinstance(value, str | int | float | bool)


def _company(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _domain(company: dict[str, Any]) -> str:
    told = _text(company.get("domain")) or _text(company.get("website"))
    host = host_of(told) if "//" in told else told.partition("/")[0].lower()
    return host.removeprefix("www.")[:253] if "." in host and " " not in host else ""


def _size(value: Any) -> int | None:
    digits = "".join(c for c in str(value) if c.isdigit())[:8] if value is not None else ""
    return int(digits) if digits else None


def _pick(told: dict[str, Any], *names: str) -> str:
    return next((text for name in names if (text := _text(told.get(name)))), "")


def _text(value: Any) -> str:
    """Printable text of at most 200 characters; anything else is nothing."""
    return "".join(c for c in value if c.isprintable()).strip()[:200] if isinstance(value, str) else ""

"""Each value of a column checked and brought into the form that is stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from reif.capture.imports import choices, dates, places
from reif.capture.imports.addresses import address
from reif.capture.imports.amounts import amount
from reif.capture.imports.phone import phone
from reif.capture.imports.refused import Refused
from reif.crm.told import width
from reif.kit.address import BadAddress

_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")
_TEXTS = ("first_name", "last_name", "job_title", "company_name", "region", "city")
_LONGEST = {
    "industry": 100,
    "parent": 200,
    "source_detail_1": 255,
    "source_detail_2": 255,
    "note": 5000,
    "external_id": 200,
}
Clean = Callable[[str, str], object]
"""Takes what stands in a cell and the country of the row."""
BY_COUNTRY = ("phone", "mobile", "postal_code")
"""Targets whose values are read by the country of the row."""


@dataclass(frozen=True)
class Manner:
    """How to read. kind: people or companies. country: alpha-2, where numbers without a code are at home; owners: user ids by address, folded.

    month_first, unclear: columns of dates where 03/04/2024 is 4 March, and where nothing says which it is.
    """

    kind: str = "people"
    country: str = "CH"
    source_name: str = ""
    now: datetime | None = None
    month_first: frozenset[int] = frozenset()
    unclear: frozenset[int] = frozenset()
    owners: dict[str, int] = field(default_factory=dict)


def cleaner(number: int, target: str, manner: Manner) -> Clean:
    """How the values of this column are read; what it returns raises Refused."""
    if target == "revenue" and manner.kind == "companies":
        return lambda v, _c: amount(text(v, 60))
    if target == "email":
        return lambda v, _c: _address(v)
    if target in _CLEANERS:
        return _CLEANERS[target]
    if target in ("created_at", "consent_at"):
        assert manner.now is not None
        now, month_first, unclear = manner.now, number in manner.month_first, number in manner.unclear
        return lambda v, _c: dates.past(v, now, month_first, unclear)
    if target == "owner":
        return lambda v, _c: _owner(v, manner.owners)
    longest = (width(target) if target in _TEXTS else None) or _LONGEST.get(target, 1000)
    return lambda v, _c: text(v, longest)


def text(value: str, longest: int) -> str:
    """One line without what cannot be printed. `="0123"`, by which Excel keeps a zero, is what stands in it."""
    if value.startswith('="') and value.endswith('"'):
        value = value[2:-1]
    if "\u00c3" in value or "\u00c2" in value:
        value = _mended(value)
    if not value.isprintable():
        value = "".join(c for c in _BLANKS.sub(" ", value) if c.isprintable()).strip()
    if len(value) > longest:
        raise Refused("too_long")
    return value


def _mended(value: str) -> str:
    """`MÃ¼ller` is UTF-8 that was read as cp1252 and stored as UTF-8 once more; what is no such thing stays."""
    try:
        return value.encode("cp1252").decode("utf-8")
    except ValueError:
        return value


def _region(value: str, _country: str) -> str:
    """Odoo writes `Bern (CH)`."""
    return text(re.sub(r"\s*\([A-Z]{2}\)$", "", value), width("region") or 64)


def _owner(value: str, owners: dict[str, int]) -> int:
    if (found := owners.get(value.casefold())) is not None:
        return found
    raise Refused("owner")


def _postal_code(value: str, country: str) -> str:
    code = text(value, 16).removesuffix(".0")
    return code.zfill(5) if country == "DE" and code.isdigit() and len(code) == 4 else code


def _host(value: str, _country: str) -> str:
    host = re.sub(r"^[a-z]+://", "", value.strip().lower()).split("/")[0].split("?")[0].removeprefix("www.")
    host = host.rpartition("@")[2].split(":")[0]
    if _HOST.fullmatch(host):
        return host
    raise Refused("url")


def _size(value: str, _country: str) -> int:
    found = dates.number(value)
    if not 0 < found < 2_000_000_000:
        raise Refused("number")
    return found


def _address(value: str) -> str:
    try:
        return address(value)[0]
    except BadAddress as error:
        raise Refused(f"address_{error.key}") from error


def _zone(value: str, _country: str) -> str:
    if re.fullmatch(r"[A-Za-z]+(?:/[A-Za-z_+-]+){0,2}", value) and len(value) <= 64:
        return value
    raise Refused("choice")


_CLEANERS: dict[str, Clean] = {
    "phone": lambda v, c: phone(text(v, 60), c),
    "mobile": lambda v, c: phone(text(v, 60), c),
    "country": lambda v, _c: places.country(v),
    "language": lambda v, _c: places.language(v),
    "postal_code": _postal_code,
    "region": _region,
    "website": _host,
    "company_domain": _host,
    "company_size": _size,
    "timezone": _zone,
    "stage": lambda v, _c: choices.stage(v),
    "opt_out": lambda v, _c: choices.yes(v),
}

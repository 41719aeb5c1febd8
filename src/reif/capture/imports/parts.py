"""Where the values of a row belong: to the person, the company, the traits, or to other verbs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reif.capture.imports.targets import TRAIT, TRAITS
from reif.crm.told import COLUMNS

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_COMPANY: tuple[tuple[str, str], ...] = (
    ("name", "company_name"),
    ("size", "company_size"),
    ("industry", "industry"),
    ("country", "country"),
)
_COMPANY += (("region", "region"), ("city", "city"))
_EXTRAS = ("stage", "owner", "opt_out", "consent_at", "consent_source")
_BECOMES = {"full_name": ("first_name", "last_name", "salutation", "title"), "mobile": ("phone",)}


@dataclass(frozen=True)
class Parts:
    """What the rows of one mapping can hold at all. company, traits: the name, and the target it is read from."""

    values: tuple[str, ...]
    company: tuple[tuple[str, str], ...]
    extras: tuple[str, ...]
    traits: tuple[tuple[str, str], ...]
    sources: bool


def parts_of(mapping: Iterable[str]) -> Parts:
    """Only these need to be looked for in a row."""
    there = list(dict.fromkeys(part for target in mapping for part in (target, *_BECOMES.get(target, ()))))
    return Parts(
        tuple(c for c in COLUMNS if c in there),
        tuple((c, k) for c, k in _COMPANY if k in there),
        tuple(k for k in _EXTRAS if k in there),
        tuple((k.removeprefix(TRAIT), k) for k in there if k in TRAITS or k.startswith(TRAIT)),
        "source" in there or any(k in there for k in UTM),
    )

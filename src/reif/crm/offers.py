"""Values that only the playbook in force knows, such as segments and personas: a room below tells their words here."""

from __future__ import annotations

from collections.abc import Callable

Offer = Callable[[str], dict[str, str]]
"""Of a language: keys with their words."""
_offers: dict[str, Offer] = {}


def offer(field: str, told: Offer) -> None:
    """Register who knows the values of a field."""
    _offers[field] = told


def offered(field: str, language: str) -> dict[str, str]:
    """The keys that a field may have now, with their words; nothing when nobody knows."""
    return _offers[field](language) if field in _offers else {}

"""The code of a country from its name, as senders write it: Schweiz, Switzerland, CH."""

from __future__ import annotations

from functools import cache

from babel import Locale

from reif.kit.fold import fold


def code_of(name: str) -> str:
    """ISO 3166-1 alpha-2; empty for a name that nobody knows."""
    told = name.strip()
    if len(told) == 2 and told.isalpha():
        return told.upper()
    return _names().get(fold(told), "")


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("fr", "it", "en", "de"):
        territories = Locale.parse(language).territories
        found |= {fold(str(words)): code for code, words in territories.items() if len(code) == 2}
    return found

"""Countries by their name in the reader's language."""

from __future__ import annotations

from functools import cache

from babel import Locale

from reif.kit.fold import fold

NEAR = ("CH", "DE", "AT", "LI")
NOT_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """(code, name): the neighbours first, then the alphabet."""
    names = Locale.parse("en" if language == "en" else "de_CH").territories
    known = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}
    sorted_ = sorted((c for c in known if c not in NOT_COUNTRIES), key=lambda code: fold(known[code]))
    return tuple((code, known[code]) for code in (*NEAR, *(c for c in sorted_ if c not in NEAR)))


def is_country(code: str) -> bool:
    """Whether it is a code of ISO 3166-1 that can be chosen."""
    return any(code == known for known, _name in countries("en"))

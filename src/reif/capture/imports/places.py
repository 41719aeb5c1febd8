"""Countries and languages by any name: German, English, French, Italian, or a code."""

from __future__ import annotations

from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from reif.capture.imports.refused import Refused
from reif.kit.fold import fold

_TONGUES = ("de", "en", "fr", "it", "es", "nl")
_ALSO = {
    "brd": "DE", "d": "DE", "ger": "DE", "bundesrepublik deutschland": "DE", "federal republic of germany": "DE",
    "a": "AT", "oe": "AT", "schweizerische eidgenossenschaft": "CH", "sui": "CH", "helvetia": "CH", "fl": "LI",
    "liechtenstein": "LI", "furstentum liechtenstein": "LI", "uk": "GB", "england": "GB", "great britain": "GB",
    "grossbritannien": "GB", "schottland": "GB", "scotland": "GB", "holland": "NL", "the netherlands": "NL",
    "usa": "US", "united states of america": "US", "vereinigte staaten von amerika": "US", "amerika": "US",
    "u.s.a.": "US", "u.s.": "US", "tschechische republik": "CZ", "czech republic": "CZ", "f": "FR", "i": "IT",
    "l": "LU", "slowakische republik": "SK", "turkey": "TR", "tuerkei": "TR", "vae": "AE", "uae": "AE",
}  # fmt: skip


@lru_cache(maxsize=4096)
def country(value: str) -> str:
    """ISO 3166-1 alpha-2. Raises Refused."""
    code = value.strip().upper()
    if len(code) == 2 and code in _codes():
        return code
    if found := _countries().get(fold(value)):
        return found
    aliases = get_global("territory_aliases").get(code)
    if aliases and len(aliases) == 1 and len(code) == 3:
        return str(aliases[0])
    raise Refused("country")


@lru_cache(maxsize=4096)
def language(value: str) -> str:
    """BCP 47, at most language and region: `de`, `de-CH`. Raises Refused."""
    word = value.strip().replace("_", "-")
    tongue, _dash, place = word.partition("-")
    if tongue.lower() in Locale("en").languages and len(tongue) in (2, 3):
        return f"{tongue.lower()}-{place.upper()}" if len(place) == 2 else tongue.lower()
    if found := _languages().get(fold(value.partition("(")[0])):
        return found
    raise Refused("language")


@cache
def _codes() -> frozenset[str]:
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code not in ("ZZ", "EU", "UN", "XA"))


@cache
def _countries() -> dict[str, str]:
    pairs = ((str(code), str(name)) for t in _TONGUES for code, name in Locale(t).territories.items())
    names = {fold(name): code for code, name in pairs if code in _codes()}
    return names | _ALSO


@cache
def _languages() -> dict[str, str]:
    pairs = ((str(code), str(name)) for t in _TONGUES for code, name in Locale(t).languages.items())
    return {fold(name): code for code, name in pairs if len(code) == 2}

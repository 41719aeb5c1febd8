"""Which country is a browser probably in? By its internet address when there is a file of addresses (and then the address
is dropped), else by its time zone, else by the country that its language names."""

from __future__ import annotations

from functools import lru_cache

from babel.core import get_global

from reif.door.canonical import Canonical
from reif.kit.geoip import country_of

Place = tuple[str, str]
NOWHERE: Place = ("", "")
_NONE = frozenset({"EU", "UN", "ZZ"})


def where(event: Canonical) -> Place:
    """Country, ISO 3166-1 alpha-2, and by what it is known: maxmind, timezone, language; both empty when nothing tells."""
    around = event.context
    if code := around.country or (country_of(around.ip) if around.ip else ""):
        return code, "maxmind"
    return _guess(around.timezone or "", around.locale or "")


@lru_cache(maxsize=4096)
def _guess(zone: str, language: str) -> Place:
    """`Europe/Zurich` is Swiss; so, more weakly, is `de-CH`. A bare `de` is spoken in too many countries to say one."""
    code = get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone), "")
    if code and code != "ZZ":
        return code, "timezone"
    parts = language.replace("_", "-").split("-")[1:]
    region = next((p.upper() for p in parts if len(p) == 2 and p.isalpha()), "")
    return (region, "language") if region in get_global("territory_currencies") and region not in _NONE else NOWHERE

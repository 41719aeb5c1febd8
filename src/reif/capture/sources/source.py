"""Where did somebody come from? Nine categories, as peers name them, AI assistants as their own, two drill-downs.

Order: the names in the address that the sender put there (utm, ids of clicks) beat the referrer, which the browser sent,
and that beats the app whose inner browser it is.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

import msgspec

from reif.capture.sources.by_names import by_utm
from reif.capture.sources.by_referrer import by_referrer
from reif.capture.sources.hosts import host_of as host_of
from reif.capture.sources.hosts import path_of as path_of
from reif.capture.sources.marks import ALIASES, CLICKS, KEPT_CLICKS, UTM, is_hole
from reif.capture.sources.places import INSIDE
from reif.capture.sources.spammers import spammers
from reif.capture.sources.touching import Touch as Touch
from reif.kit.useragent import machine_why


def touch(url: str, referrer: str = "", agent: str | None = None, own: tuple[str, ...] = ()) -> Touch:
    """The touch of one arrival. own: further hosts that are ours; the host of `url` is one. No agent is asked of None."""
    app, machine = _app(agent) if agent else "", machine_why(agent) if agent is not None else ""
    return _touch(url, referrer, own, app, machine)


@lru_cache(maxsize=16_384)
def _touch(url: str, referrer: str, own: tuple[str, ...], app: str, machine: str) -> Touch:
    """Many visitors come the same way, and each event is asked about for several purposes."""
    found = _where(_clean(url), _clean(referrer), own, app)
    if spam := _spam(host_of(referrer)) if referrer else "":
        return msgspec.structs.replace(found, machine=f"referrer spam: {spam}", spam=True)
    return msgspec.structs.replace(found, machine=machine) if machine else found


def utm_of(url: str) -> dict[str, str]:
    """The campaign's names in an address, each at most 200 characters."""
    return _utm(_query(url))


def _clean(url: str) -> str:
    """Without what cannot stand in an address; browsers and apps send the words null and about:blank for nothing."""
    text = url[:2000].strip()
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable()).strip()
    return "" if text.lower() in ("null", "undefined", "about:blank", "-", "(direct)") else text


def _where(url: str, referrer: str, own: tuple[str, ...], app: str) -> Touch:
    query = _query(url)
    utm, click = _utm(query), next((k for k in CLICKS if query.get(k)), "")
    kept = next(((k, query[k]) for k in CLICKS if k in KEPT_CLICKS and query.get(k)), None)
    if any(utm.get(k) for k in ("utm_source", "utm_medium", "utm_campaign")):
        found = by_utm(utm, host_of(referrer), click)
    elif click:
        found = _by_click(click, utm, referrer)
    else:
        found = by_referrer(referrer, url, own)
        if app and found.source == "DIRECT_TRAFFIC" and not found.internal:
            found = Touch(
                "SOCIAL_MEDIA", app, why=(*found.why, f"opened inside the app of {app}", "an app is social media")
            )
    return msgspec.structs.replace(found, utm=utm, click_id=kept)


def _by_click(click: str, utm: dict[str, str], referrer: str) -> Touch:
    source, platform = CLICKS[click]
    why = (f"{click} in the address, which {platform} adds", f"counts as {source}")
    match source:
        case "PAID_SEARCH":
            return Touch(source, utm.get("utm_id", ""), utm.get("utm_term", "") or platform, why=why)
        case "ORGANIC_SEARCH":
            return Touch(source, utm.get("utm_term", ""), platform, why=why)
        case "SOCIAL_MEDIA" if (site := by_referrer(referrer, "", ())).source == source:
            return Touch(source, site.detail_1, why=why)
        case "EMAIL_MARKETING":
            return Touch(source, "", platform, why=why)
    return Touch(source, platform, why=why)


def _utm(query: dict[str, str]) -> dict[str, str]:
    aliases = {ALIASES[k]: v for k, v in query.items() if k in ALIASES}
    told = aliases | {k: v for k, v in query.items() if k in UTM}
    return {k: v for k, v in told.items() if v and not is_hole(v)}


@lru_cache(maxsize=4096)
def _app(agent: str) -> str:
    return next((name for word, name in INSIDE.items() if word in agent), "")


def _spam(host: str) -> str:
    parts = host.split(".")
    return next((name for i in range(len(parts) - 1) if (name := ".".join(parts[i:])) in spammers()), "")


def _query(url: str) -> dict[str, str]:
    """Names in small letters; the first of several counts. Single-page apps put a query behind the #."""
    try:
        parts = urlsplit(url)
        text = parts.query or parts.fragment.partition("?")[2]
        pairs = parse_qsl(text.replace("&amp;", "&"), max_num_fields=200)
    except ValueError:
        return {}
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key.lower(), "".join(c for c in value if c.isprintable()).strip()[:200])
    return found

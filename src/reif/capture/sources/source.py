"""Where did somebody come from? Nine categories, as peers name them, AI assistants as their own, two drill-downs.

Order: the names in the address that the sender put there (click ids, utm) beat the referrer, which the browser sent.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

import msgspec

from reif.capture.sources.places import (
    ASSISTANTS,
    MAIL_APPS,
    MAIL_HOSTS,
    NOT_SEARCH_HOSTS,
    SEARCH,
    SEARCH_HOSTS,
    SOCIAL,
    SOCIAL_HOSTS,
    SPAM,
    named,
)
from reif.kit.useragent import machine_why

UTM: tuple[str, ...] = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id")
UTM += ("utm_source_platform", "utm_creative_format", "utm_marketing_tactic")
PAID_CLICKS = {"gclid": "Google", "gbraid": "Google", "wbraid": "Google", "msclkid": "Bing"}
SOCIAL_CLICKS = {"fbclid": "Facebook", "li_fat_id": "LinkedIn", "ttclid": "TikTok", "twclid": "X"}
PAID = frozenset({"cpc", "ppc", "paid", "paidsearch", "paid-search", "paid_search", "sem", "adwords", "cpm", "ads"})
PAID_SOCIAL = frozenset({"paidsocial", "paid-social", "paid_social", "social-paid", "social_paid", "socialads"})
MAIL = frozenset({"email", "e-mail", "mail", "newsletter", "e_mail"})
SOCIAL_MEDIUM = frozenset(
    {"social", "social-media", "social_media", "socialmedia", "sm", "organic-social", "organic_social"}
)
OFFLINE = frozenset({"offline", "print", "flyer", "qr", "event", "fair", "messe", "postcard", "phone"})


class Touch(msgspec.Struct, frozen=True, omit_defaults=True):
    """source: one of the ten. machine: why it is one, or empty. why: what decided. internal: from our own pages."""

    source: str
    detail_1: str = ""
    detail_2: str = ""
    campaign: str = ""
    utm: dict[str, str] = {}
    machine: str = ""
    why: str = ""
    internal: bool = False


def touch(url: str, referrer: str = "", agent: str | None = None, own: tuple[str, ...] = ()) -> Touch:
    """The touch of one arrival. own: further hosts that are ours; the host of `url` is one. No agent is asked of None."""
    found = _where(url[:2000], referrer[:2000], own)
    spam = _spam(_host(referrer)) if referrer else ""
    machine = f"referrer spam: {spam}" if spam else machine_why(agent) if agent is not None else ""
    return msgspec.structs.replace(found, machine=machine) if machine else found


def utm_of(url: str) -> dict[str, str]:
    """The campaign's names in an address, each at most 200 characters."""
    return {k: v for k, v in _query(url).items() if k in UTM and v}


@lru_cache(maxsize=16_384)
def _host(url: str) -> str:
    return host_of(url)


def host_of(url: str) -> str:
    """The host in lower case without port; empty when there is none or it cannot be one."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=16_384)
def path_of(url: str) -> str:
    """What an event is about: the path alone, at most 255 characters."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return "/"
    return (path.rstrip("/") or "/")[:255]


@lru_cache(maxsize=16_384)
def _where(url: str, referrer: str, own: tuple[str, ...]) -> Touch:
    query = _query(url)
    utm = {k: v for k, v in query.items() if k in UTM and v}
    host = host_of(referrer)
    if query.get("utm_source") or query.get("utm_medium") or query.get("utm_campaign"):
        return _by_utm(utm, host, query)
    if click := next((k for k in PAID_CLICKS if k in query), ""):
        return Touch("PAID_SEARCH", utm.get("utm_campaign", ""), PAID_CLICKS[click], utm=utm, why=f"click id {click}")
    if click := next((k for k in SOCIAL_CLICKS if k in query and k != "fbclid"), ""):
        return Touch("PAID_SOCIAL", SOCIAL_CLICKS[click], "", utm=utm, why=f"click id {click}")
    return _by_referrer(referrer, host, host_of(url), own)


def _by_utm(utm: dict[str, str], host: str, query: dict[str, str]) -> Touch:
    name, medium = utm.get("utm_source", ""), utm.get("utm_medium", "").lower()
    campaign, term = utm.get("utm_campaign", ""), utm.get("utm_term", "")
    social = named(f"{name.lower()}.com", SOCIAL, SOCIAL_HOSTS) or named(host, SOCIAL, SOCIAL_HOSTS)
    paid_social = social if medium in PAID else ""
    site = social or name
    match medium:
        case _ if name.lower() in ASSISTANTS or name.lower() == "chatgpt":
            found = Touch("AI_REFERRALS", ASSISTANTS.get(name.lower(), "ChatGPT"), campaign)
        case m if m in PAID_SOCIAL or paid_social:
            found = Touch("PAID_SOCIAL", site, campaign)
        case m if m in PAID:
            found = Touch("PAID_SEARCH", campaign, term or name)
        case m if m in MAIL or name.lower() in MAIL:
            found = Touch("EMAIL_MARKETING", campaign, utm.get("utm_content") or name)
        case m if m in SOCIAL_MEDIUM or (social and medium in ("", "referral", "post", "organic")):
            found = Touch("SOCIAL_MEDIA", site, campaign)
        case "organic":
            found = Touch("ORGANIC_SEARCH", term, name)
        case "referral":
            found = Touch("REFERRALS", name, campaign)
        case m if m in OFFLINE:
            found = Touch("OFFLINE", name or medium, campaign)
        case _:
            found = Touch("OTHER_CAMPAIGNS", campaign or name, name if campaign else medium)
    why = (
        ", ".join(f"{k}={query[k]}" for k in ("utm_source", "utm_medium") if query.get(k)) or f"utm_campaign={campaign}"
    )
    return msgspec.structs.replace(found, campaign=campaign, utm=utm, why=why)


def _by_referrer(referrer: str, host: str, mine: str, own: tuple[str, ...]) -> Touch:
    if not host:
        return Touch("DIRECT_TRAFFIC", why="no referrer")
    if host == mine or host in own or any(host.endswith(f".{o}") for o in own):
        return Touch("DIRECT_TRAFFIC", why="from our own pages", internal=True)
    bare, why = host.removeprefix("www."), f"referrer {host}"
    if bare in ASSISTANTS:
        return Touch("AI_REFERRALS", ASSISTANTS[bare], path_of(referrer), why=why)
    if bare in MAIL_HOSTS or (referrer.startswith("android-app:") and host in MAIL_APPS):
        return Touch("EMAIL_MARKETING", "", bare, why=why)
    if bare not in NOT_SEARCH_HOSTS and (engine := named(host, SEARCH, SEARCH_HOSTS)):
        return Touch("ORGANIC_SEARCH", _term(referrer), engine, why=why)
    if site := named(host, SOCIAL, SOCIAL_HOSTS):
        return Touch("SOCIAL_MEDIA", site, "", why=why)
    return Touch("REFERRALS", bare[:255], f"{bare}{path_of(referrer)}"[:255], why=why)


def _term(referrer: str) -> str:
    query = _query(referrer)
    return next((query[k] for k in ("q", "query", "p", "text") if query.get(k)), "")


@lru_cache(maxsize=4096)
def _spam(host: str) -> str:
    parts = host.split(".")
    return next((name for i in range(len(parts) - 1) if (name := ".".join(parts[i:])) in SPAM), "")


def _query(url: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(urlsplit(url).query, max_num_fields=200)
    except ValueError:
        return {}
    return {k.lower(): v.replace("\x00", "").strip()[:200] for k, v in pairs}
